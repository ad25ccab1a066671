import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { messageOf } from "../../src/runtime/contract/fault.ts";
import type { Logger } from "../../src/runtime/contract/logger.ts";
import { type DemoResult, emptyResult } from "./result.ts";
import { type DemoOptions, runDemo } from "./run.ts";

/** How the demo is run. */
export interface DemoPlan extends DemoOptions {
	/** File for the result; it is there from the beginning, so that whatever ends the demo leaves one that says "not ok". */
	readonly json?: string | undefined;
	readonly logger: Logger;
}

const write = (file: string | undefined, result: DemoResult): void => {
	if (file !== undefined) writeFileSync(file, `${JSON.stringify(result, null, "\t")}\n`);
};

/** Plays the store day in a directory of its own and says how it ended; answers the exit code. */
export const demo = async ({ json, logger, ...options }: DemoPlan): Promise<0 | 1> => {
	write(json, emptyResult(["the demo did not come to its end"]));
	let result: DemoResult;
	try {
		const directory = mkdtempSync(join(tmpdir(), "tilld-demo-"));
		try {
			result = await runDemo(directory, logger, options);
		} finally {
			rmSync(directory, { recursive: true, force: true });
		}
	} catch (thrown) {
		result = emptyResult([messageOf(thrown)]);
	}
	write(json, result);
	for (const difference of result.differences) console.error(`! ${difference}`);
	console.log(result.ok ? "The day is booked everywhere as it was sold." : "The demo has FAILED.");
	return result.ok ? 0 : 1;
};
