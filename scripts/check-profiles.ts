/**
 * `npm run check:profiles [-- [--json] [--update] [DIRECTORY ...]]`: what the schema of a device profile cannot check, over
 * `device-profiles` and over directories of a box's own, and a golden receipt for every printer. Ends with 1 when there is
 * any problem; all are told.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { PROFILE_DIRECTORY } from "../src/devices/supervisor/load-profiles.ts";
import { checkProfiles } from "./check-profiles/check-profiles.ts";
import { profileTable } from "./check-profiles/table.ts";

const { values, positionals } = parseArgs({
	options: { json: { type: "boolean", default: false }, update: { type: "boolean", default: false } },
	allowPositionals: true,
});

const report = checkProfiles({
	directories: [PROFILE_DIRECTORY, ...positionals],
	goldenDirectory: join(import.meta.dirname, "..", "test", "golden", "receipts"),
	update: values.update,
});
if (values.json) console.log(JSON.stringify(report, null, "\t"));
else {
	console.log(profileTable(report.profiles));
	for (const problem of report.problems) console.log(problem);
	console.log(`${report.profiles.length} profiles, ${report.problems.length} problems`);
}
process.exitCode = report.problems.length > 0 ? 1 : 0;
