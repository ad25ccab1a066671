import type { RelayCode } from "../codes.ts";

/** How many messages beyond the next expected one are kept while the gap before them is filled. Beyond it the till sends again. */
const AHEAD_MAX = 1_000;

/** A journal as far as the relay holds it. */
export interface JournalTail {
	/** Highest contiguous number; 0 for none. */
	readonly contiguous: number;
	/** SHA-256 of that message; zeros for none. */
	readonly sha256: string;
	readonly forked: boolean;
}

/** What is to be placed, and what is held under its number already. */
export interface Placing {
	readonly feedSeq: number;
	readonly sha256: string;
	readonly prev: string;
	/** Hash of what is held under this number, contiguous or ahead; undefined for nothing. */
	readonly heldSha256: string | undefined;
}

/** Where a message goes. */
export type Placement =
	| { readonly place: "append" }
	| { readonly place: "repeat" }
	| { readonly place: "ahead"; readonly keep: boolean }
	| { readonly place: "fork"; readonly code: RelayCode; readonly reason: string }
	| { readonly place: "afterFork" };

/**
 * Places a message in its journal's chain (DESIGN section 7): same key and hash is a repeat, same key and another hash a
 * fork, and so is a message that does not continue the one before it. Nothing further is taken from a forked journal.
 */
export const place = (tail: JournalTail, { feedSeq, sha256, prev, heldSha256 }: Placing): Placement => {
	if (heldSha256 === sha256) return feedSeq <= tail.contiguous ? { place: "repeat" } : { place: "ahead", keep: false };
	if (tail.forked) return { place: "afterFork" };
	if (heldSha256 !== undefined) {
		return { place: "fork", code: "RELAY-1106", reason: `another message is held under number ${feedSeq}` };
	}
	if (feedSeq === tail.contiguous + 1) {
		if (prev === tail.sha256) return { place: "append" };
		return {
			place: "fork",
			code: "RELAY-1108",
			reason: `number ${feedSeq} does not continue number ${tail.contiguous}`,
		};
	}
	return { place: "ahead", keep: feedSeq <= tail.contiguous + AHEAD_MAX };
};
