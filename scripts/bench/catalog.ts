import { closeSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { checkDigit } from "../../src/catalog/core/gtin.ts";
import { gtinKey } from "../../src/catalog/core/scan-code.ts";
import { type CatalogStore, openCatalog } from "../../src/catalog/sqlite/catalog-store.ts";
import { importCatalog } from "../../src/catalog/sqlite/import-csv.ts";
import { type Finding, judged } from "./budget.ts";
import { median, spreadOf } from "./figures.ts";

const ITEMS_FEW = 1_000;
const ITEMS_MANY = 1_000_000;

const ROUNDS = 9;

/** Look-ups of each side in a round, and after how many the sides change. */
const LOOK_UPS = 20_000;
const TURN = 100;

/** Lines that are handed to the system at once. */
const CHUNK_LINES = 10_000;

/** A step through the items that meets them in no order and each before any twice: it has no factor in common with their number. */
const STRIDE = 611_953;

/** The GTIN of an item: twelve digits and the check digit. */
const gtinOf = (item: number): string => {
	const digits = `70380${item.toString().padStart(7, "0")}`;
	return `${digits}${checkDigit(digits)}`;
};

const writeItems = (file: string, itemCount: number): void => {
	const handle = openSync(file, "w");
	writeSync(handle, "item_id,description,item_group,price,vat_code,unit,unit_text,codes\n");
	for (let first = 0; first < itemCount; first += CHUNK_LINES) {
		const lines = Array.from({ length: Math.min(CHUNK_LINES, itemCount - first) }, (_, index) => {
			const item = first + index;
			return `I${item},Item number ${item},goods,${item % 1000}.50,3,Pcs,Pce,${gtinOf(item)}\n`;
		});
		writeSync(handle, lines.join(""));
	}
	closeSync(handle);
};

interface Filled {
	readonly store: CatalogStore;
	readonly version: string;
	readonly itemCount: number;
	readonly importMs: number;
}

const filled = async (directory: string, itemCount: number): Promise<Filled> => {
	const file = join(directory, `items-${itemCount}.csv`);
	writeItems(file, itemCount);
	const store = openCatalog(join(directory, `items-${itemCount}.sqlite`));
	const begunMs = performance.now();
	const { version } = await importCatalog(store, file, {
		effectiveFromUtcMs: 0,
		importedAtUtcMs: 0,
		currency: "NOK",
		hasRate: () => true,
		onProgress: () => undefined,
	});
	return { store, version, itemCount, importMs: performance.now() - begunMs };
};

/** A look-up among many items and among few, in turns. */
export const measureCatalog = async (directory: string, progress: (text: string) => void): Promise<Finding[]> => {
	progress(`catalog: importing ${ITEMS_MANY} items`);
	const few = await filled(directory, ITEMS_FEW);
	const many = await filled(directory, ITEMS_MANY);
	let next = 0;
	const lookUpMs = ({ store, version, itemCount }: Filled): number => {
		const keys = Array.from({ length: TURN }, () => gtinKey(gtinOf((next++ * STRIDE) % itemCount)));
		const begunMs = performance.now();
		for (const key of keys) if (store.find(version, key) === undefined) throw new Error(`${key} was not found`);
		return performance.now() - begunMs;
	};
	const rounds: { fewMs: number; manyMs: number }[] = [];
	while (rounds.length < ROUNDS) {
		const round = { fewMs: 0, manyMs: 0 };
		for (let count = 0; count < LOOK_UPS; count += TURN) {
			round.fewMs += lookUpMs(few);
			round.manyMs += lookUpMs(many);
		}
		rounds.push(round);
		progress(`catalog: round ${rounds.length} of ${ROUNDS}`);
	}
	for (const { store } of [few, many]) store.close();
	const each = (ms: number): number => (ms * 1_000) / LOOK_UPS;
	return [
		judged({
			name: "look-up in a large catalog",
			ratioOf: `time of a look-up among ${ITEMS_MANY} items / among ${ITEMS_FEW}`,
			ratio: spreadOf(rounds.map(({ fewMs, manyMs }) => manyMs / fewMs)),
			budget: { is: "at most", ratio: 1.2 },
			figures: {
				fewMicroseconds: median(rounds.map((round) => each(round.fewMs))),
				manyMicroseconds: median(rounds.map((round) => each(round.manyMs))),
				importSeconds: many.importMs / 1_000,
			},
		}),
	];
};
