import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, it, onTestFinished } from "vitest";
import { applySettings, openForReading, openForWriting } from "../../../src/journal/sqlite/connection.ts";
import { tempDir } from "../support/temp-dir.ts";

const settingsOf = (database: Database.Database) =>
	Object.fromEntries(
		["journal_mode", "synchronous", "foreign_keys", "recursive_triggers", "trusted_schema", "query_only"].map(
			(name) => [name, database.pragma(name, { simple: true })],
		),
	);

describe("a connection", () => {
	it("has the settings the journal rests on, also where another program left others", () => {
		const file = join(tempDir(), "a.sqlite");
		const careless = new Database(file);
		careless.pragma("journal_mode = delete");
		careless.exec("CREATE TABLE t (a)");
		careless.close();
		const database = openForWriting(file);
		onTestFinished(() => {
			database.close();
		});
		expect(settingsOf(database)).toEqual({
			journal_mode: "wal",
			synchronous: 2,
			foreign_keys: 1,
			recursive_triggers: 1,
			trusted_schema: 0,
			query_only: 0,
		});
	});

	it("writes nothing when it was opened for reading", () => {
		const file = join(tempDir(), "a.sqlite");
		const writer = openForWriting(file);
		writer.exec("CREATE TABLE t (a)");
		const reader = openForReading(file);
		expect(settingsOf(reader)).toMatchObject({ foreign_keys: 1, trusted_schema: 0, query_only: 1 });
		expect(() => reader.exec("INSERT INTO t VALUES (1)")).toThrow(/readonly/);
		reader.close();
		writer.close();
	});

	it("is refused where a setting does not hold", () => {
		const memory = new Database(":memory:"); // cannot be in WAL mode
		expect(() => applySettings(memory, 2)).toThrow(/TILL-0602 journal_mode is memory, not wal/);
		memory.close();

		const file = join(tempDir(), "a.sqlite");
		const busy = new Database(file);
		busy.exec("CREATE TABLE t (a)");
		busy.exec("BEGIN"); // synchronous cannot be changed within a transaction
		expect(() => applySettings(busy, 2)).toThrow();
		busy.close();
	});

	it("says what is no database", () => {
		const file = join(tempDir(), "a.sqlite");
		const writer = new Database(file);
		writer.exec("CREATE TABLE t (a)");
		writer.close();
		expect(() => openForReading(`${file}-missing`)).toThrow("TILL-0604");
		expect(() => openForReading(import.meta.filename)).toThrow("TILL-0620");
	});
});
