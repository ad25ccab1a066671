import Database from "better-sqlite3";
import { Fault } from "../../runtime/contract/fault.ts";
import { JOURNAL_0001 } from "./migrations/0001-journal.ts";

/** Forward-only: the text at index n makes version n + 1. Never changed once released; old journals stay readable for ever. */
const MIGRATIONS: readonly string[] = [JOURNAL_0001];

/** The version a file must have before this program writes to it. */
const SCHEMA_VERSION = MIGRATIONS.length;

/** The version of a segment file. Throws TILL-0603 when it is newer than this program. */
export const schemaVersionOf = (database: Database.Database): number => {
	const version = Number(database.pragma("user_version", { simple: true }));
	if (version > SCHEMA_VERSION) {
		throw new Fault("TILL-0603", `${database.name} has version ${version}; this program knows ${SCHEMA_VERSION}`);
	}
	return version;
};

/** Brings an open segment forward to {@link SCHEMA_VERSION}, each step in one transaction with its number. */
export const migrate = (database: Database.Database): void => {
	for (let version = schemaVersionOf(database); version < SCHEMA_VERSION; version += 1) {
		const step = database.transaction(() => {
			database.exec(MIGRATIONS[version] ?? "");
			database.pragma(`user_version = ${version + 1}`);
		});
		step.immediate();
	}
};

/** Tables, indexes and triggers of a file as text, for comparison. */
const schemaTextOf = (database: Database.Database): string =>
	database
		.prepare<[], string>(
			"SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_schema ORDER BY type, name",
		)
		.pluck()
		.all()
		.join("\n");

/** Whether a file has exactly the tables and triggers of its version: a dropped trigger would let rows be changed. */
export const hasItsSchema = (database: Database.Database): boolean => {
	const expected = new Database(":memory:");
	try {
		for (const step of MIGRATIONS.slice(0, schemaVersionOf(database))) expected.exec(step);
		return schemaTextOf(expected) === schemaTextOf(database);
	} finally {
		expected.close();
	}
};
