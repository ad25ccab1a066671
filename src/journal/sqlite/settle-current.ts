import { join } from "node:path";
import { Fault, messageOf } from "../../runtime/contract/fault.ts";
import type { Logger } from "../../runtime/contract/logger.ts";
import { journalFolders, readCurrent, removeHalfMade, writeCurrent } from "./files.ts";
import { Shelf } from "./shelf.ts";

/**
 * Finds the journal in force in a directory and completes what a crash left: half-made files go, a journal that was fully
 * made but not yet put in force is put in force. Undefined when the directory holds no journal. Throws TILL-0614 when it
 * cannot be told, TILL-0616 when an adoption from another medium was not finished.
 */
export const settleCurrent = (directory: string, logger: Logger): string | undefined => {
	removeHalfMade(directory);
	const named = readCurrent(directory);
	const parents = parentsIn(directory, named, logger);
	if (named !== undefined && !parents.has(named)) {
		throw new Fault("TILL-0616", `${directory} names the journal ${named}, which is not there: adopt it again`);
	}
	const current = named === undefined ? onlyHeir(parents, directory) : heirOf(named, parents);
	if (current !== undefined && current !== named) {
		logger.warn("a journal is put in force that was made before", { journalId: current, before: named });
		writeCurrent(directory, current);
	}
	return current;
};

/**
 * Each journal in the directory with the one it was adopted from. One that cannot be read is left out while another is
 * named: it was never in force after that one, and an old journal is not needed to go on.
 */
const parentsIn = (
	directory: string,
	named: string | undefined,
	logger: Logger,
): ReadonlyMap<string, string | null> => {
	const parents = new Map<string, string | null>();
	for (const journalId of journalFolders(directory)) {
		try {
			const shelf = new Shelf(join(directory, journalId));
			parents.set(journalId, shelf.header(shelf.lastMonth()).adoptedFrom);
		} catch (error) {
			if (named === undefined || named === journalId) throw error;
			logger.warn("a journal beside the one in force cannot be read", { journalId, reason: messageOf(error) });
		}
	}
	return parents;
};

/** The youngest journal that continues this one; itself when none does. */
const heirOf = (journalId: string, parents: ReadonlyMap<string, string | null>): string => {
	const heir = [...parents].find(([, parent]) => parent === journalId)?.[0];
	return heir === undefined ? journalId : heirOf(heir, parents);
};

const onlyHeir = (parents: ReadonlyMap<string, string | null>, directory: string): string | undefined => {
	const adopted = new Set(parents.values());
	const heirs = [...parents.keys()].filter((journalId) => !adopted.has(journalId));
	if (heirs.length > 1) {
		throw new Fault("TILL-0614", `${directory} holds ${heirs.join(" and ")} and does not say which one is in force`);
	}
	return heirs[0];
};
