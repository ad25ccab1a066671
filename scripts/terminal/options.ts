import { type ParseArgsOptionsConfig, parseArgs } from "node:util";
import { messageOf } from "../../src/runtime/contract/fault.ts";

/** The options of this process's command line; with one that there is not it says so and how it goes, and ends with 2. */
export const optionsOf = <T extends ParseArgsOptionsConfig>(
	usage: string,
	options: T,
): ReturnType<typeof parseArgs<{ options: T }>>["values"] => {
	try {
		return parseArgs({ options }).values;
	} catch (thrown) {
		console.error(`${messageOf(thrown)}\n\n${usage}`);
		process.exit(2);
	}
};
