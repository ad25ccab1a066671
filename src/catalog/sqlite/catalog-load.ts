import { createHash } from "node:crypto";
import type Database from "better-sqlite3";
import type { CatalogEntry } from "../core/catalog-row.ts";
import { entryText } from "../core/entry-text.ts";
import { ownKey } from "../core/scan-code.ts";
import { ITEM_COLUMNS, type ItemRow, itemOf } from "./item-row.ts";
import { LINES_OF_VERSION } from "./schema.ts";

/** Rows read or deleted in one go: a few milliseconds on a small box, between which the till sells. */
const ROWS_AT_ONCE = 1_000;

/** A key that another entry has already, and the line of that entry. */
export interface Clash {
	readonly key: string;
	readonly line: number;
}

/** What a digest needs of an item beside its own columns. */
interface DigestColumns {
	readonly key: string;
	readonly other_keys: string;
}

const allKeys = ({ key, other_keys: others }: DigestColumns): string[] =>
	[key, ...others.split(" ").filter((other) => other !== "")].sort();

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
	readonly #lineOfKey: Database.Statement<[number, string], { line: number }>;
	#keep: ReadonlySet<number>;
	#itemCount = 0;

	constructor(database: Database.Database, versionIds: ReadonlySet<number>, onEnd: () => void) {
		this.#database = database;
		this.#keep = versionIds;
		this.#onEnd = onEnd;
		const highest = database.prepare<[], { id: number | null }>("SELECT max(id) >> 32 AS id FROM item").get();
		this.versionId = Math.max(highest?.id ?? 0, ...versionIds) + 1;
		this.#insertItem = database.prepare("INSERT INTO item VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
		this.#insertCode = database.prepare("INSERT INTO code VALUES (?, ?, ?) ON CONFLICT DO NOTHING");
		this.#lineOfKey = database.prepare("SELECT line FROM code WHERE version_id = ? AND key = ?");
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
		this.#insertItem.run(
			this.versionId * LINES_OF_VERSION + line,
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
			keys.filter((key) => key !== ownKey(item.itemId)).join(" "),
		);
		this.#itemCount += 1;
		return keys
			.filter((key) => this.#insertCode.run(this.versionId, key, line).changes === 0)
			.map((key) => ({ key, line: this.#lineOfKey.get(this.versionId, key)?.line ?? 0 }));
	}

	/** SHA-256 over the items in the order of their own numbers' keys; computed page by page, the last value is the digest. */
	*digest(): Generator<undefined, string> {
		const hash = createHash("sha256");
		const page = this.#database.prepare<[number, string, number], ItemRow & DigestColumns>(
			`SELECT code.key, item.other_keys, ${ITEM_COLUMNS} FROM code
			CROSS JOIN item ON item.id = (code.version_id << 32) + code.line
			WHERE code.version_id = ? AND code.key > ? ORDER BY code.key LIMIT ?`,
		);
		let after = "";
		for (;;) {
			const rows = page.all(this.versionId, after, ROWS_AT_ONCE);
			const items = rows.filter(({ key, item_id }) => key === ownKey(item_id));
			for (const row of items) hash.update(entryText(itemOf(row), allKeys(row)));
			const last = rows.at(-1);
			if (last === undefined) return hash.digest("hex");
			after = last.key;
			yield;
		}
	}

	/** The store says that the version is visible now, and which versions there are. */
	published(versionIds: ReadonlySet<number>): void {
		this.#keep = versionIds;
	}

	/** Clears what belongs to no version, this load's own rows too unless it was published; asked for step by step. */
	*clear(): Generator<undefined, void> {
		const codes = this.#database.prepare<[number, number, number]>(
			"DELETE FROM code WHERE version_id = ? AND key IN (SELECT key FROM code WHERE version_id = ? ORDER BY key LIMIT ?)",
		);
		const items = this.#database.prepare<[number, number, number]>(
			"DELETE FROM item WHERE id IN (SELECT id FROM item WHERE id BETWEEN ? AND ? ORDER BY id LIMIT ?)",
		);
		for (const id of this.#orphanIds()) {
			while (codes.run(id, id, ROWS_AT_ONCE).changes > 0) yield;
			const first = id * LINES_OF_VERSION;
			while (items.run(first, first + LINES_OF_VERSION - 1, ROWS_AT_ONCE).changes > 0) yield;
		}
	}

	/** Ends the load; another one may begin. */
	end(): void {
		this.#onEnd();
	}

	/** Version ids that items are filed under without a version, found by jumping from one to the next. */
	#orphanIds(): number[] {
		const next = this.#database.prepare<[number], { id: number | null }>(
			"SELECT min(id) >> 32 AS id FROM item WHERE id >= ?",
		);
		const following = (id: number): number | undefined => next.get(id * LINES_OF_VERSION)?.id ?? undefined;
		const ids: number[] = [];
		for (let id = following(0); id !== undefined; id = following(id + 1)) {
			if (!this.#keep.has(id)) ids.push(id);
		}
		return ids;
	}
}
