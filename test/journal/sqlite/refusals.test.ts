import Database from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { verifyJournal } from "../../../src/journal/sqlite/verify-journal.ts";
import { closed, sold, stampAt, ticket, ticketDraft, zReport } from "../support/events.ts";
import { create, monthFile, open, place } from "../support/journal.ts";

const ZEROS = "zeroblob(32)";

/** Everything somebody could try on the tables from outside; the journal has 4 records, 1 message, ticket 1 and Z 1. */
const ATTEMPTS = [
	"UPDATE record SET bytes = x'00' WHERE seq = 2",
	"UPDATE record SET seq = 9 WHERE seq = 4",
	"UPDATE OR REPLACE record SET seq = 2 WHERE seq = 4",
	"DELETE FROM record WHERE seq = 4",
	"DELETE FROM record",
	`INSERT INTO record VALUES (6, 'X', ${ZEROS}, x'00')`,
	`INSERT INTO record VALUES (0, 'X', ${ZEROS}, x'00')`,
	`INSERT INTO record VALUES (-1, 'X', ${ZEROS}, x'00')`,
	`INSERT INTO record VALUES (NULL, 'X', ${ZEROS}, x'00')`,
	`INSERT INTO record VALUES (2, 'X', ${ZEROS}, x'00')`,
	`INSERT OR REPLACE INTO record VALUES (2, 'X', ${ZEROS}, x'00')`,
	`INSERT OR IGNORE INTO record VALUES (2, 'X', ${ZEROS}, x'00')`,
	`REPLACE INTO record VALUES (4, 'X', ${ZEROS}, x'00')`,
	`INSERT INTO record VALUES (4, 'X', ${ZEROS}, x'00') ON CONFLICT DO UPDATE SET bytes = x'00'`,
	`INSERT INTO record VALUES (4, 'X', ${ZEROS}, x'00') ON CONFLICT DO NOTHING`,
	"INSERT INTO record VALUES (5, 'X', x'00', x'00')",
	"UPDATE message SET bytes = x'00'",
	"DELETE FROM message",
	`INSERT INTO message VALUES (3, 'ticket', 2, 4, ${ZEROS}, x'00')`,
	`INSERT INTO message VALUES (2, 'ticket', 3, 4, ${ZEROS}, x'00')`,
	`INSERT INTO message VALUES (2, 'gossip', 1, 4, ${ZEROS}, x'00')`,
	`INSERT OR REPLACE INTO message VALUES (1, 'ticket', 1, 4, ${ZEROS}, x'00')`,
	// The row it would replace is found by its kind's number only.
	`INSERT OR REPLACE INTO message VALUES (2, 'ticket', 1, 4, ${ZEROS}, x'00')`,
	"UPDATE closed_ticket SET record_seq = 1",
	"DELETE FROM closed_ticket",
	"REPLACE INTO closed_ticket VALUES ('receipt', 1, 1)",
	"INSERT INTO closed_ticket VALUES ('receipt', 1, 1) ON CONFLICT DO UPDATE SET record_seq = 1",
	"UPDATE closed_day SET z = 2",
	"DELETE FROM closed_day",
	"REPLACE INTO closed_day VALUES (1, 1)",
	"UPDATE meta SET till = 'T2'",
	"DELETE FROM meta",
	"REPLACE INTO meta SELECT * FROM meta",
	"UPDATE feed_kind SET kind_seq_before = 7",
	"DELETE FROM feed_kind",
	"INSERT INTO feed_kind VALUES ('gossip', 0)",
];

/** What the triggers and checks say; anything else would be an attempt that is no attempt. */
const REFUSED = /only added to|takes the next number|is given once|is written once|CHECK constraint/;

describe("the tables of a segment", () => {
	it("refuse every change from any connection, whatever its settings, while the till goes on", () => {
		const here = place();
		const journal = create(here);
		const document = ticket(1);
		const before = journal.head();
		journal.append(
			stampAt(1),
			"operator",
			[sold(), closed(document), { type: "BusinessDayClosed", report: zReport(1, before) }],
			[ticketDraft(document)],
		);
		for (const recursiveTriggers of [0, 1]) {
			const raw = new Database(monthFile(here.directory));
			raw.pragma("foreign_keys = 0");
			raw.pragma(`recursive_triggers = ${recursiveTriggers}`);
			for (const sql of ATTEMPTS) expect(() => raw.exec(sql), sql).toThrow(REFUSED);
			raw.close();
		}
		journal.append(stampAt(2), "operator", [sold()], []);
		journal.close();
		expect(verifyJournal(here.directory).findings).toEqual([]);
		expect(open(here).head().seq).toBe(5);
	});

	it("refuse our own write when another program has appended, and nothing is lost", () => {
		const here = place();
		const journal = create(here);
		const raw = new Database(monthFile(here.directory));
		raw.exec(`INSERT INTO record VALUES (2, 'X', ${ZEROS}, x'00')`);
		raw.close();
		const head = journal.head();
		expect(() => journal.append(stampAt(1), "operator", [sold()], [])).toThrow("TILL-0606");
		expect(journal.head()).toEqual(head);
	});

	it("let no open connection wait for ever: a foreign lock is a fault, and goes by", () => {
		const here = place();
		const journal = create(here);
		const raw = new Database(monthFile(here.directory));
		raw.exec("BEGIN IMMEDIATE");
		expect(() => journal.append(stampAt(1), "operator", [sold()], [])).toThrow("TILL-0604");
		raw.exec("ROLLBACK");
		raw.close();
		expect(journal.append(stampAt(1), "operator", [sold()], []).records).toHaveLength(1);
	});
});
