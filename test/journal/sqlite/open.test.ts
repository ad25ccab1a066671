import { execFileSync } from "node:child_process";
import { hash } from "node:crypto";
import {
	copyFileSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createJournal, hasJournal, openJournal } from "../../../src/journal/sqlite/open-journal.ts";
import { verifyJournal } from "../../../src/journal/sqlite/verify-journal.ts";
import { silentLogger } from "../../support/manual-runtime.ts";
import { attack, dropTriggers, pastTriggers } from "../support/attacker.ts";
import { CARRIED, created, JOURNAL_A, JOURNAL_B, sold, stampAt } from "../support/events.ts";
import { create, monthFile, open, place, sell } from "../support/journal.ts";

const options = { logger: silentLogger() };

describe("createJournal", () => {
	it("makes the journal with its first record and names it as the one in force", () => {
		const here = place();
		expect(hasJournal(here.directory)).toBe(false);
		expect(() => openJournal(here.directory, options)).toThrow("TILL-0609");
		const journal = create(here);
		expect(hasJournal(here.directory)).toBe(true);
		expect([...journal.recordsAfter(0)].map((record) => record.event)).toEqual([created()]);
		expect(readFileSync(join(here.directory, "current"), "utf8")).toBe(`${JOURNAL_A}\n`);
		expect(journal.feedHead()).toEqual({ seq: 0, sha256: "0".repeat(64) });
	});

	it("never writes over a journal", () => {
		const here = place();
		create(here).close();
		const again = () => createJournal(here.directory, options, created(JOURNAL_B), stampAt(), "2026-11");
		expect(again).toThrow("TILL-0610");
		rmSync(join(here.directory, "current"));
		expect(again).toThrow("TILL-0610");
		expect(open(here).journalId).toBe(JOURNAL_A);
	});

	it("begins anew after a crash before the journal was whole", () => {
		const here = place();
		mkdirSync(join(here.directory, `${JOURNAL_B}.new`), { recursive: true });
		writeFileSync(join(here.directory, `${JOURNAL_B}.new`, "2026-11.sqlite.new"), "half");
		expect(hasJournal(here.directory)).toBe(false);
		create(here);
		expect(readdirSync(here.directory).toSorted()).toEqual([
			JOURNAL_A,
			"current",
			"lock.sqlite",
			"lock.sqlite-journal",
		]);
	});
});

describe("openJournal", () => {
	it("keeps a second writer out, in this process and in another, until the journal is closed", () => {
		const here = place();
		const journal = create(here);
		expect(() => openJournal(here.directory, options)).toThrow("TILL-0601");
		const script = `
			import { openJournal } from ${JSON.stringify(new URL("../../../src/journal/sqlite/open-journal.ts", import.meta.url).href)};
			const logger = { debug() {}, info() {}, warn() {}, error() {}, child() { return logger; } };
			try { openJournal(${JSON.stringify(here.directory)}, { logger }).close(); console.log("opened"); }
			catch (error) { console.log(error.code); }`;
		const inAnotherProcess = () =>
			execFileSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" }).trim();
		expect(inAnotherProcess()).toBe("TILL-0601");
		journal.close();
		expect(inAnotherProcess()).toBe("opened");
	});

	it("refuses a file of a newer version, and leaves it as it is", () => {
		const here = place();
		create(here).close();
		attack(monthFile(here.directory), (database) => database.pragma("user_version = 999"));
		expect(() => open(here)).toThrow("TILL-0603");
		attack(monthFile(here.directory), (database) =>
			expect(database.pragma("user_version", { simple: true })).toBe(999),
		);
	});

	it("refuses a file whose triggers were dropped", () => {
		const here = place();
		create(here).close();
		attack(monthFile(here.directory), dropTriggers);
		expect(() => open(here)).toThrow("TILL-0622");
	});

	it("refuses to go on behind a damaged last record or message, and gives the lock back", () => {
		for (const sql of [
			"UPDATE record SET bytes = x'7b7d' WHERE seq = 3",
			"UPDATE record SET sha256 = zeroblob(32) WHERE seq = 2",
			"UPDATE message SET bytes = x'7b7d'",
		]) {
			const here = place();
			const journal = create(here);
			sell(journal, 1);
			journal.close();
			attack(monthFile(here.directory), (database) => pastTriggers(database, () => database.exec(sql)));
			expect(() => open(here)).toThrow("TILL-0607");
			expect(() => open(here)).toThrow("TILL-0607");
		}
	});

	it("stops a replay at a damaged record, and can go on behind it", () => {
		const here = place();
		const journal = create(here);
		for (const number of [1, 2, 3]) sell(journal, number);
		journal.close();
		attack(monthFile(here.directory), (database) =>
			pastTriggers(database, () => database.exec("UPDATE record SET bytes = x'7b7d' WHERE seq = 3")),
		);
		const again = open(here);
		const seen: number[] = [];
		expect(() => {
			for (const record of again.recordsAfter(0)) seen.push(record.seq);
		}).toThrow("TILL-0607");
		expect(seen).toEqual([1, 2]);
		expect([...again.recordsAfter(3)].map((record) => record.seq)).toEqual([4, 5, 6, 7]);
		again.append(stampAt(9), "operator", [sold()], []);
		expect(again.head().seq).toBe(8);
	});

	it("tells a record of a later version from a damaged one", () => {
		const here = place();
		const journal = create(here);
		const head = journal.head();
		journal.close();
		const bytes = Buffer.from(
			`{"seq":2,"prev":"${head.sha256}","at":${JSON.stringify(stampAt())},"source":"operator","event":{"type":"Teleported"}}`,
		);
		attack(monthFile(here.directory), (database) => {
			database
				.prepare("INSERT INTO record (seq, type, sha256, bytes) VALUES (2, 'Teleported', ?, ?)")
				.run(hash("sha256", bytes, "buffer"), bytes);
		});
		expect(() => [...open(here).recordsAfter(0)]).toThrow("TILL-0608");
	});

	it("finds the journal when the name of the one in force was lost, unless there are two", () => {
		const here = place();
		create(here).close();
		rmSync(join(here.directory, "current"));
		open(here).close();
		expect(readFileSync(join(here.directory, "current"), "utf8")).toBe(`${JOURNAL_A}\n`);

		const other = place();
		create(other, JOURNAL_B).close();
		execFileSync("cp", ["-a", join(other.directory, JOURNAL_B), here.directory]);
		open(here).close();
		rmSync(join(here.directory, "current"));
		expect(() => open(here)).toThrow("TILL-0614");
	});

	it("says that a folder cannot be read, instead of taking it for an empty one", () => {
		const here = place();
		create(here).close();
		rmSync(join(here.directory, JOURNAL_A), { recursive: true });
		// Root may read every folder; nobody may follow a link to itself.
		symlinkSync(JOURNAL_A, join(here.directory, JOURNAL_A));
		expect(() => open(here)).toThrow(/TILL-0604 .*ELOOP/);
	});

	it("refuses a file that was put under another month or journal", () => {
		const here = place();
		create(here).close();
		execFileSync("cp", ["-a", monthFile(here.directory), monthFile(here.directory, "2026-12")]);
		expect(() => open(here)).toThrow("TILL-0614");
	});

	it("goes on when the side file of snapshot and cursor is lost or damaged", () => {
		const here = place();
		const journal = create(here);
		sell(journal, 1);
		journal.saveSnapshot(1, "state");
		journal.close();
		const state = join(here.directory, JOURNAL_A, "state.sqlite");
		writeFileSync(state, "rubbish that is no database, long enough to be looked at as one".repeat(100));
		let again = open(here);
		expect([again.snapshot(), again.cursor(), again.head().seq]).toEqual([undefined, undefined, 3]);
		again.saveSnapshot(1, "state");
		again.close();
		rmSync(state);
		again = open(here);
		expect(again.snapshot()).toBeUndefined();
	});

	it("leaves a snapshot aside that does not belong to the chain", () => {
		const here = place();
		const journal = create(here);
		sell(journal, 1);
		journal.saveSnapshot(1, "state");
		journal.close();
		attack(join(here.directory, JOURNAL_A, "state.sqlite"), (database) =>
			database.exec("UPDATE snapshot SET sha256 = replace(sha256, substr(sha256, 1, 1), 'x')"),
		);
		expect(open(here).snapshot()).toBeUndefined();
	});
});

describe("an open journal", () => {
	it("notices that its file or its log was taken away, instead of writing where nobody will look", () => {
		for (const ending of ["", "-wal"]) {
			const here = place();
			const journal = create(here);
			sell(journal, 1);
			renameSync(monthFile(here.directory) + ending, `${monthFile(here.directory)}-away`);
			expect(() => sell(journal, 2)).toThrow("TILL-0604");
			renameSync(`${monthFile(here.directory)}-away`, monthFile(here.directory) + ending);
			sell(journal, 2);
			journal.close();
			expect(verifyJournal(here.directory).findings).toEqual([]);
		}
	});
});

describe("an open journal that is tended", () => {
	it("notices that another file bears the name of its file or its log, and goes on when its own is back", () => {
		for (const ending of ["", "-wal"]) {
			const here = place();
			const journal = create(here);
			sell(journal, 1);
			const file = monthFile(here.directory) + ending;
			renameSync(file, `${file}-away`);
			copyFileSync(`${file}-away`, file);
			journal.tendLog();
			expect(() => sell(journal, 2)).toThrow("TILL-0604");
			expect(() => sell(journal, 2)).toThrow("TILL-0604");
			renameSync(`${file}-away`, file);
			sell(journal, 2);
			journal.close();
			expect(verifyJournal(here.directory).findings).toEqual([]);
		}
	});
});

describe("a closed month", () => {
	it("is one file, read-only, that stands alone", () => {
		const here = place();
		const journal = create(here);
		sell(journal, 1);
		journal.roll(stampAt(2), "2026-12", CARRIED);
		const november = monthFile(here.directory);
		expect(statSync(november).mode & 0o222).toBe(0);
		expect(existsSync(`${november}-wal`)).toBe(false);
		expect(journal.closedTicket("receipt", 1)?.seq).toBe(3);
		expect(existsSync(`${november}-wal`)).toBe(false);
		expect(readFileSync(november).subarray(18, 20)).toEqual(Buffer.from([1, 1])); // SQLite file format: no write-ahead log
	});

	it("is closed at the next start when a crash came between", () => {
		const here = place();
		const journal = create(here);
		sell(journal, 1);
		journal.roll(stampAt(2), "2026-12", CARRIED);
		journal.close();
		const november = monthFile(here.directory);
		attack(november, (database) => database.pragma("journal_mode = wal"));
		writeFileSync(`${monthFile(here.directory, "2027-01")}.new`, "half");
		writeFileSync(`${monthFile(here.directory, "2027-01")}.new-wal`, "half");
		const again = open(here);
		expect(again.months()).toEqual(["2026-11", "2026-12"]);
		expect(statSync(november).mode & 0o222).toBe(0);
		expect(readdirSync(join(here.directory, JOURNAL_A)).filter((name) => name.includes(".new"))).toEqual([]);
		again.close();
		expect(verifyJournal(here.directory).findings).toEqual([]);
	});
});
