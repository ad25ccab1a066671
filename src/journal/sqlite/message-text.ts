import type { FeedKind } from "../../events/journal-event.ts";
import { MESSAGE_BYTES_MAX } from "../../feed/schema/message.ts";
import { Fault } from "../../runtime/contract/fault.ts";

/**
 * Room that a new message leaves, so that it still fits when an adopting journal sends it again with `reissueOf` and
 * longer numbers.
 */
const REISSUE_BYTES = 256;

/** The message that is sent again: where it stood first. */
export interface ReissueOf {
	readonly journalId: string;
	readonly feedSeq: number;
	readonly sha256: string;
}

/** The envelope of a message; `madeAt` and `body` come as JSON text. */
export interface MessageParts {
	readonly kind: FeedKind;
	readonly journalId: string;
	readonly feedSeq: number;
	readonly kindSeq: number;
	readonly prev: string;
	readonly store: string;
	readonly till: string;
	readonly businessDate: string | null;
	readonly recordSeq: number;
	readonly madeAt: string;
	readonly reissueOf: ReissueOf | null;
	readonly body: string;
}

/** The bytes of a message, keys in the order of the envelope. Throws TILL-0605 when they are too many for the feed. */
export const messageBytes = (parts: MessageParts): Buffer => {
	const { madeAt, body, ...plain } = parts;
	const head = JSON.stringify({
		v: 1,
		kind: plain.kind,
		journalId: plain.journalId,
		feedSeq: plain.feedSeq,
		kindSeq: plain.kindSeq,
		prev: plain.prev,
		store: plain.store,
		till: plain.till,
		businessDate: plain.businessDate,
		recordSeq: plain.recordSeq,
	});
	const reissueOf = JSON.stringify(plain.reissueOf);
	const bytes = Buffer.from(`${head.slice(0, -1)},"madeAt":${madeAt},"reissueOf":${reissueOf},"body":${body}}`, "utf8");
	const bytesMax = plain.reissueOf === null ? MESSAGE_BYTES_MAX - REISSUE_BYTES : MESSAGE_BYTES_MAX;
	if (bytes.length > bytesMax) {
		throw new Fault("TILL-0605", `a ${plain.kind} message of ${bytes.length} bytes; at most ${bytesMax} are carried`);
	}
	return bytes;
};
