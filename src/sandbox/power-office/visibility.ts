import type { ClientBook } from "./book.ts";
import type { LedgerEntry } from "./ledger-entry.ts";
import { openAmount } from "./ledger-entry.ts";
import type { ReadLag } from "./switches.ts";
import type { Voucher } from "./voucher.ts";

/** Which vouchers a read shows: section 1.6, reads come from a replica that may be behind [I]. */
export type Visibility = (voucher: Voucher) => boolean;

/**
 * The view of a read at this moment. A list read counts itself in `book.listReads` before it asks. What others booked
 * before the sandbox started has long arrived.
 */
export function replicaView(book: ClientBook, lag: ReadLag, nowMs: number): Visibility {
	const { requests = 0, ms = 0 } = lag;
	return (voucher) =>
		!voucher.own ||
		((requests === 0 || book.listReads - voucher.listReadsBefore > requests) && nowMs - voucher.createdAtMs >= ms);
}

/** The reversal of a voucher, if this read shows it. */
export function shownReversal(voucher: Voucher, isShown: Visibility): Voucher | null {
	const reversal = voucher.reversedBy;
	return reversal !== null && isShown(reversal) ? reversal : null;
}

/** Balance and match of an entry as of a date ("the balance the entry was on that date"), by what this read shows. */
export function entryState(
	entry: LedgerEntry,
	asOf: string,
	isShown: Visibility,
): { readonly balanceMinor: bigint; readonly matchId: bigint | null } {
	const counts = (settlement: LedgerEntry["settlements"][number]): boolean =>
		isShown(settlement.by) &&
		(settlement.undoneBy === null || !isShown(settlement.undoneBy)) &&
		settlement.other.line.postingDate <= asOf;
	return {
		balanceMinor: openAmount(entry, counts),
		matchId: entry.settlements.find(counts)?.matchId ?? null,
	};
}
