import { appendFileSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createLogger } from "../src/runtime/node/logger.ts";
import { startShop } from "./shop/shop.ts";
import { runTerminal, showDisplay, showPaper } from "./terminal/terminal.ts";
import { HELP } from "./terminal/words.ts";

const TILL = "1";

/**
 * `npm start`: a till on virtual devices, an embedded broker, the relay on SQLite and both sandboxes, in one process. The
 * journal lasts in var/start, so that a killed till shows its open ticket again. The sandboxes begin empty at each start,
 * and the relay with them: the till sends its whole journal again, and it is booked anew. `-- --fresh` forgets the journal.
 */
const directory = join(import.meta.dirname, "..", "var", "start");
if (process.argv.includes("--fresh")) rmSync(directory, { recursive: true, force: true });

mkdirSync(directory, { recursive: true });
const logFile = join(directory, "log.jsonl");

console.log("Starting a shop on this machine: M3 and PowerOffice Go (sandboxes), broker, relay, till 1 ...");
const shop = await startShop({
	directory,
	tills: [{ till: TILL }],
	freshRelay: true,
	logger: createLogger({ level: "info", destination: { write: (line) => appendFileSync(logFile, line) } }),
	events: () => ({
		onPaper: (_printer, lines) => showPaper(lines),
		onDisplay: (_display, rows) => showDisplay(rows),
		onPulse: () => console.log("  drawer   opens"),
	}),
});
const till = shop.tills.get(TILL);
if (till === undefined) throw new Error("the till did not start");
process.once("SIGTERM", () => process.stdin.destroy());

await till.running.importCatalog(shop.catalogFile, undefined, () => undefined);
if (till.running.view().day === null) till.running.submit("operator", { type: "DayOpenRequested", businessDate: null });

console.log(`
Till ${TILL} is ready. Its control socket for tillctl:
  npx tillctl --socket ${join(directory, `till-${TILL}`, "control.sock")} status
The log is in ${logFile}.
M3 sandbox ${shop.m3.url}, PowerOffice sandbox ${shop.powerOffice.url}

${HELP}
`);
await runTerminal(shop, till);
console.log("Stopping ...");
await shop.stop();
