import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { messageOf } from "../src/runtime/contract/fault.ts";
import { createLogger } from "../src/runtime/node/logger.ts";
import { type DemoResult, emptyResult } from "./demo/result.ts";
import { runDemo } from "./demo/run.ts";

const USAGE = `npm run demo [-- --json FILE] [-- --verbose]
Plays a store day through virtual devices and the real path, prints papers, books and the reconciliation, and ends with 0;
any difference from the two documents ends it with 1. --json FILE writes the result, also on failure ("ok": false).`;

const { values } = parseArgs({
	options: {
		json: { type: "string" },
		verbose: { type: "boolean", default: false },
		help: { type: "boolean", default: false },
	},
});
if (values.help) {
	console.log(USAGE);
	process.exit(0);
}

const directory = mkdtempSync(join(tmpdir(), "tilld-demo-"));
let result: DemoResult;
try {
	result = await runDemo(directory, createLogger({ level: values.verbose ? "info" : "error" }));
} catch (thrown) {
	result = emptyResult([messageOf(thrown)]);
} finally {
	rmSync(directory, { recursive: true, force: true });
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(result, null, "\t")}\n`);
for (const difference of result.differences) console.error(`! ${difference}`);
console.log(result.ok ? "The day is booked everywhere as it was sold." : "The demo has FAILED.");
process.exitCode = result.ok ? 0 : 1;
