import type { ClientBook } from "./book.ts";
import { type BookingContext, bookVoucher } from "./booking.ts";
import type { LedgerEntry } from "./ledger-entry.ts";
import { settle } from "./matching.ts";
import { accepted, notFound, type Outcome, refused, voucherProblem } from "./problem.ts";
import type { Voucher, VoucherLine } from "./voucher.ts";
import { judgeDates } from "./voucher-rules.ts";

/**
 * Reverses a voucher (section 2.1: own vouchers only, Go makes a reversal voucher; section 1.8: this frees its
 * ExternalImportReference). The reversal is booked on the dates of the original.
 */
export function reverseVoucher(id: string, context: BookingContext): Outcome<Voucher> {
	const { book, switches } = context;
	const original = book.vouchers.find((voucher) => voucher.id === id);
	// Section 2.1: "own vouchers only"; a reversal voucher was not created through a POST on a voucher resource.
	if (original === undefined || !original.own || original.reverses !== null) {
		return refused(notFound("Voucher", id));
	}
	// v2_routes.json lists no 409 for this route; the text is [U].
	if (original.reversedBy !== null) return refused(voucherProblem(`Voucher with id = ${id} is already reversed.`));
	const locked = judgeDates(original.lines, book);
	if (locked !== null && switches.reversalInLockedPeriod === "refuse") return refused(locked);
	const reversal = bookVoucher(
		{
			...original,
			type: "ReversalVoucher",
			description: original.description,
			externalImportReference: null,
			invoice: null,
			lines: original.lines.map(negated),
		},
		context,
		original,
	);
	original.reversedBy = reversal;
	reopenMatches(original, reversal, book, context.nowMs);
	return accepted(reversal);
}

function negated(line: VoucherLine): VoucherLine {
	return { ...line, amountMinor: -line.amountMinor };
}

/** What the reversed voucher had settled is open again; its own entries are settled by those of the reversal. */
function reopenMatches(original: Voucher, reversal: Voucher, book: ClientBook, nowMs: number): void {
	const ofReversal = book.entries.filter((entry) => entry.voucher === reversal);
	for (const [index, entry] of book.entries.filter((candidate) => candidate.voucher === original).entries()) {
		for (const settlement of [...entry.settlements]) undo(entry, settlement.other, reversal, nowMs);
		const counter = ofReversal[index];
		if (counter !== undefined) settle(counter, entry, book, nowMs);
	}
}

function undo(entry: LedgerEntry, other: LedgerEntry, reversal: Voucher, nowMs: number): void {
	for (const settlement of entry.settlements) {
		if (settlement.other === other) settlement.undoneBy ??= reversal;
	}
	for (const settlement of other.settlements) {
		if (settlement.other === entry) settlement.undoneBy ??= reversal;
	}
	other.lastChangedAtMs = nowMs;
}
