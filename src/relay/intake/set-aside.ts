import type { TillAddress, UpName } from "../../feed/schema/topic.ts";
import type { RelayCode } from "../codes.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { MessageKey } from "./archive.ts";

/** Entries kept per till; what comes beyond is counted by an alarm and stays in the till's journal. */
export const SET_ASIDE_PER_TILL_MAX = 1_000;
/** Bytes kept of an entry that is larger than any message: enough to see what it is. */
const BYTES_KEPT_MAX = 100_000;

/** What could not be taken. */
export interface SetAside {
	readonly address: TillAddress;
	/** The topic it came on, or "file". */
	readonly name: UpName | "file";
	readonly code: RelayCode;
	readonly reason: string;
	/** The key it claims, when its envelope could be read. */
	readonly key: { readonly journalId: string; readonly feedSeq: number } | null;
	readonly sha256: string;
	readonly bytes: Uint8Array;
}

/** Keeps a message that could not be taken, with the reason. Answers false when the till's share is full; the same bytes are kept once. */
export const setAside = (ledger: Ledger, entry: SetAside, atUtcMs: number): boolean => {
	const { store, till } = entry.address;
	const kept = ledger
		.statement<{ n: number }>("SELECT count(*) AS n FROM set_aside WHERE store = ? AND till = ?")
		.get(store, till);
	if ((kept?.n ?? 0) >= SET_ASIDE_PER_TILL_MAX) return false;
	ledger
		.statement(
			`INSERT INTO set_aside (store, till, topic_name, code, reason, journal_id, feed_seq, sha256, byte_count, bytes, taken_utc_ms)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		)
		.run(
			store,
			till,
			entry.name,
			entry.code,
			entry.reason,
			entry.key?.journalId ?? null,
			entry.key?.feedSeq ?? null,
			entry.sha256,
			entry.bytes.byteLength,
			entry.bytes.subarray(0, BYTES_KEPT_MAX),
			atUtcMs,
		);
	return true;
};

/** Marks what was set aside under a key as dealt with: it came again, under a key of an adopted journal. */
export const resolveSetAside = (ledger: Ledger, key: MessageKey, resolution: string, atUtcMs: number): void =>
	void ledger
		.statement(
			`UPDATE set_aside SET resolved_utc_ms = ?, resolution = ?
			WHERE journal_id = ? AND feed_seq = ? AND sha256 = ? AND resolved_utc_ms IS NULL`,
		)
		.run(atUtcMs, resolution, key.journalId, key.feedSeq, key.sha256);

/** Whether anything of a journal is set aside and not dealt with. */
export const isSetAside = (ledger: Ledger, journalId: string): boolean =>
	ledger
		.statement("SELECT 1 FROM set_aside WHERE journal_id = ? AND resolved_utc_ms IS NULL LIMIT 1")
		.get(journalId) !== undefined;
