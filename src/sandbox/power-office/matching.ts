import { type ClientBook, takeId } from "./book.ts";
import { type LedgerEntry, openNow } from "./ledger-entry.ts";
import type { PowerOfficeSwitches } from "./switches.ts";

/**
 * Matches a new customer ledger entry with the existing ones (section 2.7): "matched immediately with existing entries
 * in the sub-ledger that have the same CustomMatchingReference and opposite amount (unless already matched)". Bank
 * journal lines match by Cid (opposite amount) and by InvoiceNo too (section 2.1). Earlier entries go first.
 */
export function matchEntry(entry: LedgerEntry, book: ClientBook, switches: PowerOfficeSwitches, nowMs: number): void {
	const { customMatchingReference, cid, invoiceNo } = entry.line;
	const candidates = book.entries.filter((other) => isCounterpart(entry, other, switches));
	const byReference = candidates.filter(
		(other) => present(customMatchingReference) && other.line.customMatchingReference === customMatchingReference,
	);
	const byCid = candidates.filter((other) => present(cid) && other.line.cid === cid);
	const exact = [...byReference, ...byCid].find((other) => openNow(other) === -entry.amountMinor);
	if (exact !== undefined) {
		settle(entry, exact, book, nowMs);
		return;
	}
	// Section 2.1: "Go tries to match to that invoice"; section 5.4: this is the way for part payments [I].
	const invoices = candidates.filter((other) => present(invoiceNo) && other.voucher.invoice?.invoiceNo === invoiceNo);
	const partial = switches.partialMatching === "apply" ? byReference : [];
	for (const other of [...invoices, ...partial]) {
		if (openNow(entry) === 0n) return;
		if (openNow(other) !== 0n) settle(entry, other, book, nowMs);
	}
}

/** Settles the smaller of the two open amounts on both entries, under one match id. */
export function settle(entry: LedgerEntry, other: LedgerEntry, book: ClientBook, nowMs: number): void {
	const matchId = currentMatchId(other) ?? currentMatchId(entry) ?? takeId(book);
	const [mine, theirs] = [openNow(entry), openNow(other)];
	const amountMinor = size(mine) < size(theirs) ? mine : -theirs;
	const by = entry.voucher;
	entry.settlements.push({ amountMinor, other, matchId, by, undoneBy: null });
	other.settlements.push({ amountMinor: -amountMinor, other: entry, matchId, by, undoneBy: null });
	entry.lastChangedAtMs = nowMs;
	other.lastChangedAtMs = nowMs;
}

/** The match an entry belongs to now, or null. */
function currentMatchId(entry: LedgerEntry): bigint | null {
	return entry.settlements.find((settlement) => settlement.undoneBy === null)?.matchId ?? null;
}

/** Open, of the opposite sign, and of the same customer unless the switch says otherwise (section 6 item 7 [U]). */
function isCounterpart(entry: LedgerEntry, other: LedgerEntry, switches: PowerOfficeSwitches): boolean {
	const sameCustomer = other.customer.id === entry.customer.id;
	const open = openNow(other);
	return (sameCustomer || switches.matchAcrossCustomers) && open !== 0n && open < 0n !== entry.amountMinor < 0n;
}

function present(text: string | null): boolean {
	return text !== null && text !== "";
}

function size(amount: bigint): bigint {
	return amount < 0n ? -amount : amount;
}
