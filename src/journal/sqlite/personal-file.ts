import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type Database from "better-sqlite3";
import type { Entropy } from "../../runtime/contract/clock.ts";
import { Fault } from "../../runtime/contract/fault.ts";
import { emptyLog, fileFault, openForWriting } from "./connection.ts";

const SCHEMA = `
CREATE TABLE IF NOT EXISTS person (
	person_id TEXT PRIMARY KEY,
	salt BLOB NOT NULL,
	text TEXT NOT NULL
) STRICT, WITHOUT ROWID;`;

const PERSONAL_FILE = "personal.sqlite";
const PERSON_ID_BYTES = 16;
const SALT_BYTES = 32;

/** The personal file of a journal directory: one for all its journals, because an adopted one's people stay known. */
export const personalFileIn = (directory: string): string => join(directory, PERSONAL_FILE);

/** The names of that file and of its log, as far as they are there. */
export const personalFiles = (directory: string): string[] =>
	[PERSONAL_FILE, `${PERSONAL_FILE}-wal`].filter((name) => existsSync(join(directory, name)));

/** Name, address and the like of one person, by field. */
export type PersonData = Readonly<Record<string, string>>;

/** What of a person may stand in a chained record: it says nothing without the side file. */
export interface PersonMark {
	/** Random. */
	readonly personId: string;
	/** SHA-256 of a random salt and the data, hexadecimal. */
	readonly saltedHash: string;
}

interface PersonRow {
	readonly salt: Buffer;
	readonly text: string;
}

/**
 * Personal data beside the journal, in a file of its own from which it can be erased: chained records hold marks only, so
 * the chain survives an erasure (DESIGN section 6). Without the salt, which is erased too, a mark cannot be guessed back.
 */
export class PersonalFile {
	readonly #database: Database.Database;
	readonly #entropy: Entropy;

	/** Throws a Fault when the file cannot be opened. */
	constructor(file: string, entropy: Entropy) {
		this.#entropy = entropy;
		this.#database = openForWriting(file);
		try {
			// Erased bytes are overwritten, not only released.
			this.#database.pragma("secure_delete = 1");
			this.#database.exec(SCHEMA);
		} catch (error) {
			this.#database.close();
			throw fileFault(error, file);
		}
	}

	/** Stores a person's data durably. Throws TILL-0604. */
	putPerson(data: PersonData): PersonMark {
		const personId = Buffer.from(this.#entropy.bytes(PERSON_ID_BYTES)).toString("hex");
		const row: PersonRow = { salt: Buffer.from(this.#entropy.bytes(SALT_BYTES)), text: JSON.stringify(data) };
		this.#guarded(() =>
			this.#database
				.prepare("INSERT INTO person (person_id, salt, text) VALUES (?, ?, ?)")
				.run(personId, row.salt, row.text),
		);
		return { personId, saltedHash: saltedHashOf(row) };
	}

	/**
	 * A person's data; undefined when it was erased. Throws TILL-0618 when it is not what `saltedHash`, from a chained
	 * record, was made of.
	 */
	person(personId: string, saltedHash?: string): PersonData | undefined {
		const row = this.#guarded(() =>
			this.#database.prepare<[string], PersonRow>("SELECT salt, text FROM person WHERE person_id = ?").get(personId),
		);
		if (row === undefined) return undefined;
		if (saltedHash !== undefined && saltedHashOf(row) !== saltedHash) {
			throw new Fault("TILL-0618", `person ${personId}`);
		}
		return JSON.parse(row.text);
	}

	/** Erases a person's data for good, from the log too. False when there is none. Throws TILL-0604. */
	erasePerson(personId: string): boolean {
		return this.#guarded(() => {
			const { changes } = this.#database.prepare("DELETE FROM person WHERE person_id = ?").run(personId);
			emptyLog(this.#database);
			return changes > 0;
		});
	}

	close(): void {
		this.#database.close();
	}

	#guarded<T>(act: () => T): T {
		try {
			return act();
		} catch (error) {
			throw fileFault(error, this.#database.name);
		}
	}
}

const saltedHashOf = (row: PersonRow): string =>
	createHash("sha256").update(row.salt).update(row.text, "utf8").digest("hex");
