import { type Decimal, multiplyDivide, parseDecimal, wholeNumber, ZERO } from "../decimal.ts";
import { type MasterDataBook, unitFactor } from "../master-data/master-data-book.ts";
import type { M3Switches } from "../switches.ts";
import { type Row, textOf } from "../tables/table.ts";
import type { AccountingEntry, RecordType } from "./record-types.ts";

/** A ticket row's amounts in the ticket's currency, signed as the row carries them. */
export interface RowAmounts {
	readonly net: Decimal;
	readonly vat1: Decimal;
	readonly vat2: Decimal;
}

/** A numeric column; an empty one is zero, as in M3. */
export function numberOf(row: Row, column: string): Decimal {
	return parseDecimal(textOf(row, column)) ?? ZERO;
}

/** The amounts of an OPSALE row, which holds the net amount and the VAT beside it (SEED, step 5). */
export function storedAmounts(row: Row): RowAmounts {
	return { net: numberOf(row, "CUAM"), vat1: numberOf(row, "FVT1"), vat2: numberOf(row, "FVT2") };
}

/**
 * The amounts of an uploaded OXSALE row. Whether CUAM is net or gross and whether FVT1 may be left out are switches
 * (m3.md section 6, question 1). Undefined where VAT has to be computed and no rate is known.
 */
export function uploadedAmounts(
	row: Row,
	type: RecordType,
	switches: M3Switches,
	book: MasterDataBook,
): RowAmounts | undefined {
	const amount = numberOf(row, "CUAM");
	const vat2 = numberOf(row, "FVT2");
	let vat1 = numberOf(row, "FVT1");
	if (type.goods && textOf(row, "FVT1") === "" && switches.fvt1 === "computed") {
		const percent = vatPercent(row, book);
		const decimals = book.currency(textOf(row, "CUCD"))?.decimals ?? 2;
		if (percent === undefined) return undefined;
		const hundred = wholeNumber(100);
		const divisor = switches.cuam === "gross" ? hundred + percent : hundred;
		vat1 = multiplyDivide(amount, percent, divisor, decimals);
	}
	const net = switches.cuam === "gross" ? amount - vat1 - vat2 : amount;
	return { net, vat1, vat2 };
}

/** An amount as the ledger takes it: debit positive, credit negative (SEED, step 6). */
export function entryAmount(
	type: RecordType,
	entry: AccountingEntry,
	amounts: RowAmounts,
	switches: M3Switches,
): Decimal {
	const { net, vat1, vat2 } = amounts;
	const amount = { net, vat1, vat2, gross: net + vat1 + vat2 }[entry.basis];
	const magnitude = isNegatedReturn(type, switches) ? -amount : amount;
	return entrySide(type, entry, switches) === "D" ? magnitude : -magnitude;
}

/** Quantity that leaves the stock, in basic units: a sale is positive, a return negative. Undefined for an unknown unit. */
export function issuedQuantity(
	row: Row,
	type: RecordType,
	switches: M3Switches,
	book: MasterDataBook,
): Decimal | undefined {
	const item = book.item(textOf(row, "ITNO"));
	const factor = item === undefined ? undefined : unitFactor(item, textOf(row, "ALUN"));
	if (factor === undefined) return undefined;
	const quantity = multiplyDivide(numberOf(row, "IVQA"), factor, wholeNumber(1), 6);
	return type.xrcd === "1200" && switches.returnSign === "positive" ? -quantity : quantity;
}

function isNegatedReturn(type: RecordType, switches: M3Switches): boolean {
	return type.xrcd === "1200" && switches.returnSign === "negative";
}

function entrySide(type: RecordType, entry: AccountingEntry, switches: M3Switches): "D" | "C" {
	if (type.xrcd !== "1100") return entry.side;
	return switches.giftCertificate === "credit" ? "C" : "D";
}

function vatPercent(row: Row, book: MasterDataBook): Decimal | undefined {
	const rate = textOf(row, "VTP1");
	if (rate !== "") return parseDecimal(rate);
	const code = textOf(row, "VTCD");
	const vtcd = code === "" ? book.item(textOf(row, "ITNO"))?.vtcs : code;
	return vtcd === undefined ? undefined : parseDecimal(book.vatCode(vtcd)?.percent ?? "");
}
