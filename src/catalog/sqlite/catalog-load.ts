import { createHash } from "node:crypto";
import type Database from "better-sqlite3";
import type { CatalogEntry } from "../core/catalog-row.ts";
import { entryText } from "../core/entry-text.ts";
import { ITEM_COLUMNS, type ItemRow, itemOf } from "./item-row.ts";

/** Rows read or deleted in one go: a few milliseconds on a small box, between which the till sells. */
const ROWS_AT_ONCE = 1_000;

/** What stands in the way of an entry. */
export interface Clash {
	/** The item's own number, or one of its keys. */
	readonly with: "item" | "key";
	readonly key: string;
	/** The line that had it first. */
	readonly line: number;
}

/**
 * One version on its way into the store, which nobody sees before it is published. Every method does one small step and
 * returns, so that the caller can let the till sell in between.
 */
export class CatalogLoad {
	readonly versionId: number;
	readonly #database: Database.Database;
	readonly #onEnd: () => void;
	readonly #insertItem: Database.Statement;
	readonly #insertCode: Database.Statement;
	readonly #lineOfItem: Database.Statement<[number, string], { line: number }>;
	readonly #lineOfKey: Database.Statement<[number, string], { line: number }>;
	#keep: ReadonlySet<number>;
	#itemCount = 0;

	constructor(database: Database.Database, versionIds: ReadonlySet<number>, onEnd: () => void) {
		this.#database = database;
		this.#keep = versionIds;
		this.#onEnd = onEnd;
		const highest =
			database.prepare<[], { id: number | null }>("SELECT max(version_id) AS id FROM item").get()?.id ?? 0;
		this.versionId = Math.max(highest, ...versionIds) + 1;
		this.#insertItem = database.prepare(
			"INSERT INTO item VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
		);
		this.#insertCode = database.prepare("INSERT INTO code VALUES (?, ?, ?) ON CONFLICT DO NOTHING");
		this.#lineOfItem = database.prepare("SELECT line FROM item WHERE version_id = ? AND item_id = ?");
		this.#lineOfKey = database.prepare(
			"SELECT item.line FROM code JOIN item USING (version_id, item_id) WHERE code.version_id = ? AND code.key = ?",
		);
	}

	/** How many items were taken. */
	get itemCount(): number {
		return this.#itemCount;
	}

	/** Takes some entries. Answers what each clashes with; a clashing one is not taken whole, so the load must be abandoned. */
	add(entries: readonly CatalogEntry[]): { readonly entry: CatalogEntry; readonly clash: Clash }[] {
		return this.#database.transaction(() =>
			entries.flatMap((entry) => this.#addOne(entry).map((clash) => ({ entry, clash }))),
		)();
	}

	#addOne({ item, keys, line }: CatalogEntry): Clash[] {
		const written = this.#insertItem.run(
			this.versionId,
			item.itemId,
			item.description,
			item.itemGroup,
			item.unit,
			item.unitText,
			item.unitDecimals,
			item.price.amountMinor,
			item.price.per,
			item.includesVat ? 1 : 0,
			item.currency,
			item.vatCode,
			JSON.stringify(keys),
			line,
		);
		if (written.changes === 0)
			return [{ with: "item", key: item.itemId, line: this.#line(this.#lineOfItem, item.itemId) }];
		this.#itemCount += 1;
		return keys
			.filter((key) => this.#insertCode.run(this.versionId, key, item.itemId).changes === 0)
			.map((key) => ({ with: "key", key, line: this.#line(this.#lineOfKey, key) }));
	}

	#line(statement: Database.Statement<[number, string], { line: number }>, key: string): number {
		return statement.get(this.versionId, key)?.line ?? 0;
	}

	/** SHA-256 over the items in the order of their numbers, computed as its values are asked for; the last one is the digest. */
	*digest(): Generator<undefined, string> {
		const hash = createHash("sha256");
		const page = this.#database.prepare<[number, string, number], ItemRow & { keys: string }>(
			`SELECT ${ITEM_COLUMNS}, keys FROM item WHERE version_id = ? AND item_id > ? ORDER BY item_id LIMIT ?`,
		);
		let after = "";
		for (;;) {
			const rows = page.all(this.versionId, after, ROWS_AT_ONCE);
			for (const row of rows) hash.update(entryText(itemOf(row), JSON.parse(row.keys)));
			const last = rows.at(-1);
			if (last === undefined) return hash.digest("hex");
			after = last.item_id;
			yield;
		}
	}

	/** The store says that the version is visible now, and which versions there are. */
	published(versionIds: ReadonlySet<number>): void {
		this.#keep = versionIds;
	}

	/** Clears what belongs to no version, this load's own rows too unless it was published; asked for step by step. */
	*clear(): Generator<undefined, void> {
		const orphans = this.#orphanIds();
		for (const table of ["code", "item"] as const) {
			const key = table === "code" ? "key" : "item_id";
			const erase = this.#database.prepare<[number, number, number]>(
				`DELETE FROM ${table} WHERE version_id = ? AND ${key} IN (SELECT ${key} FROM ${table} WHERE version_id = ? ORDER BY ${key} LIMIT ?)`,
			);
			for (const id of orphans) {
				while (erase.run(id, id, ROWS_AT_ONCE).changes > 0) yield;
			}
		}
	}

	/** Ends the load; another one may begin. */
	end(): void {
		this.#onEnd();
	}

	/** Numbers that rows are filed under without a version, found by jumping from one to the next. */
	#orphanIds(): number[] {
		const next = this.#database.prepare<{ after: number }, { id: number | null }>(
			"SELECT min(id) AS id FROM (SELECT min(version_id) AS id FROM item WHERE version_id > :after UNION ALL SELECT min(version_id) FROM code WHERE version_id > :after)",
		);
		const ids: number[] = [];
		const following = (after: number): number | undefined => next.get({ after })?.id ?? undefined;
		for (let id = following(0); id !== undefined; id = following(id)) {
			if (!this.#keep.has(id)) ids.push(id);
		}
		return ids;
	}
}
