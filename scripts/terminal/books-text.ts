import { decimalText, parseDecimal } from "../../src/money/decimal.ts";
import { M3Books, PowerOfficeBooks } from "../shop/books.ts";
import type { Shop } from "../shop/shop.ts";
import { POWER_OFFICE_CLIENT } from "../shop/shop-data.ts";

/** Rows as a table: each column as wide as its widest cell. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string => {
	const widths = head.map((cell, column) => Math.max(cell.length, ...rows.map((row) => (row[column] ?? "").length)));
	const line = (cells: readonly string[]): string =>
		`  ${cells
			.map((cell, column) => cell.padEnd(widths[column] ?? 0))
			.join("  ")
			.trimEnd()}`;
	return [line(head), ...rows.map(line)].join("\n");
};

/** What both ERPs have booked so far, read through their public APIs. */
export const booksText = async (shop: Shop): Promise<string> => {
	const opsale = await new M3Books(shop.m3).read("OPSALE");
	const books = new PowerOfficeBooks(shop.powerOffice, POWER_OFFICE_CLIENT.clientKey);
	const accounts = await books.accounts();
	const vatCodes = await books.vatCodes();
	const vouchers = new Set(
		(await books.transactions("2000-01-01", "2099-12-31")).map((row) => String(row["VoucherId"])),
	);
	const parts = [
		"M3, OPSALE (a round is sent after 30 tickets or a second)",
		opsale.length === 0
			? "  nothing yet"
			: table(
					["ORNO", "type", "item", "quantity", "payment", "VAT", "amount"],
					opsale.map((r) =>
						[
							r["OPORNO"],
							r["OPXRCD"],
							r["OPITNO"],
							r["OPIVQA"],
							r["OPPYCD"],
							r["OPPYCD"] === "" ? r["OPFVT1"] : "",
							r["OPCUAM"],
						].map((cell) => cell ?? ""),
					),
				),
		"PowerOffice Go, cash vouchers (one a till and Z: type day close)",
	];
	for (const id of vouchers) {
		const voucher = await books.voucher(id);
		parts.push(
			`  voucher ${voucher.VoucherNo?.source ?? "?"} of ${voucher.VoucherDate.slice(0, 10)}, ${voucher.ExternalImportReference ?? ""}`,
			table(
				["account", "name", "VAT code", "amount"],
				voucher.VoucherLines.map((line) => [
					accounts.get(line.AccountId.source)?.accountNo ?? "",
					accounts.get(line.AccountId.source)?.name ?? "",
					vatCodes.get(line.VatId.source) ?? "",
					decimalText(parseDecimal(line.CurrencyAmount.source, 2) ?? 0n, 2),
				]),
			),
		);
	}
	if (vouchers.size === 0) parts.push("  nothing yet");
	return parts.join("\n");
};
