import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Journal } from "../../../src/journal/contract/journal.ts";
import { verifyJournal } from "../../../src/journal/sqlite/verify-journal.ts";
import { CARRIED, closed, JOURNAL_A, sold, stampAt, ticket, ticketDraft } from "../support/events.ts";
import { create, open, sell } from "../support/journal.ts";
import { canMount, smallDisk } from "../support/small-disk.ts";

const standing = (journal: Journal) => ({ head: journal.head(), feed: journal.feedHead(), kinds: journal.kindSeq() });

/** Appends tickets until the disk refuses one; answers what was in the journal before that one, and its number. */
const sellUntilFull = (journal: Journal) => {
	for (let number = 2; ; number += 1) {
		const before = standing(journal);
		const document = ticket(number);
		try {
			journal.append(stampAt(number), "operator", [sold(), closed(document)], [ticketDraft(document)]);
		} catch (error) {
			expect(error).toMatchObject({ code: "TILL-0604" });
			return { before, number };
		}
	}
};

describe.runIf(canMount())("a full disk", () => {
	it("refuses an append whole, changes nothing, and takes the next one when there is room again", () => {
		const disk = smallDisk();
		const here = { directory: join(disk.path, "journal"), mirror: undefined };
		const journal = create(here);
		sell(journal, 1);
		disk.fill();
		const { before, number } = sellUntilFull(journal);
		for (let attempt = 0; attempt < 3; attempt += 1) {
			expect(() => journal.append(stampAt(0), "operator", [sold()], [])).toThrow("TILL-0604");
		}
		expect(standing(journal)).toEqual(before);
		expect([...journal.recordsAfter(0)].at(-1)?.seq).toBe(before.head.seq);
		expect(journal.closedTicket("receipt", number)).toBeUndefined();

		disk.free();
		sell(journal, number);
		const after = standing(journal);
		expect(after.head.seq).toBe(before.head.seq + 2);
		journal.close();
		expect(verifyJournal(here.directory).findings).toEqual([]);
		expect(standing(open(here))).toEqual(after);
	});

	it("refuses to begin a month for which there is no room, and stays in the old one", () => {
		const disk = smallDisk();
		const here = { directory: join(disk.path, "journal"), mirror: undefined };
		const journal = create(here);
		sell(journal, 1);
		const before = standing(journal);
		disk.fill();
		expect(() => journal.roll(stampAt(2), "2026-12", CARRIED)).toThrow("TILL-0604");
		expect(standing(journal)).toEqual(before);
		expect(journal.months()).toEqual(["2026-11"]);
		disk.free();
		expect(readdirSync(join(here.directory, JOURNAL_A)).filter((name) => name.includes("2026-12"))).toEqual([]);
		sell(journal, 2);
		expect(journal.roll(stampAt(3), "2026-12", CARRIED)?.records).toHaveLength(1);
		journal.close();
		expect(verifyJournal(here.directory).findings).toEqual([]);
	});

	it("keeps selling without the snapshot and the stored cursor", () => {
		const disk = smallDisk();
		const journal = create({ directory: join(disk.path, "journal"), mirror: undefined });
		disk.fill();
		const text = "x".repeat(100_000);
		for (let attempt = 0; attempt < 30; attempt += 1) journal.saveSnapshot(1, text);
		journal.moveCursor({ ledgerId: "L1", term: 1, feedSeq: 9, sha256: "ab".repeat(32) });
		expect(journal.cursor()?.feedSeq).toBe(9);
		disk.free();
		sell(journal, 1);
		expect(journal.head().seq).toBe(3);
	});

	it("refuses an append when the disk turned read-only", () => {
		const disk = smallDisk();
		const here = { directory: join(disk.path, "journal"), mirror: undefined };
		const journal = create(here);
		sell(journal, 1);
		journal.close();
		disk.remount("ro");
		expect(() => open(here)).toThrow(/TILL-060[24]/);
		disk.remount("rw");
		expect(open(here).head().seq).toBe(3);
	});

	it("notices that the disk was pulled out from under it", () => {
		const disk = smallDisk();
		const journal = create({ directory: join(disk.path, "journal"), mirror: undefined });
		sell(journal, 1);
		const before = standing(journal);
		disk.pullOut();
		expect(() => sell(journal, 2)).toThrow("TILL-0604");
		expect(standing(journal)).toEqual(before);
	});
});
