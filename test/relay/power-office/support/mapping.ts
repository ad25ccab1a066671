import { type Mapping, mappingSchema } from "../../../../src/config/schema/relay-mapping.ts";
import { tillMapping, type VoucherMapping } from "../../../../src/relay/power-office/voucher-mapping.ts";

/** The restaurant of the point-of-sale page: its accounts, and 7740 for rounding. */
export const RESTAURANT = {
	stores: {
		"0001": { company: "restaurant", cono: 100, divi: "AAA", whlo: "001" },
		"0002": { company: "restaurant", cono: 100, divi: "AAA", whlo: "002" },
	},
	companies: { restaurant: { clientKeyFile: "client-key", roundingAccount: 7740 } },
	itemGroups: {
		FOOD: { account: 3000, accountByVatCode: { "31": 3001 }, name: "Food" },
		BEER: { account: 3002, name: "Beer" },
		SODA: { account: 3003, name: "Soda" },
	},
	lineKinds: { giftCardIssue: { account: 2900, name: "Gift cards" }, tip: { account: 2910, name: "Tips" } },
	tenders: { cash: { account: 1901 }, visa: { account: 1910 }, mc: { account: 1902 } },
};

/** A mapping from plain data; faults in it throw. */
export const mappingOf = (mapping: unknown = RESTAURANT): Mapping => mappingSchema.parse(mapping);

/** The voucher mapping of store 0001. */
export const voucherMappingOf = (mapping: unknown = RESTAURANT): VoucherMapping => {
	const found = tillMapping(mappingOf(mapping), { store: "0001", till: "1" }, null);
	if (found.kind !== "mapped") throw new Error(found.detail);
	return found.voucher;
};
