import type { Mapping, SalesMapping } from "../../config/schema/relay-mapping.ts";
import type { TicketLine } from "../../events/ticket-document.ts";

/** From the till's words to the accounts of one PowerOffice client. Account numbers are the client's choice (poweroffice.md section 4.2). */
export interface VoucherMapping {
	/** Key in the mapping's companies. */
	readonly company: string;
	readonly itemGroups: ReadonlyMap<string, SalesMapping>;
	/** For lines without an item group. */
	readonly lineKinds: ReadonlyMap<string, SalesMapping>;
	/** Tender type -> account: one asset account per payment method (section 2.7). */
	readonly tenderAccounts: ReadonlyMap<string, number>;
	/** Account of cash rounding (usually 7740); undefined while none is set. */
	readonly roundingAccountNo: number | undefined;
	/** Where unmapped sales go, per VAT code; a code that is not in here is never posted to suspense (DESIGN section 8). */
	readonly suspenseAccounts: ReadonlyMap<string, number>;
	/** System id of the tills' own SAF-T files; null: store and till. */
	readonly saftSourceId: string | null;
	/** Dimensions of every line, by code. */
	readonly departmentCode: string | null;
	readonly locationCode: string | null;
}

/** The client a till books to, and how; or why there is none. */
export type TillMapping =
	| { readonly kind: "mapped"; readonly voucher: VoucherMapping }
	| { readonly kind: "unmapped"; readonly detail: string };

/** The mapping of one till: its store names the company, which is the PowerOffice client. */
export const tillMapping = (
	mapping: Mapping,
	address: { readonly store: string; readonly till: string },
	saftSourceId: string | null,
): TillMapping => {
	const store = mapping.stores[address.store];
	if (store === undefined) return { kind: "unmapped", detail: `store ${address.store} is not in mapping.stores` };
	if (store.tills !== undefined && !store.tills.includes(address.till)) {
		return { kind: "unmapped", detail: `till ${address.till} is not among the tills of store ${address.store}` };
	}
	const company = mapping.companies[store.company];
	if (company === undefined)
		return { kind: "unmapped", detail: `company ${store.company} is not in mapping.companies` };
	return {
		kind: "mapped",
		voucher: {
			company: store.company,
			itemGroups: new Map(Object.entries(mapping.itemGroups)),
			lineKinds: new Map(Object.entries(mapping.lineKinds)),
			tenderAccounts: new Map(
				Object.entries(mapping.tenders).flatMap(([tenderType, { account }]) =>
					account === undefined ? [] : [[tenderType, account]],
				),
			),
			roundingAccountNo: company.roundingAccount,
			suspenseAccounts: new Map(Object.entries(company.suspenseAccounts ?? {})),
			saftSourceId,
			departmentCode: store.departmentCode ?? null,
			locationCode: store.locationCode ?? null,
		},
	};
};

/** Where a line's sale goes and what the voucher line calls it; undefined when nothing says so. */
export const salesAccount = (
	mapping: VoucherMapping,
	line: Pick<TicketLine, "itemGroup" | "kind" | "vatCode">,
): { readonly accountNo: number; readonly name: string | undefined } | undefined => {
	const sales = line.itemGroup === null ? mapping.lineKinds.get(line.kind) : mapping.itemGroups.get(line.itemGroup);
	const own = sales?.accountByVatCode?.[line.vatCode];
	if (own !== undefined) return { accountNo: own, name: sales?.name };
	if (sales !== undefined && (sales.vatCode === undefined || sales.vatCode === line.vatCode)) {
		return { accountNo: sales.account, name: sales.name };
	}
	const suspense = mapping.suspenseAccounts.get(line.vatCode);
	return suspense === undefined ? undefined : { accountNo: suspense, name: "Suspense" };
};
