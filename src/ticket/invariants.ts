import type { TicketDocument } from "../events/ticket-document.ts";
import { isAmountMinor } from "../money/amount.ts";
import { extend } from "../money/unit-price.ts";

const total = (values: readonly bigint[]): bigint => values.reduce((all, value) => all + value, 0n);

/**
 * What must hold of every closed ticket, on write and on replay (DESIGN section 5). Answers the broken ones in words,
 * none when all hold. A broken one is a bug of the program: it is never written.
 */
export const brokenInvariants = (document: TicketDocument, cashUnitMinor: bigint | undefined): string[] => {
	const broken: string[] = [];
	const expect = (holds: boolean, words: string): void => {
		if (!holds) broken.push(words);
	};
	for (const line of document.lines) {
		const name = `line ${line.lineNo}`;
		expect(line.gross === line.net + line.vat, `${name}: gross = net + VAT`);
		expect(line.quantity > 0n, `${name}: quantity is positive`);
		const sign = line.kind === "return" ? -1n : 1n;
		if (line.basis === "unit") {
			expect(
				extend(line.quantity, line.price.unitPrice) === line.extendedAmount * sign,
				`${name}: extended = quantity x price`,
			);
		}
		const discounts = total(line.discounts.map((discount) => discount.amount));
		const based = line.price.includesVat ? line.gross : line.net;
		expect(based === line.extendedAmount - discounts * sign, `${name}: amount = extended - discounts`);
	}
	const tendered = total(document.tenders.map((tender) => tender.amount));
	expect(document.due === total(document.lines.map((line) => line.gross)), "due = sum of lines");
	expect(document.due === tendered + document.rounding, "lines = tenders + rounding");
	expect(document.due === document.net + document.vat, "due = net + VAT");
	expect(document.vat === total(document.vatTotals.map((vat) => vat.vat)), "VAT = sum over codes");
	expect(document.due === total(document.vatTotals.map((vat) => vat.gross)), "due = sum over VAT codes");
	const coin = document.tenders.filter((tender) => tender.isCash);
	if (coin.every((tender) => tender.amount === 0n)) {
		expect(document.rounding === 0n, "no rounding where no coin moved");
	} else if (cashUnitMinor !== undefined) {
		expect(total(coin.map((tender) => tender.amount)) % cashUnitMinor === 0n, "coin moved is payable in coin");
		expect(
			document.rounding * 2n <= cashUnitMinor && document.rounding * -2n <= cashUnitMinor,
			"rounding is at most half a unit",
		);
	}
	for (const group of document.apportionment) {
		const shares = total(group.tenders.map((share) => share.amount));
		expect(
			group.gross === shares + group.rounding + group.offset,
			`${group.group}: gross = tenders + rounding + offset`,
		);
	}
	expect(document.due === total(document.apportionment.map((group) => group.gross)), "due = sum of the groups");
	expect(total(document.apportionment.map((group) => group.offset)) === 0n, "offsets cancel out");
	for (const tender of document.tenders) {
		const shares = document.apportionment.flatMap((group) =>
			group.tenders.filter((share) => share.tenderNo === tender.tenderNo).map((share) => share.amount),
		);
		expect(tender.amount === total(shares), `tender ${tender.tenderNo} is apportioned whole`);
	}
	expect(isAmountMinor(document.due) && isAmountMinor(tendered), "amounts are within ±(2^53-1)");
	return broken;
};
