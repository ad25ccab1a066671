import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { verifyJournal } from "../../../src/journal/sqlite/verify-journal.ts";
import { CARRIED, JOURNAL_A, stampAt } from "../support/events.ts";
import { create, monthFile, open, place, sell } from "../support/journal.ts";

/** November and December closed with two tickets each, January open; nothing accepted. */
const threeMonths = (withMirror = false) => {
	const here = place({ withMirror });
	const journal = create(here);
	sell(journal, 1);
	sell(journal, 2);
	journal.roll(stampAt(3), "2026-12", CARRIED);
	sell(journal, 3);
	sell(journal, 4);
	journal.roll(stampAt(5), "2027-01", CARRIED);
	return { here, journal };
};

const accept = (journal: ReturnType<typeof create>, feedSeq: number): void =>
	journal.moveCursor({
		ledgerId: "L1",
		term: 1,
		feedSeq,
		sha256: journal.messages(feedSeq, 1)[0]?.sha256 ?? "",
	});

describe("deleteSegment", () => {
	it("deletes the oldest month as an act of the journal, on the mirror too", () => {
		const { here, journal } = threeMonths(true);
		accept(journal, 2);
		const { records } = journal.deleteSegment(stampAt(6), "2026-11", "2026-12");
		expect(records[0]?.event).toMatchObject({ type: "SegmentDeleted", month: "2026-11", seq: 5, feedSeq: 2 });
		expect(journal.months()).toEqual(["2026-12", "2027-01"]);
		expect(existsSync(monthFile(here.directory))).toBe(false);
		expect(existsSync(join(here.mirror ?? "", JOURNAL_A, "2026-11.sqlite"))).toBe(false);
		expect(journal.closedTicket("receipt", 1)).toBeUndefined();
		expect(journal.closedTicket("receipt", 3)?.seq).toBe(8);
		expect(journal.messages(1, 10).map((message) => message.feedSeq)).toEqual([3, 4]);
		expect(journal.records({ fromSeq: 1, limit: 1 })[0]?.seq).toBe(6);
		sell(journal, 5);
		expect(journal.mirrorTrouble()).toBeUndefined();
		journal.close();
		expect(verifyJournal(here.directory).findings).toEqual([]);
		expect(verifyJournal(here.mirror ?? "").findings).toEqual([]);
		expect(open(here).head().seq).toBe(14);
	});

	it("refuses what is open, not the oldest, still to be kept, or not accepted", () => {
		const { journal } = threeMonths();
		const attempt = (month: string, keepFrom: string) => () => journal.deleteSegment(stampAt(6), month, keepFrom);
		accept(journal, 1);
		expect(attempt("2026-11", "2026-12")).toThrow(/TILL-0615.*accepted/);
		accept(journal, 4);
		expect(attempt("2026-11", "2026-11")).toThrow(/TILL-0615.*kept/);
		expect(attempt("2026-12", "2030-01")).toThrow(/TILL-0615.*oldest/);
		expect(attempt("2027-01", "2030-01")).toThrow(/TILL-0615.*oldest/);
		const head = journal.head();
		attempt("2026-11", "2026-12")();
		attempt("2026-12", "2027-01")();
		expect(attempt("2027-01", "2030-01")).toThrow(/TILL-0615.*oldest/);
		expect(journal.head().seq).toBe(head.seq + 2);
	});

	it("keeps the month while the mirror does not have everything", () => {
		const { here, journal } = threeMonths();
		accept(journal, 4);
		journal.close();
		const withMissingMirror = open({ ...here, mirror: join(here.directory, "nowhere") });
		expect(() => withMissingMirror.deleteSegment(stampAt(6), "2026-11", "2026-12")).toThrow("TILL-0615");
		expect(existsSync(monthFile(here.directory))).toBe(true);
	});
});
