import type { RelayCode } from "./codes.ts";

/** A fault of the relay that stops what was asked for. The code stands in the message; cause and remedy are in `codes.ts`. */
export class RelayFault extends Error {
	readonly code: RelayCode;
	constructor(code: RelayCode, message: string, cause?: unknown) {
		super(`${code} ${message}`, cause === undefined ? undefined : { cause });
		this.name = "RelayFault";
		this.code = code;
	}
}
