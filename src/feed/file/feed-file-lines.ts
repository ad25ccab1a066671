import type { FileHandle } from "node:fs/promises";
import { MESSAGE_BYTES_MAX } from "../schema/message.ts";
import { type FeedFileLine, LINE_FEED } from "./feed-file-format.ts";

const READ_BYTES = 256 * 1024;

/** A line longer than any message is cut to this, so that a file of no lines needs no memory. */
const LINE_BYTES_MAX = MESSAGE_BYTES_MAX + 1;

/** One line and whether a line feed ended it. */
export interface RawLine extends FeedFileLine {
	readonly isEnded: boolean;
}

/** The lines of a file from its start, one at a time; what follows the last line feed is a line that is not ended. */
export async function* readLines(file: FileHandle): AsyncGenerator<RawLine> {
	let line = 0;
	let position = 0;
	let parts: Buffer[] = [];
	let size = 0;
	const keep = (part: Buffer): void => {
		if (size < LINE_BYTES_MAX) parts.push(part.subarray(0, LINE_BYTES_MAX - size));
		size += part.length;
	};
	const take = (isEnded: boolean): RawLine => {
		line += 1;
		const bytes = Buffer.concat(parts);
		parts = [];
		size = 0;
		return { line, bytes, isEnded };
	};
	for (;;) {
		const { bytesRead, buffer } = await file.read(Buffer.alloc(READ_BYTES), 0, READ_BYTES, position);
		if (bytesRead === 0) break;
		position += bytesRead;
		let rest = buffer.subarray(0, bytesRead);
		for (let at = rest.indexOf(LINE_FEED); at >= 0; at = rest.indexOf(LINE_FEED)) {
			keep(rest.subarray(0, at));
			yield take(true);
			rest = rest.subarray(at + 1);
		}
		if (rest.length > 0) keep(rest);
	}
	if (size > 0) yield take(false);
}
