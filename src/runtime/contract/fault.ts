import type { FAULTS } from "../../events/codes.ts";

/** The code of a fault. */
export type FaultCode = keyof typeof FAULTS;

/**
 * A fault of the world or of a file, message or setting: thrown where no value can be answered. The code stands in the
 * message, so that a screenshot or a telephone call identifies it; cause and remedy are in `src/events/codes.ts`.
 */
export class Fault extends Error {
	readonly code: FaultCode;
	/** Every single problem found, each with its place (line, path); empty when the message says it all. */
	readonly problems: readonly string[];
	constructor(code: FaultCode, message: string, options: { cause?: unknown; problems?: readonly string[] } = {}) {
		super(`${code} ${message}`, options.cause === undefined ? undefined : { cause: options.cause });
		this.name = "Fault";
		this.code = code;
		this.problems = options.problems ?? [];
	}
}

/** A message fit for people from anything that was thrown. */
export const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));
