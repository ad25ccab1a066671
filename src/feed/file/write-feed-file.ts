import { createHash } from "node:crypto";
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { Fault, messageOf } from "../../runtime/contract/fault.ts";
import { type FeedFileHeader, type FeedFileTrailer, LINE_FEED } from "./feed-file-format.ts";

/** How much is gathered before it is written. */
const CHUNK_BYTES = 256 * 1024;

/** What was written. */
export type FeedFileWritten = FeedFileTrailer;

const newLine = Buffer.of(LINE_FEED);

const writeAll = async (
	file: FileHandle,
	messages: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
	header: FeedFileHeader,
): Promise<FeedFileTrailer> => {
	let chunks: Uint8Array[] = [Buffer.from(`${JSON.stringify(header)}\n`)];
	let size = 0;
	const flush = async (): Promise<void> => {
		await file.writeFile(Buffer.concat(chunks));
		chunks = [];
		size = 0;
	};
	const hash = createHash("sha256");
	let count = 0;
	for await (const bytes of messages) {
		if (bytes.includes(LINE_FEED)) throw new Fault("TILL-0823", `message ${count + 1} holds a line feed`);
		hash.update(bytes).update(newLine);
		chunks.push(bytes, newLine);
		count += 1;
		size += bytes.length + 1;
		if (size >= CHUNK_BYTES) await flush();
	}
	const expected = header.toFeedSeq - header.fromFeedSeq + 1;
	if (count !== expected) throw new Fault("TILL-0823", `${count} messages, the header says ${expected}`);
	const trailer = { count, sha256: hash.digest("hex") };
	chunks.push(Buffer.from(`${JSON.stringify(trailer)}\n`));
	await flush();
	await file.sync();
	return trailer;
};

/** A rename is on disk only when its directory is. */
const syncDirectory = async (path: string): Promise<void> => {
	const directory = await open(path, "r");
	try {
		await directory.sync();
	} finally {
		await directory.close();
	}
};

/**
 * Writes messages as a feed file. The file appears under its name when it is whole and on the medium, or not at all; one
 * of that name is replaced. Messages are taken one at a time, so that a year of them needs no memory.
 *
 * @throws Fault TILL-0821 when the medium fails, TILL-0823 when the messages are not those of the header
 */
export const writeFeedFile = async (
	path: string,
	messages: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
	header: FeedFileHeader,
): Promise<FeedFileWritten> => {
	const temporary = `${path}.part`;
	try {
		const file = await open(temporary, "w", 0o640);
		let trailer: FeedFileTrailer;
		try {
			trailer = await writeAll(file, messages, header);
		} finally {
			await file.close();
		}
		await rename(temporary, path);
		await syncDirectory(dirname(path));
		return trailer;
	} catch (thrown) {
		await rm(temporary, { force: true });
		if (thrown instanceof Fault) throw thrown;
		throw new Fault("TILL-0821", `${path}: ${messageOf(thrown)}`, { cause: thrown });
	}
};
