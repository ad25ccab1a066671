import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { Fault, messageOf } from "../../runtime/contract/fault.ts";
import { FeedFileCheck } from "./check-feed-file.ts";
import type { FeedFileHeader, FeedFileLine } from "./feed-file-format.ts";
import { type RawLine, readLines } from "./feed-file-lines.ts";

/** A feed file whose every line was found right. */
export interface FeedFile {
	readonly header: FeedFileHeader;
	/** The messages' bytes in order. Can be gone through again. */
	messages(): AsyncIterable<FeedFileLine>;
	/** Lets go of the file. */
	close(): Promise<void>;
}

interface Sum {
	readonly check: FeedFileCheck;
	/** Over the whole file. */
	readonly sha256: string;
}

/** Lines with the one before them held back, so that the last is known as the last. */
const goThrough = async (file: FileHandle): Promise<Sum> => {
	const check = new FeedFileCheck();
	const hash = createHash("sha256");
	let held: RawLine | undefined;
	let isFirst = true;
	for await (const line of readLines(file)) {
		hash.update(line.bytes).update("\n");
		if (isFirst) check.first(line);
		else if (held !== undefined) check.message(held);
		held = isFirst ? undefined : line;
		isFirst = false;
		if (check.isHopeless) break;
	}
	if (isFirst) check.first(undefined);
	if (!check.isHopeless) check.last(held);
	return { check, sha256: hash.digest("hex") };
};

/** Goes through the messages of a file that was found right; throws when it is another file by now. */
async function* messagesOf(file: FileHandle, sha256: string): AsyncGenerator<FeedFileLine> {
	const hash = createHash("sha256");
	let held: RawLine | undefined;
	for await (const line of readLines(file)) {
		hash.update(line.bytes).update("\n");
		if (held !== undefined) yield { line: held.line, bytes: held.bytes };
		held = line.line === 1 ? undefined : line;
	}
	if (hash.digest("hex") !== sha256) throw new Fault("TILL-0825", "the file changed while it was taken in");
}

/**
 * Opens a feed file and goes through all of it before it answers: damage anywhere is refused before anything is taken in.
 * Needs the memory of a line, whatever the file's size. The caller closes what it gets.
 *
 * @throws Fault TILL-0821 when the file cannot be read; TILL-0822 when it is no feed file; otherwise the code of the first
 *   problem (TILL-0823 to TILL-0825), with every problem found as "line N: CODE what" in `problems` (at most 100)
 */
export const readFeedFile = async (path: string): Promise<FeedFile> => {
	let file: FileHandle | undefined;
	try {
		const opened = await open(path, "r");
		file = opened;
		const { check, sha256 } = await goThrough(opened);
		const [problem] = check.problems;
		const { header } = check;
		if (problem !== undefined || header === undefined) {
			const problems = check.problems.map(({ line, code, what }) => `line ${line}: ${code} ${what}`);
			throw new Fault(problem?.code ?? "TILL-0822", `${path}: ${problems[0]}`, { problems });
		}
		return { header, messages: () => messagesOf(opened, sha256), close: () => opened.close() };
	} catch (thrown) {
		await file?.close();
		if (thrown instanceof Fault) throw thrown;
		throw new Fault("TILL-0821", `${path}: ${messageOf(thrown)}`, { cause: thrown });
	}
};
