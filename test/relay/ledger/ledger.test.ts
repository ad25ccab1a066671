import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openLedger } from "../../../src/relay/ledger/ledger.ts";
import { seededEntropy } from "../../support/manual-runtime.ts";
import { tempDir } from "../../support/temp-dir.ts";

const STEPS = ["CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT"];

describe("ledger", () => {
	it("keeps its identity over a restart, and another file gets another", () => {
		const directory = tempDir();
		const entropy = seededEntropy();
		const first = openLedger(join(directory, "a.sqlite"), entropy);
		const { ledgerId } = first;
		first.close();
		const again = openLedger(join(directory, "a.sqlite"), entropy);
		const other = openLedger(join(directory, "b.sqlite"), entropy);
		expect(again.ledgerId).toBe(ledgerId);
		expect(again.ledgerId).toMatch(/^[0-9a-f]{32}$/);
		expect(other.ledgerId).not.toBe(ledgerId);
		expect([again.term, other.term]).toEqual([1, 1]);
		again.close();
		other.close();
	});

	it("syncs every commit and guards its references", () => {
		const ledger = openLedger(join(tempDir(), "a.sqlite"), seededEntropy());
		const pragma = (name: string) => ledger.statement<Record<string, unknown>>(`PRAGMA ${name}`).get()?.[name];
		expect(pragma("journal_mode")).toBe("wal");
		expect(pragma("synchronous")).toBe(2);
		expect(pragma("foreign_keys")).toBe(1);
		ledger.close();
	});

	it("refuses a medium on which the write-ahead log cannot be had", () => {
		expect(() => openLedger(":memory:", seededEntropy())).toThrow(/RELAY-1001.*journal_mode is memory/);
	});

	it("says which file cannot be opened", () => {
		expect(() => openLedger(join(tempDir(), "missing", "a.sqlite"), seededEntropy())).toThrow(/RELAY-1003.*missing/);
	});

	it("applies each step of a component once, and later ones after it", () => {
		const path = join(tempDir(), "a.sqlite");
		const first = openLedger(path, seededEntropy());
		first.migrate("note", STEPS);
		first.statement("INSERT INTO note (text) VALUES (?)").run("kept");
		first.close();
		const again = openLedger(path, seededEntropy());
		again.migrate("note", STEPS);
		again.migrate("note", [...STEPS, "ALTER TABLE note ADD COLUMN author TEXT"]);
		expect(again.statement("SELECT text, author FROM note").all()).toEqual([{ text: "kept", author: null }]);
		again.close();
	});

	it("refuses a step that was changed after it was applied, and a ledger that is ahead of the program", () => {
		const ledger = openLedger(join(tempDir(), "a.sqlite"), seededEntropy());
		ledger.migrate("note", STEPS);
		expect(() => ledger.migrate("note", ["CREATE TABLE other (id INTEGER) STRICT"])).toThrow(/RELAY-1002.*step 1/);
		expect(() => ledger.migrate("note", [])).toThrow(/RELAY-1002.*at step 1, this program knows 0/);
		ledger.close();
	});

	it("undoes a migration that fails half way", () => {
		const ledger = openLedger(join(tempDir(), "a.sqlite"), seededEntropy());
		expect(() => ledger.migrate("note", [...STEPS, "CREATE TABLE note (id INTEGER) STRICT"])).toThrow(/note/);
		ledger.migrate("note", STEPS);
		expect(ledger.statement("SELECT count(*) AS n FROM note").get()).toEqual({ n: 0 });
		ledger.close();
	});

	it("undoes everything when the work of a transaction throws, nested calls included", () => {
		const ledger = openLedger(join(tempDir(), "a.sqlite"), seededEntropy());
		ledger.migrate("note", STEPS);
		const insert = ledger.statement("INSERT INTO note (text) VALUES (?)");
		expect(() =>
			ledger.transaction(() => {
				ledger.transaction(() => insert.run("inner"));
				throw new Error("stop");
			}),
		).toThrow("stop");
		expect(ledger.statement("SELECT count(*) AS n FROM note").get()).toEqual({ n: 0 });
		ledger.close();
	});

	it("starts a copy with a term above its own and above what the tills were told", () => {
		const directory = tempDir();
		const original = openLedger(join(directory, "a.sqlite"), seededEntropy());
		original.close();
		copyFileSync(join(directory, "a.sqlite"), join(directory, "copy.sqlite"));
		const copy = openLedger(join(directory, "copy.sqlite"), seededEntropy());
		expect(copy.ledgerId).toBe(original.ledgerId);
		expect(copy.newTerm()).toBe(2);
		expect(copy.newTerm(7)).toBe(8);
		copy.close();
		const again = openLedger(join(directory, "copy.sqlite"), seededEntropy());
		expect(again.term).toBe(8);
		again.close();
	});
});
