import { chmodSync, existsSync, statSync } from "node:fs";
import Database from "better-sqlite3";
import { Fault } from "../../runtime/contract/fault.ts";
import { emptyLog, fileFault, openForWriting } from "./connection.ts";
import { HALF_MADE, putInPlace, removeHalfMade, segmentFile } from "./files.ts";
import { migrate } from "./schema.ts";
import { Segment } from "./segment.ts";
import { type SegmentHeader, writeHeader } from "./segment-header.ts";

const READ_ONLY = 0o444;
const OWNER_WRITES = 0o644;
const ANY_WRITE = 0o222;

/**
 * Makes the file of a month with what `fill` writes into it, under another name, and puts it in place when it is
 * complete and durable: a crash leaves either no new segment or a whole one. Throws a Fault; then nothing is left of it.
 */
export const makeSegment = (folder: string, header: SegmentHeader, fill: (segment: Segment) => void): void => {
	const file = segmentFile(folder, header.month);
	if (existsSync(file)) throw new Fault("TILL-0610", `${file} is there already`);
	removeHalfMade(folder);
	const halfMade = file + HALF_MADE;
	let database: Database.Database | undefined;
	try {
		database = openForWriting(halfMade);
		migrate(database);
		writeHeader(database, header);
		fill(new Segment(halfMade, database, "write"));
		emptyLog(database);
		database.close();
		putInPlace(halfMade, file);
	} catch (error) {
		database?.close();
		removeHalfMade(folder);
		throw fileFault(error, file);
	}
};

/**
 * Closes a month for good: the log goes into the file, which then stands alone and can be read from read-only media, and
 * the file becomes read-only. Does nothing to one that is sealed. Throws a Fault.
 */
export const sealSegment = (file: string): void => {
	if ((statSync(file).mode & ANY_WRITE) === 0) return;
	let database: Database.Database | undefined;
	try {
		database = new Database(file, { fileMustExist: true });
		database.pragma("synchronous = 2");
		database.pragma("journal_mode = delete");
		database.close();
		chmodSync(file, READ_ONLY);
	} catch (error) {
		database?.close();
		throw fileFault(error, file);
	}
};

/** Makes a month that was closed too early writable again: only for filling a copy up from its original. */
export const unsealSegment = (file: string): void => {
	if ((statSync(file).mode & ANY_WRITE) === 0) chmodSync(file, OWNER_WRITES);
};
