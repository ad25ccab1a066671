import { hash } from "node:crypto";
import { chmodSync } from "node:fs";
import Database from "better-sqlite3";

/** What somebody does to a journal file with another program: SQLite's own settings, no promise kept. */
export const attack = (file: string, act: (database: Database.Database) => void): void => {
	chmodSync(file, 0o644);
	const database = new Database(file);
	try {
		database.pragma("foreign_keys = 0");
		database.pragma("recursive_triggers = 0");
		act(database);
	} finally {
		database.close();
	}
};

/** Drops every trigger. */
export const dropTriggers = (database: Database.Database): void => {
	const names = database.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck().all();
	for (const name of names) database.exec(`DROP TRIGGER ${name}`);
};

/** Drops every trigger for the time of `act` and makes them again, so that the tables look untouched. */
export const pastTriggers = (database: Database.Database, act: () => void): void => {
	const made = database.prepare<[], string>("SELECT sql FROM sqlite_schema WHERE type = 'trigger'").pluck().all();
	dropTriggers(database);
	act();
	for (const sql of made) database.exec(sql);
};

interface StoredRow {
	readonly seq: number;
	readonly bytes: Buffer;
}

/** Changes the text of a record and re-chains everything after it, as somebody who knows the format would. */
export const rewriteRecords = (
	database: Database.Database,
	fromSeq: number,
	change: (text: string) => string,
): void => {
	const rows = database
		.prepare<[number], StoredRow>("SELECT seq, bytes FROM record WHERE seq >= ? ORDER BY seq")
		.all(fromSeq);
	const update = database.prepare("UPDATE record SET bytes = ?, sha256 = ? WHERE seq = ?");
	let prev: string | undefined;
	for (const { seq, bytes } of rows) {
		let text = bytes.toString("utf8");
		if (prev === undefined) text = change(text);
		else text = text.replace(/"prev":"[0-9a-f]{64}"/, `"prev":"${prev}"`);
		const changed = Buffer.from(text, "utf8");
		prev = hash("sha256", changed, "hex");
		update.run(changed, Buffer.from(prev, "hex"), seq);
	}
};
