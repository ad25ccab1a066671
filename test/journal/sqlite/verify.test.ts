import { appendFileSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, it } from "vitest";
import type { Anchor } from "../../../src/journal/sqlite/anchor.ts";
import { verifyJournal } from "../../../src/journal/sqlite/verify-journal.ts";
import { attack, dropTriggers, pastTriggers, rewriteRecords } from "../support/attacker.ts";
import { CARRIED, EVERY_EVENT, JOURNAL_A, stampAt, zReport } from "../support/events.ts";
import { create, monthFile, place, sell } from "../support/journal.ts";

const MESSAGE_3 =
	"UPDATE message SET bytes = CAST(replace(CAST(bytes AS TEXT), 'Melk', 'Helm') AS BLOB) WHERE feed_seq = 3";

/**
 * A journal over two months, closed: November has records 1 to 9 (four tickets), December 10 to 14 (two tickets) and the Z
 * of record 15, whose head is record 14.
 */
const twoMonths = () => {
	const here = place();
	const journal = create(here);
	for (const number of [1, 2, 3, 4]) sell(journal, number);
	journal.roll(stampAt(10), "2026-12", CARRIED);
	for (const number of [5, 6]) sell(journal, number);
	const ends = { head: journal.head(), feedHead: journal.feedHead() };
	journal.append(stampAt(20), "operator", [{ type: "BusinessDayClosed", report: zReport(1, journal.head()) }], []);
	journal.close();
	const { directory } = here;
	return { here, directory, november: monthFile(directory), december: monthFile(directory, "2026-12"), ...ends };
};

const codesOf = (directory: string, anchors?: readonly Anchor[]): string[] => [
	...new Set(verifyJournal(directory, anchors).findings.map((finding) => finding.code)),
];

/** Runs SQL on a file past its triggers, which look untouched afterwards. */
const tamper = (file: string, sql: string): void =>
	attack(file, (database) => pastTriggers(database, () => database.exec(sql)));

describe("verifyJournal", () => {
	it("finds nothing in a sound journal and counts it", () => {
		const { directory, feedHead } = twoMonths();
		const { journals, findings } = verifyJournal(directory);
		expect(findings).toEqual([]);
		expect(journals).toMatchObject([
			{
				journalId: JOURNAL_A,
				months: ["2026-11", "2026-12"],
				recordCount: 15,
				messageCount: 6,
				head: { seq: 15 },
				feedHead,
			},
		]);
	});

	it("may run while the till sells", () => {
		const here = place();
		const journal = create(here);
		sell(journal, 1);
		expect(verifyJournal(here.directory)).toMatchObject({ findings: [], journals: [{ recordCount: 3 }] });
		sell(journal, 2);
		expect(journal.head().seq).toBe(5);
	});

	const tamperings: readonly { what: string; sql: string; codes: readonly string[] }[] = [
		{ what: "a changed record", sql: "UPDATE record SET bytes = x'7b7d' WHERE seq = 3", codes: ["TILL-0624"] },
		{ what: "a deleted record", sql: "DELETE FROM record WHERE seq = 4", codes: ["TILL-0623"] },
		{
			what: "a record under another type",
			sql: "UPDATE record SET type = 'ItemSold' WHERE seq = 3",
			codes: ["TILL-0626"],
		},
		{
			what: "two records exchanged",
			sql: `UPDATE record SET seq = 100 WHERE seq = 2; UPDATE record SET seq = 2 WHERE seq = 4;
				UPDATE record SET seq = 4 WHERE seq = 100`,
			codes: ["TILL-0626", "TILL-0625"],
		},
		{ what: "a changed message", sql: MESSAGE_3, codes: ["TILL-0628"] },
		{ what: "a deleted message", sql: "DELETE FROM message WHERE feed_seq = 2", codes: ["TILL-0627"] },
		{
			what: "a message of another kind",
			sql: "UPDATE message SET kind = 'event', kind_seq = 1 WHERE feed_seq = 4",
			codes: ["TILL-0626", "TILL-0633"],
		},
		{
			what: "a message without its record",
			sql: "UPDATE message SET record_seq = 99 WHERE feed_seq = 4",
			codes: ["TILL-0626"],
		},
		{ what: "a ticket taken from the index", sql: "DELETE FROM closed_ticket", codes: ["TILL-0630"] },
		{
			what: "a ticket number that leads elsewhere",
			sql: "UPDATE closed_ticket SET record_seq = 5 WHERE receipt_number = 1",
			codes: ["TILL-0630"],
		},
		{
			what: "a ticket that was never closed",
			sql: "INSERT INTO closed_ticket VALUES ('receipt', 77, 3)",
			codes: ["TILL-0630"],
		},
		{ what: "another till's name on the file", sql: "UPDATE meta SET journal_id = 'X'", codes: ["TILL-0633"] },
	];
	it.each(tamperings)("finds $what", ({ sql, codes }) => {
		const { directory, november } = twoMonths();
		tamper(november, sql);
		expect(codesOf(directory)).toEqual(expect.arrayContaining([...codes]));
	});

	it("finds a record that was replaced and everything after it re-chained, by the month that follows", () => {
		const { directory, november } = twoMonths();
		attack(november, (database) =>
			pastTriggers(database, () => rewriteRecords(database, 3, (text) => text.replace("Melk", "Helm"))),
		);
		expect(codesOf(directory)).toContain("TILL-0633");
	});

	it("finds a record of the last month that was replaced and re-chained, by an old anchor only", () => {
		const { directory, december } = twoMonths();
		const rewrite = (database: Database.Database) =>
			pastTriggers(database, () =>
				rewriteRecords(database, 15, (text) => text.replace('"operatorId":"op-7"', '"operatorId":"op-8"')),
			);
		const anchor: Anchor = {
			chain: "record",
			seq: 15,
			sha256: verifyJournal(directory).journals[0]?.head.sha256 ?? "",
			from: "a status",
		};
		expect(codesOf(directory, [anchor])).toEqual([]);
		attack(december, rewrite);
		expect(codesOf(directory)).toEqual([]);
		expect(codesOf(directory, [anchor])).toEqual(["TILL-0632"]);
	});

	it("finds a rewritten history by the head that stands on the Z", () => {
		const { directory, december } = twoMonths();
		attack(december, (database) =>
			pastTriggers(database, () => rewriteRecords(database, 12, (text) => text.replace("Melk", "Helm"))),
		);
		expect(verifyJournal(directory).findings).toMatchObject([{ code: "TILL-0632", seq: 14 }]);
	});

	it("finds dropped triggers", () => {
		const { directory, december } = twoMonths();
		attack(december, dropTriggers);
		expect(codesOf(directory)).toEqual(["TILL-0622"]);
	});

	it("finds a cut tail by what the relay accepted, by the chain's own anchors and by one given by hand", () => {
		const cut = (database: Database.Database) =>
			pastTriggers(database, () =>
				database.exec(
					"DELETE FROM closed_day; DELETE FROM message WHERE feed_seq > 5; DELETE FROM closed_ticket WHERE record_seq > 12; DELETE FROM record WHERE seq > 12",
				),
			);
		const { directory, december, head, feedHead } = twoMonths();
		attack(december, cut);
		expect(codesOf(directory)).toEqual([]);
		expect(codesOf(directory, [{ chain: "message", ...feedHead, from: "the relay" }])).toEqual(["TILL-0631"]);
		expect(codesOf(directory, [{ chain: "record", ...head, from: "Z 1" }])).toEqual(["TILL-0631"]);

		const here = place();
		const journal = create(here);
		sell(journal, 1);
		sell(journal, 2);
		journal.moveCursor({ ledgerId: "L1", term: 1, feedSeq: 2, sha256: journal.feedHead().sha256 });
		journal.close();
		expect(codesOf(here.directory)).toEqual([]);
		tamper(
			monthFile(here.directory),
			"DELETE FROM message WHERE feed_seq = 2; DELETE FROM closed_ticket WHERE record_seq > 3; DELETE FROM record WHERE seq > 3",
		);
		expect(codesOf(here.directory)).toEqual(["TILL-0631"]);
	});

	it("finds messages that are not those the relay confirmed in a record", () => {
		const here = place();
		const journal = create(here);
		sell(journal, 1);
		journal.append(stampAt(2), "feed", [{ ...EVERY_EVENT.ChainAnchored, feedSeq: 1 }], []);
		journal.close();
		expect(verifyJournal(here.directory).findings).toMatchObject([{ code: "TILL-0632", seq: 1 }]);
	});

	it("finds missing months", () => {
		const { directory, november, december } = twoMonths();
		const lastOfNovember = readFileSync(november);
		rmSync(november);
		expect(codesOf(directory)).toEqual(["TILL-0621"]);
		writeFileSync(november, lastOfNovember);
		expect(codesOf(directory)).toEqual([]);
		rmSync(december);
		expect(codesOf(directory, [{ chain: "record", seq: 12, sha256: "0".repeat(64), from: "Z 1" }])).toEqual([
			"TILL-0631",
		]);
	});

	it("answers for files that are cut, overwritten or empty, and goes on with the others", () => {
		for (const damage of [
			(file: string) => truncateSync(file, readFileSync(file).length - 8192),
			(file: string) => truncateSync(file, 5000),
			(file: string) => truncateSync(file, 0),
			(file: string) => writeFileSync(file, "no database"),
		]) {
			const { directory, november } = twoMonths();
			attack(november, () => undefined);
			damage(november);
			const { findings, journals } = verifyJournal(directory);
			expect(findings.map((finding) => [finding.code, finding.month])).toContainEqual(["TILL-0620", "2026-11"]);
			expect(journals[0]?.recordCount).toBeGreaterThanOrEqual(6);
		}
	});

	it("finds one flipped byte in any record or message", () => {
		const { directory, november } = twoMonths();
		attack(november, () => undefined);
		const sound = readFileSync(november);
		const database = new Database(november, { readonly: true });
		const rows = database
			.prepare<[], Buffer>("SELECT bytes FROM record UNION ALL SELECT bytes FROM message")
			.pluck()
			.all();
		database.close();
		expect(rows).toHaveLength(13);
		for (const row of rows) {
			const flipped = Buffer.from(sound);
			// Pages that were split keep an old copy of a row: that one is no data.
			for (let at = sound.indexOf(row); at >= 0; at = sound.indexOf(row, at + 1)) {
				const place = at + Math.floor(row.length / 2);
				flipped.writeUInt8(flipped.readUInt8(place) ^ 1, place);
			}
			expect(flipped.equals(sound)).toBe(false);
			writeFileSync(november, flipped);
			expect(codesOf(directory)).not.toEqual([]);
		}
	});

	it("says when there is no journal, or the one in force is not there", () => {
		const { directory } = place();
		expect(codesOf(directory)).toEqual(["TILL-0609"]);
		const { directory: other } = twoMonths();
		writeFileSync(join(other, "current"), "01JD000000000000000000000Z\n");
		expect(codesOf(other)).toEqual(["TILL-0609"]);
		appendFileSync(join(other, "current"), "garbage");
		expect(codesOf(other)).toEqual([]);
	});
});
