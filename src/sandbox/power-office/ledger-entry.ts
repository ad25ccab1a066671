import type { Customer } from "./master-data.ts";
import type { Voucher, VoucherLine } from "./voucher.ts";

/** A part of an entry settled by another one (poweroffice.md section 2.7: matching happens at posting). */
export type Settlement = {
	/** What it takes off the entry's balance; has the entry's sign. */
	readonly amountMinor: bigint;
	readonly other: LedgerEntry;
	readonly matchId: bigint;
	/** The voucher whose booking made the match. */
	readonly by: Voucher;
	/** The reversal that undid it. */
	undoneBy: Voucher | null;
};

/** One entry of a customer's sub-ledger. */
export type LedgerEntry = {
	readonly id: bigint;
	readonly customer: Customer;
	readonly voucher: Voucher;
	readonly line: VoucherLine;
	readonly amountMinor: bigint;
	readonly settlements: Settlement[];
	/** Changes with the match state. */
	lastChangedAtMs: number;
};

/** What is open on an entry, by what `counts` (a date or the replica lag may hide a settlement). */
export function openAmount(entry: LedgerEntry, counts: (settlement: Settlement) => boolean): bigint {
	return entry.settlements.reduce(
		(open, settlement) => (counts(settlement) ? open - settlement.amountMinor : open),
		entry.amountMinor,
	);
}

/** What is open on an entry now. */
export function openNow(entry: LedgerEntry): bigint {
	return openAmount(entry, (settlement) => settlement.undoneBy === null);
}
