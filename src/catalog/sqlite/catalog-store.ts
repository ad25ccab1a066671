import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import type Database from "better-sqlite3";
import { Fault } from "../../runtime/contract/fault.ts";
import type { CatalogItem, CatalogLookup, CatalogVersion, Recall } from "../core/item.ts";
import { CatalogLoad } from "./catalog-load.ts";
import { ITEM_COLUMNS, type ItemRow, itemOf } from "./item-row.ts";
import { RecallStore } from "./recall-store.ts";
import { mapForLookUps, openDatabase, storeFault, synced } from "./schema.ts";

/** Versions that were in force before the one that is now, kept so that a ticket begun under one is finished under it. */
const PAST_VERSIONS_KEPT = 3;

/** A version as the store holds it. */
export interface StoredVersion extends CatalogVersion {
	readonly effectiveFromUtcMs: number;
	readonly importedAtUtcMs: number;
}

/** A version of the store, with the number its items are filed under. */
interface NumberedVersion extends StoredVersion {
	readonly id: number;
}

const VERSION_COLUMNS =
	"id, name AS version, sha256, item_count AS itemCount, effective_from_utc_ms AS effectiveFromUtcMs, imported_at_utc_ms AS importedAtUtcMs";

/** Opens a catalog, making the file and its directory where they are missing. Throws a Fault TILL-0505 or 0506. */
export const openCatalog = (file: string): CatalogStore => {
	try {
		mkdirSync(dirname(file), { recursive: true });
	} catch (thrown) {
		throw storeFault(thrown, file);
	}
	return new CatalogStore(openDatabase(file));
};

/** The items of every version that is, was lately or will be in force. One a file, opened by the service alone. */
export class CatalogStore implements CatalogLookup {
	/** What must not be sold, whatever version is in force. */
	readonly recalls: RecallStore;
	readonly #database: Database.Database;
	readonly #find: Database.Statement<[number, string], ItemRow>;
	/** What stands in the table `version`, in the order of being in force: few rows, asked for with every scan. */
	#versions: readonly NumberedVersion[];
	#isLoading = false;

	constructor(database: Database.Database) {
		this.#database = database;
		this.recalls = new RecallStore(database);
		// A select inside a select, because SQLite prepares the same search written as a join anew for each key.
		this.#find = database.prepare(
			`SELECT ${ITEM_COLUMNS} FROM item WHERE id = (
				SELECT (version_id << 32) + line FROM code WHERE version_id = ? AND key = ?)`,
		);
		this.#versions = this.#numbered();
	}

	/** The newest version by its time that is in force at that moment; of two of the same time the one imported later. */
	effective(utcMs: number): StoredVersion | undefined {
		const found = this.#versions.findLast(({ effectiveFromUtcMs }) => effectiveFromUtcMs <= utcMs);
		return found === undefined ? undefined : withoutId(found);
	}

	/** The item a scan key belongs to; undefined when the version has none, or is not there any more. */
	find(version: string, key: string): CatalogItem | undefined {
		const held = this.#versions.find((candidate) => candidate.version === version);
		const row = held === undefined ? undefined : this.#find.get(held.id, key);
		return row === undefined ? undefined : itemOf(row);
	}

	recall(key: string, batch: string | undefined): Recall | undefined {
		return this.recalls.find(key, batch);
	}

	/** All versions in the order they are in force. */
	versions(): StoredVersion[] {
		return this.#versions.map(withoutId);
	}

	/**
	 * Begins to load a version that nobody sees yet. One at a time (TILL-0508); what an earlier load left behind when the
	 * service stopped is cleared on its way.
	 */
	load(): CatalogLoad {
		if (this.#isLoading) throw new Fault("TILL-0508", this.#database.name);
		this.#isLoading = true;
		mapForLookUps(this.#database, false);
		const versionIds = new Set(this.#versions.map(({ id }) => id));
		return new CatalogLoad(this.#database, versionIds, () => {
			this.#isLoading = false;
			if (this.#database.open) mapForLookUps(this.#database, true);
		});
	}

	/**
	 * Makes a loaded version visible, on disk when this returns, and forgets versions that are past, all but the last
	 * three; their items are cleared by the load. Throws TILL-0507 when another version has its name.
	 */
	publish(load: CatalogLoad, version: StoredVersion): void {
		if (this.versions().some((other) => other.version === version.version)) {
			throw new Fault("TILL-0507", version.version);
		}
		synced(this.#database, () => {
			this.#database
				.prepare("INSERT INTO version VALUES (?, ?, ?, ?, ?, ?)")
				.run(
					load.versionId,
					version.version,
					version.effectiveFromUtcMs,
					version.sha256,
					version.itemCount,
					version.importedAtUtcMs,
				);
			for (const id of this.#pastIds(version.importedAtUtcMs)) {
				this.#database.prepare("DELETE FROM version WHERE id = ?").run(id);
			}
		});
		this.#versions = this.#numbered();
		load.published(new Set(this.#versions.map(({ id }) => id)));
	}

	close(): void {
		this.#database.close();
	}

	/** Reads the table. */
	#numbered(): NumberedVersion[] {
		return this.#database
			.prepare<[], NumberedVersion>(`SELECT ${VERSION_COLUMNS} FROM version ORDER BY effective_from_utc_ms, id`)
			.all();
	}

	#pastIds(nowUtcMs: number): number[] {
		const begun = this.#numbered().filter(({ effectiveFromUtcMs }) => effectiveFromUtcMs <= nowUtcMs);
		return begun.slice(0, Math.max(0, begun.length - 1 - PAST_VERSIONS_KEPT)).map(({ id }) => id);
	}
}

const withoutId = ({ id: _id, ...version }: NumberedVersion): StoredVersion => version;
