import { appendFileSync, mkdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { viewText } from "../src/cli/tillctl/render.ts";
import { messageOf } from "../src/runtime/contract/fault.ts";
import { createLogger } from "../src/runtime/node/logger.ts";
import { type ShopTill, startShop } from "./shop/shop.ts";
import { RELAY_CONFIG_FILE } from "./shop/shop-files.ts";
import { conditionsOn, openQuestions, TERMINAL_ANSWERS, withOneQuestion } from "./terminal/happenings.ts";
import { optionsOf } from "./terminal/options.ts";
import { paperFiles } from "./terminal/paper-files.ts";
import { displayText, paperText, Screen } from "./terminal/screen.ts";
import { outcomesOn, runTerminal } from "./terminal/terminal.ts";
import { HELP } from "./terminal/words.ts";

const TILL = "1";

const USAGE = `npm start [-- --fresh] [-- --directory DIR] [-- --display PROFILE]
A till on virtual devices, a broker, the relay and stand-ins for both ERPs, on this machine. --fresh forgets the journal,
--directory keeps everything there instead of in var/start, --display plays the customer display of that device profile.`;

/**
 * `npm start`: a till on virtual devices, an embedded broker, the relay on SQLite and both sandboxes, in one process. The
 * journal lasts in its directory, so that a killed till shows its open ticket again. The sandboxes begin empty at each start,
 * and the relay with them: the till sends its whole journal again, and it is booked anew.
 */
const values = optionsOf(USAGE, {
	fresh: { type: "boolean", default: false },
	directory: { type: "string", default: join(import.meta.dirname, "..", "var", "start") },
	display: { type: "string" },
	help: { type: "boolean", default: false },
});
if (values.help) {
	console.log(USAGE);
	process.exit(0);
}
const directory = resolve(values.directory);
if (values.fresh) rmSync(directory, { recursive: true, force: true });

mkdirSync(directory, { recursive: true });
const logFile = join(directory, "log.jsonl");
const papers = join(directory, "papers");

console.log("Starting a shop on this machine: M3 and PowerOffice Go (sandboxes), broker, relay, till 1 ...");
const screen = new Screen(process.stdout);
const drawPaper = paperFiles(papers, (thrown) => screen.say(`  the paper was not drawn: ${messageOf(thrown)}`));
/** The till, once it has started: its devices speak before that. */
let shopTill = (): ShopTill | undefined => undefined;
const shop = await startShop({
	directory,
	tills: [{ till: TILL, displayProfile: values.display }],
	freshRelay: true,
	logger: createLogger({ level: "info", destination: { write: (line) => appendFileSync(logFile, line) } }),
	events: () => ({
		onPaper: (_printer, lines, paper) => {
			screen.say(paperText(lines));
			drawPaper(paper);
		},
		onDisplay: (_display, rows) => screen.say(displayText(rows)),
		onPulse: () => screen.say("  drawer   opens"),
		onOutcome: outcomesOn(screen, () => shopTill()?.running.view()),
	}),
}).catch((thrown: unknown) => {
	console.error(`${messageOf(thrown)}\nIs another shop running in ${directory}?`);
	process.exit(1);
});
const till = shop.tills.get(TILL);
if (till === undefined) throw new Error("the till did not start");
shopTill = () => till;
process.once("SIGTERM", () => process.stdin.destroy());

await till.running.importCatalog(shop.catalogFile, undefined, () => undefined);
if (till.running.view().day === null) till.running.submit("operator", { type: "DayOpenRequested", businessDate: null });

console.log(`
Till ${TILL} is ready. To ask the till and the relay, in another terminal:
  npx tillctl --socket ${join(directory, `till-${TILL}`, "control.sock")} status
  npx till-relay --config ${join(directory, "relay", RELAY_CONFIG_FILE)} status
The log is in ${logFile}; each paper is drawn in ${papers}.
M3 sandbox ${shop.m3.url}, PowerOffice sandbox ${shop.powerOffice.url}

${HELP}
`);
const { ticket } = till.running.view();
if (ticket !== null)
	console.log(`A ticket is open:\n${viewText(withOneQuestion(till.running.view()), TERMINAL_ANSWERS)}\n`);
else for (const line of openQuestions(till.running.view())) console.log(line);
till.running.listenStatus(conditionsOn((text) => screen.say(text)));
await runTerminal(shop, till, screen);
console.log("Stopping ...");
await shop.stop();
