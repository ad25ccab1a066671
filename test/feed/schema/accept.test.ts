import { describe, expect, it } from "vitest";
import { judgeAccepted, type OwnFeed } from "../../../src/feed/schema/accept.ts";
import type { Accepted } from "../../../src/feed/schema/control.ts";
import { NO_PREVIOUS } from "../../../src/feed/schema/message.ts";

const JOURNAL = "01K0000000000000000000000A";
const hash = (feedSeq: number): string => feedSeq.toString(16).padStart(64, "a");

const accepted = (changes: Partial<Accepted>): Accepted => ({
	v: 1,
	journalId: JOURNAL,
	feedSeq: 5,
	sha256: hash(changes.feedSeq ?? 5),
	ledgerId: "L1",
	term: 2,
	series: { receipt: 0, return: 0, delivery: 0, training: 0, z: 0 },
	...changes,
});

const cursor = { ledgerId: "L1", term: 2, feedSeq: 4, sha256: hash(4) };

const own = (changes: Partial<OwnFeed> = {}): OwnFeed => ({
	journalId: JOURNAL,
	feedHead: { seq: 10, sha256: hash(10) },
	cursor,
	hashOfMessage: hash,
	...changes,
});

describe("judgeAccepted", () => {
	it("takes the first answer ever, also that the relay has nothing", () => {
		expect(judgeAccepted(accepted({}), own({ cursor: undefined }))).toEqual({
			verdict: "advance",
			cursor: { ledgerId: "L1", term: 2, feedSeq: 5, sha256: hash(5) },
		});
		const nothing = accepted({ feedSeq: 0, sha256: NO_PREVIOUS });
		expect(judgeAccepted(nothing, own({ cursor: undefined }))).toMatchObject({ verdict: "advance" });
	});

	it("goes forward within a term and never back", () => {
		expect(judgeAccepted(accepted({ feedSeq: 10 }), own())).toMatchObject({ cursor: { feedSeq: 10 } });
		expect(judgeAccepted(accepted({ feedSeq: 3 }), own())).toEqual({ verdict: "ignore", reason: "behind" });
		expect(judgeAccepted(accepted({ feedSeq: 4 }), own())).toEqual({ verdict: "ignore", reason: "unchanged" });
	});

	it("obeys a new term, back to nothing too, and an older one never", () => {
		const back = accepted({ term: 3, feedSeq: 2, ledgerId: "L2" });
		expect(judgeAccepted(back, own())).toMatchObject({ verdict: "advance", cursor: { feedSeq: 2, term: 3 } });
		const empty = accepted({ term: 3, feedSeq: 0, sha256: NO_PREVIOUS });
		expect(judgeAccepted(empty, own())).toMatchObject({ verdict: "advance", cursor: { feedSeq: 0 } });
		expect(judgeAccepted(accepted({ term: 1, feedSeq: 9 }), own())).toEqual({ verdict: "ignore", reason: "olderTerm" });
	});

	it("notes a new term at the same number", () => {
		expect(judgeAccepted(accepted({ term: 3, feedSeq: 4 }), own())).toMatchObject({ verdict: "advance" });
	});

	it("stays with the ledger it obeyed when another claims the same term", () => {
		expect(judgeAccepted(accepted({ ledgerId: "L2", feedSeq: 9 }), own())).toEqual({
			verdict: "ignore",
			reason: "otherLedger",
		});
	});

	it("leaves another journal's answer alone, whatever it says", () => {
		const other = accepted({ journalId: "01K0000000000000000000000B", feedSeq: 99 });
		expect(judgeAccepted(other, own())).toEqual({ verdict: "ignore", reason: "otherJournal" });
	});

	it("sees a restored copy when the relay holds more than the box, from an older term too", () => {
		expect(judgeAccepted(accepted({ feedSeq: 11 }), own()).verdict).toBe("restoredCopy");
		expect(judgeAccepted(accepted({ feedSeq: 11, term: 1 }), own()).verdict).toBe("restoredCopy");
		expect(judgeAccepted(accepted({ feedSeq: 10 }), own()).verdict).toBe("advance");
	});

	it("sees a fork when the hash is another, behind the cursor too", () => {
		expect(judgeAccepted(accepted({ feedSeq: 5, sha256: hash(6) }), own()).verdict).toBe("fork");
		expect(judgeAccepted(accepted({ feedSeq: 2, sha256: hash(6), term: 1 }), own()).verdict).toBe("fork");
	});

	it("cannot call it a fork when the message is no longer on the box", () => {
		const gone = own({ hashOfMessage: () => undefined });
		expect(judgeAccepted(accepted({ sha256: hash(77) }), gone).verdict).toBe("advance");
	});

	it("refuses a hash of nothing", () => {
		expect(judgeAccepted(accepted({ feedSeq: 0, sha256: hash(1), term: 3 }), own())).toEqual({
			verdict: "ignore",
			reason: "malformed",
		});
	});
});
