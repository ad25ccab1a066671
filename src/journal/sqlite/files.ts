import {
	closeSync,
	existsSync,
	fsyncSync,
	mkdirSync,
	openSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileFault } from "./connection.ts";

/** Ending of a file or folder that is being made: whatever still has it at the next start was never finished. */
export const HALF_MADE = ".new";

const SEGMENT = /^([0-9]{4}-[0-9]{2})\.sqlite$/;
const JOURNAL = /^[0-9A-HJKMNP-TV-Z]{26}$/;

/** The file of a month in a journal's folder. */
export const segmentFile = (folder: string, month: string): string => join(folder, `${month}.sqlite`);

/** The months that a journal's folder holds, oldest first; none when the folder is missing. */
export const segmentMonths = (folder: string): string[] =>
	namesIn(folder)
		.map((name) => SEGMENT.exec(name)?.[1])
		.filter((month) => month !== undefined)
		.toSorted();

/** The ids of the journals in a directory, oldest first (a ULID sorts by age). */
export const journalFolders = (directory: string): string[] =>
	namesIn(directory)
		.filter((name) => JOURNAL.test(name) && segmentMonths(join(directory, name)).length > 0)
		.toSorted();

/** Removes what a crash left half made in a folder. */
export const removeHalfMade = (folder: string): void => {
	for (const name of namesIn(folder)) {
		if (/\.new(-wal|-shm|-journal)?$/.test(name)) rmSync(join(folder, name), { recursive: true, force: true });
	}
};

/** Names in a folder; none when it is missing or no folder. Throws a Fault when it cannot be read: that is not an empty one. */
const namesIn = (folder: string): string[] => {
	try {
		return readdirSync(folder);
	} catch (error) {
		if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR")) return [];
		throw fileFault(error, folder);
	}
};

/** Makes a file durable that was written by other means; of a folder, the names in it: a new file is lost with them otherwise. */
export const syncFile = (path: string): void => {
	const handle = openSync(path, "r");
	try {
		fsyncSync(handle);
	} finally {
		closeSync(handle);
	}
};

/** Makes a folder, durably; its parent must be there. */
export const makeFolder = (folder: string): void => {
	if (existsSync(folder)) return;
	mkdirSync(folder);
	syncFile(dirname(folder));
};

/** Gives a finished file or folder its name, durably. */
export const putInPlace = (halfMade: string, finished: string): void => {
	renameSync(halfMade, finished);
	syncFile(dirname(finished));
};

const currentFile = (directory: string): string => join(directory, "current");

/** The id of the journal in force in a directory; undefined when nothing says. Throws a Fault when it cannot be read. */
export const readCurrent = (directory: string): string | undefined => {
	try {
		const text = readFileSync(currentFile(directory), "utf8").trim();
		return JOURNAL.test(text) ? text : undefined;
	} catch (error) {
		if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
		throw fileFault(error, currentFile(directory));
	}
};

/** Puts a journal in force: the name is replaced at once, after a power cut it is the old or the new one, never half. */
export const writeCurrent = (directory: string, journalId: string): void => {
	const file = currentFile(directory);
	const halfMade = file + HALF_MADE;
	const handle = openSync(halfMade, "w");
	try {
		writeSync(handle, `${journalId}\n`);
		fsyncSync(handle);
	} finally {
		closeSync(handle);
	}
	putInPlace(halfMade, file);
};
