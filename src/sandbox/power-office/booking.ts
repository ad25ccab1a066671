import { type ClientBook, NO_VAT_CODE, takeId } from "./book.ts";
import type { LedgerEntry } from "./ledger-entry.ts";
import { accountOf, codeOf } from "./master-data.ts";
import { matchEntry } from "./matching.ts";
import type { PowerOfficeSwitches } from "./switches.ts";
import { bookVat } from "./vat-booking.ts";
import type { Voucher, VoucherContent, VoucherLine } from "./voucher.ts";

/** What booking needs besides the voucher. */
export type BookingContext = {
	readonly book: ClientBook;
	readonly switches: PowerOfficeSwitches;
	readonly nowMs: number;
	readonly newGuid: () => string;
};

/**
 * Books a judged voucher: gives it its number, posts net and VAT transactions and customer ledger entries, and matches
 * those at once (sections 2.1 and 2.7). `reverses` is set for a reversal voucher.
 */
export function bookVoucher(content: VoucherContent, context: BookingContext, reverses: Voucher | null): Voucher {
	const { book, switches, nowMs } = context;
	const voucher: Voucher = {
		...content,
		id: context.newGuid(),
		voucherNo: book.nextVoucherNo,
		createdAtMs: nowMs,
		listReadsBefore: book.listReads,
		lineIds: content.lines.map(() => takeId(book)),
		reverses,
		reversedBy: null,
	};
	book.nextVoucherNo += 1n;
	book.vouchers.push(voucher);
	const vat = bookVat(content.lines, switches.vatRounding);
	for (const [index, line] of content.lines.entries()) {
		const vatAmountMinor = vat.ofLines[index] ?? 0n;
		const entry =
			line.customer === null ? null : enterLedger(voucher, line, line.amountMinor - vatAmountMinor, context);
		book.transactions.push({
			id: takeId(book),
			voucher,
			line,
			account: line.account,
			vat: line.vat,
			amountMinor: line.amountMinor - vatAmountMinor,
			vatAmountMinor,
			postingDate: line.postingDate,
			subLedgerEntryId: entry?.id ?? null,
		});
	}
	for (const posting of vat.postings) {
		book.transactions.push({
			id: takeId(book),
			voucher,
			line: null,
			account: accountOf(book.accounts, posting.vat.vatAccountNo ?? 0n),
			vat: switches.vatTransactionCode === "lineCode" ? posting.vat : codeOf(book.vatCodes, NO_VAT_CODE),
			amountMinor: posting.amountMinor,
			vatAmountMinor: 0n,
			postingDate: posting.postingDate,
			subLedgerEntryId: null,
		});
	}
	return voucher;
}

function enterLedger(voucher: Voucher, line: VoucherLine, amountMinor: bigint, context: BookingContext): LedgerEntry {
	const { book, switches, nowMs } = context;
	const customer = line.customer;
	if (customer === null) throw new TypeError("a ledger entry belongs to a customer");
	const entry: LedgerEntry = {
		id: takeId(book),
		customer,
		voucher,
		line,
		amountMinor,
		settlements: [],
		lastChangedAtMs: nowMs,
	};
	if (voucher.reverses === null) matchEntry(entry, book, switches, nowMs);
	book.entries.push(entry);
	return entry;
}
