import { open } from "node:fs/promises";
import { Fault, messageOf } from "../../runtime/contract/fault.ts";
import { readRecallList } from "../core/recall-list.ts";
import type { CatalogStore } from "./catalog-store.ts";
import { PROBLEMS_MAX } from "./file-reader.ts";
import { storeFault } from "./schema.ts";

/** The largest list that is read: ten thousand recalls with their reasons stay below. */
const RECALL_BYTES_MAX = 2 * 1024 * 1024;

/** What an import of recalls came to. */
export interface RecallAnswer {
	readonly recallCount: number;
	/** Recalls of the list that was in force before. */
	readonly replacedCount: number;
}

/**
 * Imports a list of recalls in the place of the one before: all of it or nothing, in force at once. Faults: TILL-0501 with
 * every problem, 0502, 0503, 0504, 0505.
 */
export const importRecalls = async (store: CatalogStore, file: string): Promise<RecallAnswer> => {
	const text = decoded(file, await bytesOf(file));
	const { recalls, problems } = readRecallList(text);
	if (problems.length > 0) {
		const unlisted = problems.length - PROBLEMS_MAX;
		const listed = unlisted > 0 ? [...problems.slice(0, PROBLEMS_MAX), `and ${unlisted} more`] : problems;
		const rest = problems.length === 1 ? "" : ` (and ${problems.length - 1} more)`;
		throw new Fault("TILL-0501", `${file}: ${problems[0]}${rest}`, { problems: listed });
	}
	try {
		const replacedCount = store.recalls.count;
		store.recalls.replace(recalls);
		return { recallCount: recalls.length, replacedCount };
	} catch (thrown) {
		throw storeFault(thrown, file);
	}
};

const bytesOf = async (file: string): Promise<Uint8Array> => {
	const handle = await open(file, "r").catch((thrown: unknown) => {
		throw new Fault("TILL-0504", `${file}: ${messageOf(thrown)}`, { cause: thrown });
	});
	try {
		const stat = await handle.stat();
		if (!stat.isFile()) throw new Fault("TILL-0504", `${file} is no file`);
		if (stat.size > RECALL_BYTES_MAX) {
			throw new Fault("TILL-0503", `${file} has ${stat.size} bytes; ${RECALL_BYTES_MAX} is the most`);
		}
		return await handle.readFile();
	} finally {
		await handle.close();
	}
};

const decoded = (file: string, bytes: Uint8Array): string => {
	try {
		return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
	} catch (thrown) {
		throw new Fault("TILL-0502", `${file} is not UTF-8`, { cause: thrown });
	}
};
