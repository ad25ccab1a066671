import { InvalidArgumentError } from "commander";
import type { ExitCode } from "./exit-code.ts";
import type { Output } from "./output.ts";

/** What commands share. */
export interface Shell {
	/** Says how the last command ended. */
	readonly end: (code: ExitCode) => void;
	readonly output: () => Output;
	readonly socket: () => string;
	/** Asks the person at the terminal, who may end it with null; null where there is nobody. */
	readonly ask: () => ((question: string) => Promise<string | null>) | null;
}

/** A whole number from 1, or a usage error. */
export const wholeNumber = (text: string): number => {
	const value = /^[0-9]{1,15}$/.test(text) ? Number.parseInt(text, 10) : 0;
	if (value < 1) throw new InvalidArgumentError("A whole number from 1 is wanted.");
	return value;
};
