import { open } from "node:fs/promises";
import { setImmediate } from "node:timers/promises";
import type { CurrencyCode } from "../../money/currency.ts";
import { Fault, messageOf } from "../../runtime/contract/fault.ts";
import type { CatalogLoad } from "./catalog-load.ts";
import type { CatalogStore, StoredVersion } from "./catalog-store.ts";
import { FileReader, type FileTotals } from "./file-reader.ts";
import { storeFault } from "./schema.ts";

/** The largest file that is read: a million items with long texts stay far below. */
const CATALOG_BYTES_MAX = 512 * 1024 * 1024;

/** The most items of a version. */
const CATALOG_ITEMS_MAX = 2_000_000;

/** Bytes read at a time: what they hold is checked and written in a few milliseconds, then the till may sell. */
const CHUNK_BYTES = 16 * 1024;

/** Progress is told once in so many per cent. */
const PROGRESS_STEP_PERCENT = 5;

/** What an import is told beside the file. */
export interface ImportRequest {
	/** Name of the version; left out: made of its time and digest. */
	readonly version?: string;
	/** From when on it is in force. */
	readonly effectiveFromUtcMs: number;
	/** Now. */
	readonly importedAtUtcMs: number;
	/** The till's currency: that of items which name none. */
	readonly currency: CurrencyCode;
	/** Whether a SAF-T tax code has a rate. */
	readonly hasRate: (vatCode: string) => boolean;
	readonly onProgress: (text: string) => void;
}

/** What an import came to: a version that is new, or the one that would be in force at that time and holds the same. */
export interface ImportAnswer extends StoredVersion {
	readonly isNew: boolean;
}

/**
 * Imports a catalog file (README: its columns) as a new version: all of it or nothing. Runs beside the selling loop in
 * steps of a few milliseconds. Faults: TILL-0501 with every problem (the first {@link PROBLEMS_MAX} are listed), 0502,
 * 0503, 0504, 0505, 0507, 0508.
 */
export const importCatalog = async (
	store: CatalogStore,
	file: string,
	request: ImportRequest,
): Promise<ImportAnswer> => {
	try {
		const load = store.load();
		try {
			return await importWith(store, load, file, request);
		} finally {
			try {
				await slowly(load.clear());
			} finally {
				load.end();
			}
		}
	} catch (thrown) {
		throw storeFault(thrown, file);
	}
};

const importWith = async (
	store: CatalogStore,
	load: CatalogLoad,
	file: string,
	request: ImportRequest,
): Promise<ImportAnswer> => {
	refuseIfWrong(file, await readFile(load, file, request));
	const sha256 = await slowly(load.digest());
	const same = [store.effective(request.effectiveFromUtcMs), named(store, request.version)].find(
		(version) => version?.sha256 === sha256,
	);
	if (same !== undefined) return { ...same, isNew: false };
	const version: StoredVersion = {
		version: request.version ?? freeName(store, request.effectiveFromUtcMs, sha256),
		sha256,
		itemCount: load.itemCount,
		effectiveFromUtcMs: request.effectiveFromUtcMs,
		importedAtUtcMs: request.importedAtUtcMs,
	};
	store.publish(load, version);
	return { ...version, isNew: true };
};

const named = (store: CatalogStore, name: string | undefined): StoredVersion | undefined =>
	store.versions().find(({ version }) => version === name);

/** A name that says when and what: "20261123T120000Z-1f3a5c7e". */
const freeName = (store: CatalogStore, effectiveFromUtcMs: number, sha256: string): string => {
	const time = new Date(effectiveFromUtcMs).toISOString().replace(/[-:]|\.[0-9]+/g, "");
	const base = `${time}-${sha256.slice(0, 8)}`;
	let name = base;
	for (let count = 2; named(store, name) !== undefined; count += 1) name = `${base}-${count}`;
	return name;
};

const refuseIfWrong = (file: string, { problems, problemCount }: FileTotals): void => {
	if (problemCount === 0) return;
	const unlisted = problemCount - problems.length;
	const listed = unlisted === 0 ? problems : [...problems, `and ${unlisted} more`];
	const rest = problemCount === 1 ? "" : ` (and ${problemCount - 1} more)`;
	throw new Fault("TILL-0501", `${file}: ${problems[0]}${rest}`, { problems: listed });
};

/** Does a long work step by step, letting everything else run in between; answers what it came to. */
const slowly = async <T>(steps: Generator<undefined, T>): Promise<T> => {
	for (;;) {
		const step = steps.next();
		if (step.done === true) return step.value;
		await setImmediate();
	}
};

const readFile = async (load: CatalogLoad, file: string, request: ImportRequest): Promise<FileTotals> => {
	const reader = new FileReader(load, request, CATALOG_ITEMS_MAX);
	const handle = await open(file, "r").catch((thrown: unknown) => {
		throw new Fault("TILL-0504", `${file}: ${messageOf(thrown)}`, { cause: thrown });
	});
	try {
		const stat = await handle.stat();
		if (!stat.isFile()) throw new Fault("TILL-0504", `${file} is no file`);
		if (stat.size > CATALOG_BYTES_MAX) {
			throw new Fault("TILL-0503", `${file} has ${stat.size} bytes; ${CATALOG_BYTES_MAX} is the most`);
		}
		const buffer = new Uint8Array(CHUNK_BYTES);
		let byteCount = 0;
		let told = 0;
		for (;;) {
			const { bytesRead } = await handle.read(buffer, 0, CHUNK_BYTES, null);
			byteCount += bytesRead;
			if (bytesRead === 0 || byteCount > CATALOG_BYTES_MAX) return reader.end();
			reader.push(buffer.subarray(0, bytesRead));
			const percent = Math.floor((100 * byteCount) / Math.max(stat.size, byteCount));
			if (percent >= told + PROGRESS_STEP_PERCENT) {
				told = percent;
				request.onProgress(`${percent} %, ${load.itemCount} items`);
			}
			await setImmediate();
		}
	} finally {
		await handle.close();
	}
};
