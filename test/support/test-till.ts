import type { CatalogItem, CatalogLookup, CatalogVersion, Recall } from "../../src/catalog/core/item.ts";
import { batchKey } from "../../src/catalog/core/recall-list.ts";
import { codeKey } from "../../src/catalog/core/scan-code.ts";
import type { JournalCreated, JournalEvent } from "../../src/events/journal-event.ts";
import type { Stamp } from "../../src/events/stamp.ts";
import { norwegianRules } from "../../src/fiscal/no/rules.ts";
import { ZERO } from "../../src/money/amount.ts";
import type { TillParts } from "../../src/till/context.ts";
import type { InputBody } from "../../src/till/input.ts";
import type { Surroundings } from "../../src/till/readiness.ts";
import { type Replayed, replay } from "../../src/till/replay.ts";
import { type Outcome, Till } from "../../src/till/till.ts";
import { type MemoryDisk, MemoryJournal, memoryDisk } from "./memory-journal.ts";
import { JOURNAL_ID, SETTINGS, stampAt } from "./ticket-fixture.ts";

/** A catalog in memory: each version is put in force at a time, found by own number and by a code. */
export class MemoryCatalog implements CatalogLookup {
	readonly #versions: { readonly version: CatalogVersion; readonly fromUtcMs: number }[] = [];
	readonly #items = new Map<string, CatalogItem>();
	/** What is recalled. */
	recalls: readonly Recall[] = [];

	/** Puts a version in force from a moment on; `codes` are bar codes by item id. */
	put(
		version: string,
		items: readonly CatalogItem[],
		{ fromUtcMs = 0, codes = {} }: { fromUtcMs?: number; codes?: Readonly<Record<string, string>> } = {},
	): void {
		this.#versions.push({
			version: { version, sha256: version.length.toString().padStart(64, "a"), itemCount: items.length },
			fromUtcMs,
		});
		for (const item of items) {
			for (const code of [item.itemId, codes[item.itemId] ?? item.itemId]) {
				this.#items.set(`${version}/${codeKey(code)}`, item);
			}
		}
	}

	effective(utcMs: number): CatalogVersion | undefined {
		return this.#versions.findLast(({ fromUtcMs }) => fromUtcMs <= utcMs)?.version;
	}

	find(version: string, key: string): CatalogItem | undefined {
		return this.#items.get(`${version}/${key}`);
	}

	recall(key: string, batch: string | undefined): Recall | undefined {
		const read = batch === undefined ? undefined : batchKey(batch);
		return this.recalls.find((recall) => recall.key === key && (recall.batch ?? read) === read);
	}
}

/** The first record of a till that has sold nothing yet. */
export const created = (fields: Partial<JournalCreated> = {}): JournalCreated => ({
	type: "JournalCreated",
	journalId: JOURNAL_ID,
	store: SETTINGS.store,
	till: SETTINGS.till,
	currency: SETTINGS.currency,
	counters: { receipt: 123_455, return: 0, delivery: 0, training: 0, z: 0, ticket: 0 },
	grandTotals: { sales: ZERO, returns: ZERO },
	adoptedFrom: null,
	reason: "provisioned",
	...fields,
});

/** A world in which everything is well. */
const WELL: Surroundings = {
	devices: new Map(),
	stuckDrawers: new Set(),
	hasCatalog: true,
	isDiskLow: false,
	mirrorTrouble: "none",
	isBrokerConnected: true,
	isFeedInsecure: false,
	isRecovery: false,
	isLogoUnusable: false,
};

/** A till's loop on a journal in memory. Each input comes a second after the one before. */
export class TestTill {
	readonly disk: MemoryDisk;
	readonly catalog: MemoryCatalog;
	readonly #parts: Partial<TillParts>;
	journal: MemoryJournal;
	replayed: Replayed;
	till: Till;
	surroundings: Surroundings = WELL;
	seconds = 0;
	synchronised: boolean | undefined = true;

	constructor(parts: Partial<TillParts> = {}, first = created()) {
		this.disk = memoryDisk(first, stampAt());
		this.catalog = new MemoryCatalog();
		this.#parts = parts;
		this.journal = new MemoryJournal(this.disk);
		this.replayed = replay(this.journal);
		this.till = this.#made();
	}

	/** Takes an input; `at` in place of the next second. */
	take(body: InputBody, at?: Stamp): Outcome {
		this.seconds += 1;
		const stamp = at ?? stampAt(this.seconds);
		return this.till.take(
			{ at: stamp, clockSynchronised: this.synchronised, source: "operator", body },
			this.surroundings,
		);
	}

	/** Types a code. */
	type(code: string, quantityText: string | null = null): Outcome {
		return this.take({ type: "Typed", code, quantityText });
	}

	/** Takes a tender; without an amount, what is left. */
	tender(tenderType: string, amountText: string | null = null): Outcome {
		return this.take({ type: "Tendered", tenderType, amountText, currency: null });
	}

	/** Opens the day of a date, or of the proposed one. */
	openDay(businessDate: string | null = null): Outcome {
		return this.take({ type: "DayOpenRequested", businessDate });
	}

	closeDay(): Outcome {
		return this.take({ type: "DayCloseRequested" });
	}

	/** Ends without a word, as a power cut does, and starts again on the same disk. */
	restart(): Outcome {
		this.journal = new MemoryJournal(this.disk);
		this.replayed = replay(this.journal);
		this.till = this.#made();
		const { trouble } = this.replayed;
		const why = trouble === undefined ? undefined : `record ${trouble.seq}: ${trouble.why}`;
		return this.take({ type: "ServiceStarted", applicationVersion: "1.0.0", trouble: why });
	}

	/** Every event on the disk, or those of one type. */
	events(): JournalEvent[] {
		return this.journal.records({ fromSeq: 1, limit: Number.POSITIVE_INFINITY }).map(({ event }) => event);
	}

	#made(): Till {
		return new Till(
			{
				journal: this.journal,
				catalog: this.catalog,
				inStoreTemplates: [],
				rules: norwegianRules,
				settings: SETTINGS,
				operatorId: "1",
				cutOverHour: 4,
				...this.#parts,
			},
			this.replayed.state,
		);
	}
}

/** The codes of what was refused, "" for what was taken. */
export const refusalOf = (outcome: Outcome): string => outcome.refusal?.code ?? "";

/** The types of what was recorded. */
export const typesOf = (outcome: Outcome): string[] => outcome.events.map(({ type }) => type);
