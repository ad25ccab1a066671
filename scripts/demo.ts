import { createLogger } from "../src/runtime/node/logger.ts";
import { demo } from "./demo/demo.ts";
import { optionsOf } from "./terminal/options.ts";

const USAGE = `npm run demo [-- --json FILE] [-- --verbose]
Plays a store day through virtual devices and the real path, prints papers, books and the reconciliation, and ends with 0;
any difference from the two documents ends it with 1. --json FILE writes the result, also on failure ("ok": false).`;

const values = optionsOf(USAGE, {
	json: { type: "string" },
	verbose: { type: "boolean", default: false },
	help: { type: "boolean", default: false },
});
if (values.help) {
	console.log(USAGE);
} else {
	process.exitCode = await demo({
		json: values.json,
		logger: createLogger({ level: values.verbose ? "info" : "error" }),
	});
}
