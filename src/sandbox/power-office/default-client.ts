import type { AccountSpec, PowerOfficeClientSpec, VatCodeSpec } from "./client-spec.ts";

/** The accounts of the point-of-sale page (poweroffice.md, source SEED; "7740 rounding" by section 4.2) and their kin. */
export const SEED_ACCOUNTS: readonly AccountSpec[] = [
	{
		accountNo: 1500n,
		name: "Kundefordringer",
		type: "Asset",
		vatCode: "0",
		vatCodeLocked: true,
		subLedger: "customer",
	},
	{ accountNo: 1579n, name: "Andre kortsiktige fordringer", type: "Asset", vatCode: "0" },
	{ accountNo: 1900n, name: "Kontanter", type: "Asset", vatCode: "0" },
	{ accountNo: 1901n, name: "Cash", type: "Asset", vatCode: "0" },
	{ accountNo: 1902n, name: "Mastercard", type: "Asset", vatCode: "0" },
	{ accountNo: 1903n, name: "Vipps", type: "Asset", vatCode: "0" },
	{ accountNo: 1909n, name: "Kassedifferanse", type: "Asset", vatCode: "0" },
	{ accountNo: 1910n, name: "Visma", type: "Asset", vatCode: "0" },
	{ accountNo: 1920n, name: "Bank", type: "Asset", vatCode: "0" },
	{
		accountNo: 2400n,
		name: "Leverandørgjeld",
		type: "Liability",
		vatCode: "0",
		vatCodeLocked: true,
		subLedger: "supplier",
	},
	{ accountNo: 2700n, name: "Utgående mva høy sats", type: "Liability", vatCode: "0" },
	{ accountNo: 2701n, name: "Utgående mva middels sats", type: "Liability", vatCode: "0" },
	{ accountNo: 2702n, name: "Utgående mva råfisk", type: "Liability", vatCode: "0" },
	{ accountNo: 2703n, name: "Utgående mva lav sats", type: "Liability", vatCode: "0" },
	{ accountNo: 2740n, name: "Oppgjørskonto mva", type: "Liability", vatCode: "0" },
	{ accountNo: 2900n, name: "Forskudd fra kunder", type: "Liability", vatCode: "0" },
	{ accountNo: 2910n, name: "Gjeld til ansatte", type: "Liability", vatCode: "0" },
	{ accountNo: 3000n, name: "In house food", type: "Income", vatCode: "3" },
	{ accountNo: 3001n, name: "Take-away food", type: "Income", vatCode: "31" },
	{ accountNo: 3002n, name: "Beer", type: "Income", vatCode: "3" },
	{ accountNo: 3003n, name: "Soda", type: "Income", vatCode: "3" },
	{ accountNo: 3050n, name: "Tjenester lav sats", type: "Income", vatCode: "33" },
	{ accountNo: 3100n, name: "Avgiftsfritt salg", type: "Income", vatCode: "5" },
	{ accountNo: 3200n, name: "Salg utenfor avgiftsområdet", type: "Income", vatCode: "6" },
	{ accountNo: 7740n, name: "Øresavrunding", type: "Expense", vatCode: "0" },
	{ accountNo: 7770n, name: "Bank- og kortgebyr", type: "Expense", vatCode: "0" },
	{ accountNo: 8060n, name: "Valutagevinst", type: "Income", vatCode: "0" },
	{ accountNo: 8160n, name: "Valutatap", type: "Expense", vatCode: "0" },
];

/** The standard codes a till sells by, with the rates of 2025/26 (section 4.1) and the accounts Go books them to (4.2). */
export const NORWEGIAN_VAT_CODES: readonly VatCodeSpec[] = [
	{ code: "0", name: "Ingen mva-behandling (anskaffelser)", rate: "0" },
	{ code: "3", name: "Utgående mva, alminnelig sats", rate: "0.25", vatAccountNo: 2700n },
	{ code: "31", name: "Utgående mva, middels sats", rate: "0.15", vatAccountNo: 2701n },
	{ code: "32", name: "Utgående mva, råfisk", rate: "0.1111", vatAccountNo: 2702n },
	{ code: "33", name: "Utgående mva, lav sats", rate: "0.12", vatAccountNo: 2703n },
	{ code: "5", name: "Innenlands omsetning fritatt for mva", rate: "0" },
	{ code: "51", name: "Innenlands omsetning med omvendt avgiftsplikt", rate: "0" },
	{ code: "52", name: "Utførsel av varer og tjenester", rate: "0" },
	{ code: "6", name: "Omsetning utenfor mva-loven", rate: "0" },
	{ code: "7", name: "Ingen mva-behandling (inntekter)", rate: "0" },
];

/** The roles that a till's integration asks for (section 1.9). */
const POINT_OF_SALE_PRIVILEGES: readonly string[] = [
	"AccountTransaction",
	"BankVoucher_Full",
	"CashVoucher_Full",
	"CommonServices",
	"Customer",
	"CustomerLedger",
	"Department",
	"GeneralLedgerAccount",
	"Location",
	"ManualVoucher_Full",
	"OutgoingInvoiceVoucher_Full",
	"YearEndVoucher_Full",
];

/**
 * The restaurant of the point-of-sale page as a client of Go; `overrides` replaces whole members. Accounts, VAT codes,
 * customers and dimensions are lists: spread {@link SEED_ACCOUNTS} and add to take more.
 */
export function powerOfficeClient(overrides: Partial<PowerOfficeClientSpec> = {}): PowerOfficeClientSpec {
	return {
		clientKey: "sandbox-client-key",
		clientId: "6f0b6f0e-6c2f-4d0b-9c38-8a4f5c1f0a01",
		clientName: "Restaurant AS",
		accounts: SEED_ACCOUNTS,
		vatCodes: NORWEGIAN_VAT_CODES,
		customers: [
			{ number: 10000n, name: "Kafé Kunde AS", organizationNumber: "987654321", externalNumber: 5001n },
			{ number: 10001n, name: "Borettslaget Utsikten", externalNumber: 5002n },
		],
		departments: [
			{ code: "1", name: "Restaurant" },
			{ code: "2", name: "Bar" },
		],
		locations: [{ code: "OSL", name: "Oslo" }],
		openInvoices: [],
		lockDate: null,
		conversionDate: "2020-01-01",
		firstVoucherNo: 1n,
		privileges: POINT_OF_SALE_PRIVILEGES,
		invalidPrivileges: [],
		subscriptions: ["Accounting"],
		...overrides,
	};
}
