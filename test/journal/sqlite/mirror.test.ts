import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { recoverFromMirror } from "../../../src/journal/sqlite/recover-journal.ts";
import { verifyJournal } from "../../../src/journal/sqlite/verify-journal.ts";
import { silentLogger } from "../../support/manual-runtime.ts";
import { CARRIED, closed, JOURNAL_A, JOURNAL_B, sold, stampAt, ticket, ticketDraft } from "../support/events.ts";
import { create, open, type Place, place, sell } from "../support/journal.ts";
import { canMount, smallDisk } from "../support/small-disk.ts";
import { MEMORY_DISK, tempDir } from "../support/temp-dir.ts";

const mirrorOf = ({ mirror }: Place): string => mirror ?? "";

/** Both media hold the same journal, and each is sound by itself. */
const expectEven = (here: Place): void => {
	const journal = verifyJournal(here.directory);
	const mirror = verifyJournal(mirrorOf(here));
	expect(journal.findings).toEqual([]);
	expect(mirror.findings).toEqual([]);
	expect(mirror.journals).toEqual(journal.journals);
};

describe("the mirror", () => {
	it("holds everything when an append returns, over months", () => {
		const here = place({ withMirror: true });
		const journal = create(here);
		sell(journal, 1);
		expectEven(here);
		journal.roll(stampAt(2), "2026-12", CARRIED);
		expectEven(here);
		sell(journal, 2);
		expectEven(here);
		expect(journal.mirrorTrouble()).toBeUndefined();
	});

	it("is said to be none when none is configured", () => {
		expect(create(place()).mirrorTrouble()).toBe("none");
	});

	it("may be taken away and given back: selling goes on, and the next append fills it up", () => {
		const here = place({ withMirror: true });
		const journal = create(here);
		sell(journal, 1);
		renameSync(mirrorOf(here), `${mirrorOf(here)}-away`);
		sell(journal, 2);
		expect(journal.mirrorTrouble()).toContain("TILL-0613");
		expect(existsSync(mirrorOf(here))).toBe(false); // never made by itself: it would lie on the journal's own disk
		renameSync(`${mirrorOf(here)}-away`, mirrorOf(here));
		journal.append(stampAt(3), "operator", [sold()], []);
		expect(journal.mirrorTrouble()).toBeUndefined();
		expectEven(here);
	});

	it("is not made anew on the journal's own disk when its medium is not mounted", () => {
		const here = place({ withMirror: true });
		const journal = create(here);
		sell(journal, 1);
		renameSync(mirrorOf(here), `${mirrorOf(here)}-away`);
		mkdirSync(mirrorOf(here)); // the empty mount point
		sell(journal, 2);
		expect(journal.mirrorTrouble()).toContain("mounted");
		expect(readdirSync(mirrorOf(here))).toEqual([]);
		journal.close();
		expect(open(here).mirrorTrouble()).toContain("mounted");
	});

	it("is caught up at a start after the two were parted by a crash", () => {
		const here = place({ withMirror: true });
		let journal = create(here);
		sell(journal, 1);
		journal.close();
		journal = open({ ...here, mirror: undefined });
		sell(journal, 2);
		journal.roll(stampAt(3), "2026-12", CARRIED);
		sell(journal, 3);
		journal.close();
		journal = open(here);
		while (journal.tendMirror());
		expect(journal.mirrorTrouble()).toBeUndefined();
		expectEven(here);
	});

	it("is filled from the first month on when it is a new medium, step by step", () => {
		const here = place();
		const mirror = tempDir(MEMORY_DISK);
		let journal = create(here);
		for (let index = 0; index < 12; index += 1) {
			journal.append(
				stampAt(index),
				"operator",
				Array.from({ length: 100 }, (_, lineNo) => sold(lineNo + 1)),
				[],
			);
		}
		sell(journal, 1);
		journal.roll(stampAt(20), "2026-12", CARRIED);
		sell(journal, 2);
		journal.close();
		journal = open({ ...here, mirror });
		expect(journal.mirrorTrouble()).toContain("TILL-0613");
		expect(existsSync(join(mirror, "current"))).toBe(false);
		let steps = 1;
		while (journal.tendMirror()) steps += 1;
		expect(steps).toBeGreaterThan(1);
		expect(journal.mirrorTrouble()).toBeUndefined();
		sell(journal, 3);
		journal.close();
		expectEven({ ...here, mirror });
	});

	it("is filled in the feed's order where messages stand in another order than their records", () => {
		const here = place({ withMirror: true });
		const journal = create(here);
		renameSync(mirrorOf(here), `${mirrorOf(here)}-away`);
		const [first, second] = [ticket(1), ticket(2)];
		// The first ticket ends the first step of copying; its message comes behind that of the second.
		journal.append(
			stampAt(1),
			"operator",
			[...Array.from({ length: 499 }, (_, index) => sold(index + 1)), closed(first), closed(second)],
			[ticketDraft(second), ticketDraft(first)],
		);
		renameSync(`${mirrorOf(here)}-away`, mirrorOf(here));
		while (journal.tendMirror());
		expect(journal.mirrorTrouble()).toBeUndefined();
		expectEven(here);
	});

	it("stops the start when it is ahead, and gives back what the journal lost", () => {
		const here = place({ withMirror: true });
		const backup = join(tempDir(), "backup");
		let journal = create(here);
		sell(journal, 1);
		journal.close();
		cpSync(here.directory, backup, { recursive: true });
		journal = open(here);
		sell(journal, 2);
		journal.roll(stampAt(3), "2026-12", CARRIED);
		sell(journal, 3);
		const ends = [journal.head(), journal.feedHead()];
		journal.close();
		rmSync(here.directory, { recursive: true });
		cpSync(backup, here.directory, { recursive: true });

		const mirrored = verifyJournal(mirrorOf(here));
		expect(() => open(here)).toThrow("TILL-0611");
		expect(verifyJournal(mirrorOf(here))).toEqual(mirrored);
		expect(recoverFromMirror(here.directory, mirrorOf(here), silentLogger())).toEqual({
			journalId: JOURNAL_A,
			recordCount: 5,
			messageCount: 2,
		});
		journal = open(here);
		expect([journal.head(), journal.feedHead()]).toEqual(ends);
		expect(journal.mirrorTrouble()).toBeUndefined();
		journal.close();
		expectEven(here);
		expect(recoverFromMirror(here.directory, mirrorOf(here), silentLogger()).recordCount).toBe(0);
	});

	it("gives the whole journal back to an empty disk", () => {
		const here = place({ withMirror: true });
		const journal = create(here);
		sell(journal, 1);
		journal.roll(stampAt(3), "2026-12", CARRIED);
		sell(journal, 2);
		journal.close();
		rmSync(here.directory, { recursive: true });
		mkdirSync(here.directory);
		expect(recoverFromMirror(here.directory, mirrorOf(here), silentLogger())).toMatchObject({
			recordCount: 6,
			messageCount: 2,
		});
		expectEven(here);
		sell(open(here), 3);
		expectEven(here);
	});

	it("is left untouched when it holds something else under the same numbers, and selling goes on", () => {
		const here = place({ withMirror: true });
		const backup = join(tempDir(), "backup");
		let journal = create(here);
		sell(journal, 1);
		journal.close();
		cpSync(here.directory, backup, { recursive: true });
		journal = open(here);
		sell(journal, 2);
		journal.close();
		rmSync(here.directory, { recursive: true });
		cpSync(backup, here.directory, { recursive: true });
		journal = open({ ...here, mirror: undefined });
		for (const number of [7, 8, 9]) sell(journal, number);
		journal.close();

		journal = open(here);
		const before = verifyJournal(mirrorOf(here));
		expect(journal.mirrorTrouble()).toContain("TILL-0612");
		sell(journal, 10);
		expect(journal.mirrorTrouble()).toContain("TILL-0612");
		journal.close();
		expect(verifyJournal(mirrorOf(here))).toEqual(before);
		expect(() => recoverFromMirror(here.directory, mirrorOf(here), silentLogger())).toThrow("TILL-0612");
	});

	it("of another journal is no mirror of this one and stays beside it", () => {
		const here = place({ withMirror: true });
		create(here, JOURNAL_B).close();
		const other = place();
		sell(create({ ...other, mirror: mirrorOf(here) }), 1);
		expect(verifyJournal(mirrorOf(here)).journals.map((journal) => journal.recordCount)).toEqual([3, 1]);
		expect(readFileSync(join(mirrorOf(here), "current"), "utf8")).toBe(`${JOURNAL_A}\n`);
	});

	it("cannot give back what it does not hold", () => {
		const here = place({ withMirror: true });
		create({ ...here, mirror: undefined }).close();
		expect(() => recoverFromMirror(here.directory, mirrorOf(here), silentLogger())).toThrow("TILL-0609");
	});

	it.runIf(canMount())("may be full or read-only or pulled out for a while", () => {
		const disk = smallDisk();
		const here = { ...place(), mirror: disk.path };
		const journal = create(here);
		let number = 0;
		const sellOne = (): void => sell(journal, ++number);
		sellOne();
		disk.fill();
		while (journal.mirrorTrouble() === undefined) sellOne();
		expect(journal.mirrorTrouble()).toContain("SQLITE_FULL");
		sellOne();
		disk.free();
		sellOne();
		expect(journal.mirrorTrouble()).toBeUndefined();
		expectEven(here);

		disk.pullOut();
		sellOne();
		expect(journal.mirrorTrouble()).toContain("TILL-0613");
		disk.putIn(); // another, empty medium
		sellOne();
		while (journal.tendMirror());
		expect(journal.mirrorTrouble()).toBeUndefined();
		journal.close();
		expectEven(here);

		disk.remount("ro");
		const again = open(here);
		sell(again, ++number);
		expect(again.mirrorTrouble()).toContain("TILL-0613");
		disk.remount("rw");
		sell(again, ++number);
		expect(again.mirrorTrouble()).toBeUndefined();
		expectEven(here);
	});
});
