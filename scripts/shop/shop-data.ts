import type { MasterData } from "../../src/sandbox/m3/master-data/master-data.ts";
import type { PowerOfficeClientSpec } from "../../src/sandbox/power-office/client-spec.ts";
import { powerOfficeClient, SEED_ACCOUNTS } from "../../src/sandbox/power-office/default-client.ts";

/** The shop's store id, on every paper and topic. */
export const STORE = "OSLO1";

/** The M3 warehouse of the shop; the M3 sandbox knows it. */
export const WAREHOUSE = "001";

/** The company that owns the shop, as the mapping calls it. */
export const COMPANY = "restaurant";

/**
 * What the shop sells: Item A of Infor's page on cash sales, and the four kinds of the PowerOffice page's Friday night.
 * The form is that of `tillctl catalog import`.
 */
export const CATALOG_CSV = `item_id,description,item_group,price,vat_code,unit,unit_text,codes
Item A,Item A,goods,99.95,3,Pcs,Pce,7038010001659
FOOD,Dinner,food,125.00,3,Pcs,Pce,7038010000010
TAKEAWAY,Take-away box,take-away,115.00,31,Pcs,Pce,7038010000027
BEER,Beer 0.4 l,beer,100.00,3,Pcs,Pce,7038010000034
SODA,Soda 0.3 l,soda,50.00,3,Pcs,Pce,7038010000041
`;

/** The tender types of the tills. */
export const TENDER_TYPES = [
	{ id: "cash", description: "Cash", safTCode: "12001", isCash: true, change: "cash", opensDrawer: true },
	{ id: "mc", description: "Master Card", safTCode: "12003", change: "cash" },
	{ id: "visa", description: "Visa", safTCode: "12003" },
] as const;

/** How head office maps the tills' words to both ERPs. */
export const MAPPING = {
	stores: { [STORE]: { company: COMPANY, cono: 100, divi: "AAA", whlo: WAREHOUSE } },
	itemGroups: {
		goods: { account: 3010, name: "Goods", vatCode: "3" },
		food: { account: 3000, name: "In house food", vatCode: "3" },
		"take-away": { account: 3001, name: "Take-away food", vatCode: "31" },
		beer: { account: 3002, name: "Beer", vatCode: "3" },
		soda: { account: 3003, name: "Soda", vatCode: "3" },
	},
	tenders: {
		cash: { account: 1901, paymentMethod: "CSH" },
		mc: { account: 1902, paymentMethod: "MC" },
		visa: { account: 1910, paymentMethod: "VIS" },
	},
	m3: { vatCodes: { "3": 25, "31": 15 } },
} as const;

/** Account of cash rounding (NS 4102: øresavrunding). */
export const ROUNDING_ACCOUNT = 7740;

const item = (itno: string, itds: string, vtcs: string): MasterData["items"][number] => ({
	itno,
	itds,
	unms: "Pcs",
	vtcs,
	alternateUnits: [],
});

/** What the M3 administrator has set up beside the sandbox's own Item A. */
export const M3_MASTER_DATA: Partial<MasterData> = {
	items: [
		item("FOOD", "Dinner", "25"),
		item("TAKEAWAY", "Take-away box", "15"),
		item("BEER", "Beer", "25"),
		item("SODA", "Soda", "25"),
	],
	stock: ["FOOD", "TAKEAWAY", "BEER", "SODA"].map((itno) => ({ whlo: WAREHOUSE, itno, quantity: "500" })),
};

/** The PowerOffice client: the page's accounts and one for Item A. */
export const POWER_OFFICE_CLIENT: PowerOfficeClientSpec = powerOfficeClient({
	accounts: [...SEED_ACCOUNTS, { accountNo: 3010n, name: "Goods", type: "Income", vatCode: "3" }],
});
