import type { Findings } from "./finding.ts";
import type { Heads } from "./row.ts";
import type { Shelf } from "./shelf.ts";

/**
 * A hash that is known from elsewhere: the relay's `accepted`, the head on a printed Z or in a status, an adopting
 * journal's first record. Without one a cut tail cannot be seen (DESIGN section 6).
 */
export interface Anchor {
	readonly chain: "record" | "message";
	readonly seq: number;
	/** Hexadecimal. */
	readonly sha256: string;
	/** Whose chain; left out: the journal in force. */
	readonly journalId?: string;
	/** Who says so, for the finding: "Z 12", "the relay". */
	readonly from: string;
}

/** Compares anchors with what a journal holds. One whose month was deleted cannot be compared and says nothing. */
export const checkAnchors = (shelf: Shelf, heads: Heads, anchors: readonly Anchor[], findings: Findings): void => {
	for (const { chain, seq, sha256, from } of anchors) {
		const head = chain === "record" ? heads.record : heads.feed;
		if (seq > head.seq) {
			findings.add("TILL-0631", null, seq, `${from} confirms ${chain} ${seq}; the journal ends at ${head.seq}`);
			continue;
		}
		const held = chain === "record" ? shelf.recordSha256(seq) : shelf.messageSha256(seq);
		if (held !== undefined && held !== sha256) {
			findings.add("TILL-0632", null, seq, `${from} confirms ${chain} ${seq} as ${sha256}; the journal holds ${held}`);
		}
	}
};
