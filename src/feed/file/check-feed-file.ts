import { createHash, type Hash } from "node:crypto";
import type { z } from "zod";
import type { FaultCode } from "../../runtime/contract/fault.ts";
import { MESSAGE_BYTES_MAX, tolerantEnvelopeSchema } from "../schema/message.ts";
import {
	type FeedFileHeader,
	type FeedFileTrailer,
	feedFileHeaderSchema,
	feedFileTrailerSchema,
} from "./feed-file-format.ts";
import type { RawLine } from "./feed-file-lines.ts";

/** One thing that is wrong with a file. */
export interface FeedFileProblem {
	/** In the file, from 1. */
	readonly line: number;
	readonly code: FaultCode;
	readonly what: string;
}

/** More than this are not listed: they are one damage. */
const PROBLEMS_MAX = 100;

const utf8 = new TextDecoder("utf-8", { fatal: true });

const read = <T>(schema: z.ZodType<T>, bytes: Uint8Array): T | undefined => {
	try {
		const parsed = schema.safeParse(JSON.parse(utf8.decode(bytes)));
		return parsed.success ? parsed.data : undefined;
	} catch {
		return undefined;
	}
};

const sha256Of = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** Goes through a feed file's lines in order and notes what is wrong with each. */
export class FeedFileCheck {
	readonly #problems: FeedFileProblem[] = [];
	readonly #hash: Hash = createHash("sha256");
	#header: FeedFileHeader | undefined;
	#count = 0;
	/** SHA-256 of the message before; undefined when that line was unreadable, or before the first. */
	#previous: string | undefined;

	/** What the first line said; undefined when it is no header. */
	get header(): FeedFileHeader | undefined {
		return this.#header;
	}

	/** What is wrong, in order of lines. */
	get problems(): readonly FeedFileProblem[] {
		return this.#problems;
	}

	/** Nothing further can be judged. */
	get isHopeless(): boolean {
		return this.#header === undefined || this.#problems.length >= PROBLEMS_MAX;
	}

	/** Line 1. */
	first(line: RawLine | undefined): void {
		this.#header = line === undefined ? undefined : read(feedFileHeaderSchema, line.bytes);
		if (this.#header === undefined) this.#add(1, "TILL-0822", "no header of a feed file of version 1");
	}

	/** A line between the first and the last. */
	message({ line, bytes }: RawLine): void {
		const header = this.#header;
		if (header === undefined) return;
		const feedSeq = header.fromFeedSeq + this.#count;
		this.#count += 1;
		this.#hash.update(bytes).update("\n");
		const previous = this.#previous;
		this.#previous = undefined;
		if (bytes.length > MESSAGE_BYTES_MAX) {
			this.#add(line, "TILL-0823", `longer than a message can be (${MESSAGE_BYTES_MAX} bytes)`);
			return;
		}
		const envelope = read(tolerantEnvelopeSchema, bytes);
		if (envelope === undefined) {
			this.#add(line, "TILL-0823", "no message");
			return;
		}
		this.#previous = sha256Of(bytes);
		const { journalId, store, till } = envelope;
		if (journalId !== header.journalId) this.#add(line, "TILL-0823", `of another journal, ${journalId}`);
		else if (store !== header.store || till !== header.till) this.#add(line, "TILL-0823", `of till ${store}/${till}`);
		if (envelope.feedSeq !== feedSeq) {
			this.#add(line, "TILL-0823", `message ${envelope.feedSeq} where ${feedSeq} belongs`);
		}
		if (previous !== undefined && envelope.prev !== previous) {
			this.#add(line, "TILL-0824", `message ${envelope.feedSeq} does not follow the one before it`);
		}
	}

	/** The last line. */
	last(line: RawLine | undefined): void {
		const trailer = line?.isEnded === true ? read(feedFileTrailerSchema, line.bytes) : undefined;
		const at = line?.line ?? 2;
		if (trailer === undefined) this.#add(at, "TILL-0825", "the file ends without its last line: it is cut off");
		else this.#compare(at, trailer);
	}

	#compare(line: number, trailer: FeedFileTrailer): void {
		const header = this.#header;
		if (header === undefined) return;
		const expected = header.toFeedSeq - header.fromFeedSeq + 1;
		if (trailer.count !== this.#count) {
			this.#add(line, "TILL-0825", `${this.#count} messages, the last line says ${trailer.count}`);
		}
		if (expected !== this.#count) {
			this.#add(line, "TILL-0825", `${this.#count} messages, the header says ${expected}`);
		}
		if (trailer.sha256 !== this.#hash.digest("hex")) this.#add(line, "TILL-0825", "the checksum is another");
	}

	#add(line: number, code: FaultCode, what: string): void {
		if (this.#problems.length < PROBLEMS_MAX) this.#problems.push({ line, code, what });
	}
}
