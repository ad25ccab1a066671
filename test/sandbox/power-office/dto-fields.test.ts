import { existsSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import {
	ACCOUNT_FIELDS,
	ACCOUNT_TRANSACTION_FIELDS,
	BANK_VOUCHER_LINE_POST_FIELDS,
	CUSTOMER_FIELDS,
	DEPARTMENT_FIELDS,
	FINANCIAL_SETTINGS_FIELDS,
	type FieldFacts,
	LEDGER_ENTRY_FIELDS,
	LOCATION_FIELDS,
	VAT_CODE_FIELDS,
	VAT_RETURN_SPECIFICATIONS,
	VOUCHER_LINE_POST_FIELDS,
	VOUCHER_POST_FIELDS,
	VOUCHER_TYPES,
} from "../../../src/sandbox/power-office/dto-fields.ts";
import { line, startRun, transactions, voucher } from "./harness.ts";

/** The reference's own table lies beside the checkout, not in it. */
const REFERENCE = new URL("../../../../shared/reference/poweroffice/v2_schema_fields.json", import.meta.url);

type Schema = {
	readonly [property: string]: { readonly required: boolean; readonly nullable: boolean; readonly type: string };
};

function schemas(): { readonly [name: string]: Schema } | null {
	if (!existsSync(REFERENCE)) {
		console.warn(`not compared with the reference, which is not here: ${REFERENCE.pathname}`);
		return null;
	}
	return JSON.parse(readFileSync(REFERENCE, "utf8"));
}

function properties(schema: Schema | undefined): string[] {
	return Object.keys(schema ?? {}).filter((name) => !name.startsWith("$"));
}

it.each<[string, FieldFacts]>([
	["CashVoucherPostDto", VOUCHER_POST_FIELDS],
	["BankVoucherPostDto", VOUCHER_POST_FIELDS],
	["ManualVoucherPostDto", VOUCHER_POST_FIELDS],
	["CashVoucherLinePostDto", VOUCHER_LINE_POST_FIELDS],
	["ManualVoucherLinePostDto", VOUCHER_LINE_POST_FIELDS],
	["BankVoucherLinePostDto", BANK_VOUCHER_LINE_POST_FIELDS],
])("%s takes the properties of the reference", (name, facts) => {
	const schema = schemas()?.[name];
	if (schema === undefined) return;
	expect(Object.keys(facts).sort()).toEqual(properties(schema).sort());
	for (const [property, fact] of Object.entries(facts)) {
		expect(fact).toMatchObject({ required: schema[property]?.required, nullable: schema[property]?.nullable });
	}
});

it.each<[string, readonly string[]]>([
	["AccountTransactionDto", ACCOUNT_TRANSACTION_FIELDS],
	["CustomerLedgerEntryDto", LEDGER_ENTRY_FIELDS],
	["GeneralLedgerAccountDto", ACCOUNT_FIELDS],
	["VatCodeDto", VAT_CODE_FIELDS],
	["CustomerDto", CUSTOMER_FIELDS],
	["DepartmentDto", DEPARTMENT_FIELDS],
	["LocationDto", LOCATION_FIELDS],
	["FinancialSettingsDto", FINANCIAL_SETTINGS_FIELDS],
])("%s has the properties of the reference", (name, fields) => {
	const schema = schemas()?.[name];
	if (schema === undefined) return;
	expect([...fields].sort()).toEqual(properties(schema).sort());
});

it("knows the enums of the reference", () => {
	const all = schemas() as { readonly [name: string]: unknown } | null;
	if (all === null) return;
	expect(all["VoucherType"]).toEqual({ enum: [...VOUCHER_TYPES] });
	expect(all["VatReturnSpecification"]).toEqual({
		enum: [...VAT_RETURN_SPECIFICATIONS, "PurchasesEligibleForCompensation"],
	});
});

it("answers with every property of the DTO and no other", async () => {
	const { go } = await startRun();
	const owed = { AccountId: await go.subledger(10000) };
	await go.post(
		"/Vouchers/CashJournals",
		voucher([await line(go, 1901, "0", "-1"), await line(go, 1910, "0", "1", owed)]),
	);
	const sorted = (object: object | undefined): string[] => Object.keys(object ?? {}).sort();
	expect(sorted((await transactions(go))[0])).toEqual([...ACCOUNT_TRANSACTION_FIELDS].sort());
	const entries = await go.get("/Customerledger/OpenItems?date=2025-03-14");
	expect(sorted(entries.list[0])).toEqual([...LEDGER_ENTRY_FIELDS].sort());
	expect(sorted((await go.get("/GeneralLedgerAccounts")).list[0])).toEqual([...ACCOUNT_FIELDS].sort());
	expect(sorted((await go.get("/VatCodes")).list[0])).toEqual([...VAT_CODE_FIELDS].sort());
	expect(sorted((await go.get("/Customers")).list[0])).toEqual([...CUSTOMER_FIELDS].sort());
	expect(sorted((await go.get("/Departments")).list[0])).toEqual([...DEPARTMENT_FIELDS].sort());
	expect(sorted((await go.get("/FinancialSettings")).object)).toEqual([...FINANCIAL_SETTINGS_FIELDS].sort());
});
