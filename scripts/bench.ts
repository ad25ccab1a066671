import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Finding } from "./bench/budget.ts";
import { measureCatalog } from "./bench/catalog.ts";
import { describeMachine } from "./bench/machine.ts";
import { findingLines, machineLines } from "./bench/print.ts";
import { measureMemory, measureRestart } from "./bench/processes.ts";
import { measureReceipts } from "./bench/receipts.ts";
import { measureSelling } from "./bench/selling.ts";
import { measureSteadyScans } from "./bench/steady-scans.ts";

const SECONDS = "30";
const RECEIPT_SECONDS = "15";
const STEADY_SECONDS = "60";

const USAGE = `npm run bench [-- OPTIONS]
Measures the till against this machine's own limits, in one run, and prints each budget as a ratio.
  --seconds N       how long the selling path is measured (${SECONDS})
  --receipt-seconds N  how long receipts are encoded, by us and by others (${RECEIPT_SECONDS})
  --steady-seconds N  how long codes are scanned at a cashier's pace over real lines (${STEADY_SECONDS}); 0 leaves it out
  --full            also restart, memory and a large catalog; takes some minutes
  --directory DIR   where its files lie for the time of the run: the disk that is measured (${tmpdir()})
  --json FILE       writes the machine and the findings
  --strict          ends with 1 when a budget is missed
A ratio belongs to a quiet machine: something else that uses cores or disk makes the spread wide.`;

const { values } = parseArgs({
	options: {
		seconds: { type: "string", default: SECONDS },
		"receipt-seconds": { type: "string", default: RECEIPT_SECONDS },
		"steady-seconds": { type: "string", default: STEADY_SECONDS },
		directory: { type: "string", default: tmpdir() },
		json: { type: "string" },
		full: { type: "boolean", default: false },
		strict: { type: "boolean", default: false },
		help: { type: "boolean", default: false },
	},
});
if (values.help) {
	console.log(USAGE);
	process.exit(0);
}
const seconds = Number(values.seconds);
if (!(seconds > 0)) throw new Error(`--seconds ${values.seconds}: a positive number`);
const receiptSeconds = Number(values["receipt-seconds"]);
if (!(receiptSeconds > 0)) throw new Error(`--receipt-seconds ${values["receipt-seconds"]}: a positive number`);
const steadySeconds = Number(values["steady-seconds"]);
if (!(steadySeconds >= 0)) throw new Error(`--steady-seconds ${values["steady-seconds"]}: a number of seconds`);

mkdirSync(values.directory, { recursive: true });
const directory = mkdtempSync(join(resolve(values.directory), "tilld-bench-"));
const progress = (text: string): void => console.error(`... ${text}`);
const findings: Finding[] = [];
try {
	const machine = describeMachine(directory);
	for (const line of machineLines(machine)) console.log(line);
	findings.push(...(await measureSelling(join(directory, "selling"), seconds, progress)));
	findings.push(...measureReceipts(receiptSeconds, progress));
	if (steadySeconds > 0) {
		findings.push(...(await measureSteadyScans(join(directory, "steady"), steadySeconds, progress)));
	}
	if (values.full) {
		findings.push(...(await measureRestart(directory, progress)));
		findings.push(...(await measureMemory(directory, progress)));
		findings.push(...(await measureCatalog(directory, progress)));
	}
	for (const line of findings.flatMap(findingLines)) console.log(line);
	if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ machine, findings }, null, "\t")}\n`);
} finally {
	rmSync(directory, { recursive: true, force: true });
}
if (values.strict && findings.some(({ isKept }) => !isKept)) process.exitCode = 1;
