import type Database from "better-sqlite3";
import type { Recall } from "../core/item.ts";
import { batchKey } from "../core/recall-list.ts";
import { synced } from "./schema.ts";

/** A recall as SQLite holds it: `batch` is "" for all of it. */
interface RecallRow {
	readonly key: string;
	readonly batch: string;
	readonly reason: string;
}

/** The recalls in force: a table that is kept in memory too, because it is small and asked with every scan. */
export class RecallStore {
	readonly #database: Database.Database;
	/** Recalls by key. */
	#recalls: ReadonlyMap<string, readonly Recall[]>;

	constructor(database: Database.Database) {
		this.#database = database;
		this.#recalls = this.#read();
	}

	/** How many there are. */
	get count(): number {
		return [...this.#recalls.values()].reduce((count, recalls) => count + recalls.length, 0);
	}

	/** The recall of a key that concerns a batch, or all of it. */
	find(key: string, batch: string | undefined): Recall | undefined {
		const read = batch === undefined ? undefined : batchKey(batch);
		return this.#recalls.get(key)?.find((recall) => recall.batch === undefined || recall.batch === read);
	}

	/** Puts a list in the place of the one before, in force and on disk when this returns. */
	replace(recalls: readonly Recall[]): void {
		synced(this.#database, () => {
			this.#database.prepare("DELETE FROM recall").run();
			const insert = this.#database.prepare("INSERT INTO recall VALUES (?, ?, ?)");
			for (const { key, batch, reason } of recalls) insert.run(key, batch ?? "", reason);
		});
		this.#recalls = this.#read();
	}

	#read(): ReadonlyMap<string, readonly Recall[]> {
		const rows = this.#database
			.prepare<[], RecallRow>("SELECT key, batch, reason FROM recall ORDER BY key, batch")
			.all();
		const recalls = new Map<string, Recall[]>();
		for (const { key, batch, reason } of rows) {
			const recall: Recall = { key, batch: batch === "" ? undefined : batch, reason };
			const others = recalls.get(key);
			if (others === undefined) recalls.set(key, [recall]);
			else others.push(recall);
		}
		return recalls;
	}
}
