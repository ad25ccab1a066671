import { vatOfGross } from "./decimal.ts";
import type { VatCode } from "./master-data.ts";
import type { PowerOfficeSwitches } from "./switches.ts";
import type { VoucherLine } from "./voucher.ts";

/** The VAT of one voucher: how much of each line is VAT, and which amounts go to the VAT accounts. */
export type VatBooking = {
	/** One a line, in the order of the lines. */
	readonly ofLines: readonly bigint[];
	readonly postings: readonly VatPosting[];
};

/** An amount that Go books on a VAT account. */
export type VatPosting = { readonly vat: VatCode; readonly postingDate: string; readonly amountMinor: bigint };

/**
 * Works out the VAT that Go books by itself from gross amount and VAT code (section 2.1: "Go computes and posts the VAT
 * transaction itself"). Where it rounds is section 6 item 6 [U]: on each line, or on the sum of a code and date.
 */
export function bookVat(lines: readonly VoucherLine[], rounding: PowerOfficeSwitches["vatRounding"]): VatBooking {
	const ofLines = lines.map((line) => vatOfGross(line.amountMinor, line.vat.rateMillionths));
	if (rounding === "perLine") {
		const postings = lines.map((line, index) => posting(line, ofLines[index] ?? 0n));
		return { ofLines, postings: postings.filter((one) => one.amountMinor !== 0n) };
	}
	const adjusted = [...ofLines];
	const postings: VatPosting[] = [];
	for (const group of groups(lines)) {
		const first = lines[group[0] ?? 0];
		if (first === undefined) continue;
		const gross = sum(group.map((index) => lines[index]?.amountMinor ?? 0n));
		const total = vatOfGross(gross, first.vat.rateMillionths);
		// What rounding the sum moved lies on the group's largest line, so that net and VAT still make the gross.
		const largest = group.reduce((best, index) => (size(lines[index]) > size(lines[best]) ? index : best));
		adjusted[largest] = (ofLines[largest] ?? 0n) + total - sum(group.map((index) => ofLines[index] ?? 0n));
		if (total !== 0n) postings.push(posting(first, total));
	}
	return { ofLines: adjusted, postings };
}

/** The indexes of the lines that share a VAT code and a posting date. */
function groups(lines: readonly VoucherLine[]): readonly number[][] {
	const byKey = new Map<string, number[]>();
	for (const [index, line] of lines.entries()) {
		const key = `${line.vat.id} ${line.postingDate}`;
		byKey.set(key, [...(byKey.get(key) ?? []), index]);
	}
	return [...byKey.values()];
}

function posting(line: VoucherLine, amountMinor: bigint): VatPosting {
	return { vat: line.vat, postingDate: line.postingDate, amountMinor };
}

function size(line: VoucherLine | undefined): bigint {
	const amount = line?.amountMinor ?? 0n;
	return amount < 0n ? -amount : amount;
}

function sum(amounts: readonly bigint[]): bigint {
	return amounts.reduce((total, amount) => total + amount, 0n);
}
