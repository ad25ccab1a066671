import type { Amount } from "../../src/money/amount.ts";
import { amountText } from "../../src/money/currency.ts";
import { decimalText, parseDecimal, withoutTrailingZeros } from "../../src/money/decimal.ts";
import type { FourFigures as FourAmounts, Reconciliation } from "../../src/relay/reconciliation/reconciliation.ts";
import { type M3Books, type M3Row, PowerOfficeBooks } from "../shop/books.ts";
import type { Shop } from "../shop/shop.ts";
import { POWER_OFFICE_CLIENT, STORE, WAREHOUSE } from "../shop/shop-data.ts";
import type {
	DemoResult,
	FgledgRow,
	FourFigures,
	OpsaleRow,
	OsbstdRow,
	ReconciliationRow,
	StockRow,
	VoucherRow,
} from "./result.ts";

/** A column of a row; an empty one is absent. */
const field = (row: M3Row, column: string): string | null => {
	const value = row[column] ?? "";
	return value === "" ? null : value;
};

/** Decimal text with exactly two decimals. */
const amount = (text: string | null): string => {
	const minor = parseDecimal(text ?? "", 2);
	if (minor === undefined) throw new Error(`${text} is no amount`);
	return decimalText(minor, 2);
};

/** Decimal text without zeros at its end. */
const quantity = (text: string | null): string => {
	const millionths = parseDecimal(text ?? "0", 6);
	if (millionths === undefined) throw new Error(`${text} is no quantity`);
	return withoutTrailingZeros(decimalText(millionths, 6));
};

const sumQuantity = (texts: readonly (string | null)[]): string =>
	quantity(
		decimalText(
			texts.reduce((sum, text) => sum + (parseDecimal(text ?? "0", 6) ?? 0n), 0n),
			6,
		),
	);

/** M3's receipt reference is the till and six digits of the receipt number. */
const reference = (orno: string | null): { readonly till: string; readonly receipt: number } => ({
	till: (orno ?? "").slice(0, -6),
	receipt: Number.parseInt((orno ?? "").slice(-6), 10),
});

const opsaleRow = (row: M3Row): OpsaleRow => {
	const isSale = field(row, "OPPYCD") === null;
	return {
		...reference(field(row, "OPORNO")),
		transactionType: field(row, "OPXRCD") ?? "",
		item: field(row, "OPITNO"),
		quantity: isSale ? quantity(field(row, "OPIVQA")) : null,
		unit: field(row, "OPALUN"),
		paymentMethod: field(row, "OPPYCD"),
		vat: isSale ? amount(field(row, "OPFVT1")) : null,
		amount: amount(field(row, "OPCUAM")),
	};
};

const fgledgRow = (row: M3Row): FgledgRow => ({
	...reference((field(row, "EGVTXT") ?? "").split(" ").at(-1) ?? null),
	accountingEvent: field(row, "EGEVEN") ?? "",
	accountingType: field(row, "EGACTY") ?? "",
	amount: amount(field(row, "EGACAM")),
	bankOperation: field(row, "EGBOPC"),
});

const osbstdRow = (row: M3Row): OsbstdRow => ({
	...reference(field(row, "UCORNO")),
	item: field(row, "UCITNO") ?? "",
	quantity: quantity(field(row, "UCIVQT")),
	amount: amount(field(row, "UCSAAM")),
});

/** On-hand balances by item. */
export type Balances = ReadonlyMap<string, string>;

/** Reads the balances of the shop's warehouse. */
export const readBalances = async (m3: M3Books): Promise<Balances> => {
	const rows = (await m3.read("MITBAL")).filter((row) => row["MBWHLO"] === WAREHOUSE);
	return new Map(rows.map((row) => [field(row, "MBITNO") ?? "", quantity(field(row, "MBSTQT"))]));
};

const stockRows = async (m3: M3Books, before: Balances): Promise<StockRow[]> => {
	const after = await readBalances(m3);
	const movements = await m3.read("MITTRA");
	const statistics = await m3.read("MITSTA");
	return [...before].map(([item, mitbalBefore]) => ({
		item,
		warehouse: WAREHOUSE,
		mitbalBefore,
		mitbalAfter: after.get(item) ?? "0",
		mittra: sumQuantity(movements.filter((row) => row["MTITNO"] === item).map((row) => field(row, "MTTRQT"))),
		mitsta: sumQuantity(statistics.filter((row) => row["MHITNO"] === item).map((row) => field(row, "MHSOQT"))),
	}));
};

/** Vouchers by the ledger rows they left; the till stands in the batch id the relay gave them. */
const voucherRows = async (
	books: PowerOfficeBooks,
	businessDate: string,
	tills: readonly string[],
): Promise<VoucherRow[]> => {
	const accounts = await books.accounts();
	const vatCodes = await books.vatCodes();
	const ids = new Set((await books.transactions(businessDate, businessDate)).map((row) => String(row["VoucherId"])));
	const rows: VoucherRow[] = [];
	for (const id of ids) {
		const voucher = await books.voucher(id);
		const batch = voucher.SaftBatchId ?? "";
		rows.push({
			till: tills.find((till) => batch.split(/[^A-Z0-9]+/).includes(till)) ?? "",
			businessDate: voucher.VoucherDate.slice(0, 10),
			z: Number.parseInt(voucher.ImportedVoucherNo?.source ?? "", 10),
			externalImportReference: voucher.ExternalImportReference ?? "",
			voucherNo: Number.parseInt(voucher.VoucherNo?.source ?? "", 10),
			lines: voucher.VoucherLines.map((line) => ({
				account: accounts.get(line.AccountId.source)?.accountNo ?? "",
				name: accounts.get(line.AccountId.source)?.name ?? "",
				vatCode: vatCodes.get(line.VatId.source) ?? "",
				amount: amount(line.CurrencyAmount.source),
			})),
		});
	}
	return rows;
};

/** Papers of a till, as its printer cut them off. */
export type Papers = ReadonlyMap<string, readonly (readonly string[])[]>;

const receiptPapers = (papers: Papers, columnsOf: (till: string) => number): DemoResult["receipts"] =>
	[...papers].flatMap(([till, all]) =>
		all.flatMap((lines) => {
			const number = lines
				.map((line) => /^Receipt No\. ([0-9]+)/.exec(line.trim())?.[1])
				.find((found) => found !== undefined);
			return number === undefined
				? []
				: [{ till, receipt: Number.parseInt(number, 10), columns: columnsOf(till), lines }];
		}),
	);

const reconciliationRow = (row: Reconciliation): ReconciliationRow => {
	const text = (value: Amount | null): string | null => (value === null ? null : amountText(value, row.currency));
	const figures = ({ journal, feed, m3, powerOffice }: FourAmounts): FourFigures => ({
		journal: text(journal),
		feed: text(feed),
		m3: text(m3),
		powerOffice: text(powerOffice),
	});
	return {
		till: row.till,
		businessDate: row.businessDate,
		z: row.z,
		currency: row.currency,
		gross: figures(row.gross),
		tenders: Object.fromEntries(row.tenders.map((tender) => [tender.tenderType, figures(tender)])),
		evidence: row.evidence,
		vatDifference: text(row.vatDifference),
		equal: row.equal,
	};
};

/** Reads everything that the demo shows: papers, both ERPs through their public APIs, the relay's reconciliation. */
export const collect = async (
	shop: Shop,
	m3: M3Books,
	before: Balances,
	papers: Papers,
	businessDate: string,
): Promise<Omit<DemoResult, "ok" | "differences">> => {
	const books = new PowerOfficeBooks(shop.powerOffice, POWER_OFFICE_CLIENT.clientKey);
	return {
		m3: {
			opsale: (await m3.read("OPSALE")).map(opsaleRow),
			fgledg: (await m3.read("FGLEDG")).map(fgledgRow),
			stock: await stockRows(m3, before),
			osbstd: (await m3.read("OSBSTD")).map(osbstdRow),
		},
		powerOffice: { vouchers: await voucherRows(books, businessDate, [...shop.tills.keys()]) },
		reconciliation: shop.relay
			.reconciliations()
			.filter((row) => row.store === STORE)
			.map(reconciliationRow),
		receipts: receiptPapers(
			papers,
			(till) => shop.tills.get(till)?.bench.printers.get("printer")?.device.recLineChars ?? 0,
		),
	};
};
