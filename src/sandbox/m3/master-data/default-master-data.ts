import type { MasterData } from "./master-data.ts";

/**
 * What the stand-in knows unless told more: company 100 with division AAA and shop 001, the item and payment methods of
 * the cash sales document (SEED: Item A at 99.95 with 25 % VAT; MC, CSH and RND with bank operations 47, 45 and 46), Visa
 * (VIS, bank operation 48: the stand-in's choice), a cash customer, a known customer with a price of his own, and the user
 * TILLPOS (password `till-pos`). VAT codes are named by their percentage; real tenants have codes of their own.
 */
export const DEFAULT_MASTER_DATA: MasterData = {
	divisions: [{ cono: "100", divi: "AAA", name: "Sandbox Retail", faci: "A01", currency: "NOK" }],
	shops: [{ whlo: "001", cono: "100", divi: "AAA", inventoryInterface: true, financialInterface: true }],
	items: [{ itno: "Item A", itds: "Item A", unms: "Pcs", vtcs: "25", alternateUnits: [] }],
	paymentMethods: [
		{ pycd: "MC", name: "Master Card", bankOperation: "47" },
		{ pycd: "CSH", name: "Cash", bankOperation: "45" },
		{ pycd: "RND", name: "Rounding off", bankOperation: "46" },
		{ pycd: "VIS", name: "Visa", bankOperation: "48" },
	],
	vatCodes: [
		{ vtcd: "25", percent: "25" },
		{ vtcd: "15", percent: "15" },
		{ vtcd: "12", percent: "12" },
		{ vtcd: "0", percent: "0" },
	],
	currencies: [
		{ cucd: "NOK", decimals: 2 },
		{ cucd: "SEK", decimals: 2 },
		{ cucd: "DKK", decimals: 2 },
		{ cucd: "EUR", decimals: 2 },
	],
	customers: [
		{ cuno: "CASH", name: "Cash customer" },
		{ cuno: "10001", name: "Known customer" },
	],
	prices: [
		{ itno: "Item A", cucd: "NOK", price: "99.95", per: 1, vatIncluded: true },
		{ itno: "Item A", cuno: "10001", cucd: "NOK", price: "99.95", per: 1, vatIncluded: true, discountPercent: "10" },
	],
	stock: [{ whlo: "001", itno: "Item A", quantity: "100" }],
	users: [
		{
			usid: "TILLPOS",
			name: "Till service account",
			password: "till-pos",
			cono: "100",
			divi: "AAA",
			faci: "A01",
			whlo: "001",
		},
	],
};
