import type { LineKind } from "../../events/ticket-document.ts";

/** Which account the sales of some item groups, line kinds and VAT codes go to. What a rule leaves out matches all. */
export interface SalesRule {
	/** Item groups; a line without a group matches only a rule that names none. */
	readonly itemGroups?: readonly string[] | undefined;
	/** Line kinds; sale and return when left out. */
	readonly kinds?: readonly LineKind[] | undefined;
	/** SAF-T tax codes of the lines. */
	readonly vatCodes?: readonly string[] | undefined;
	readonly accountNo: number;
	/** VAT code to post with instead of the line's own: for an account that is locked to another one without VAT. */
	readonly postVatCode?: string | undefined;
	/** What the voucher line says; the item group when left out. */
	readonly description?: string | undefined;
}

/** Which account holds what was taken by a tender type (poweroffice.md section 2.7: one asset account per payment method). */
export interface TenderRule {
	readonly tenderType: string;
	readonly accountNo: number;
	/** What the voucher line says; the tender's own description when left out. */
	readonly description?: string | undefined;
}

/** From the till's words to the accounts of one PowerOffice client. Account numbers are the client's choice (section 4.2). */
export interface VoucherMapping {
	/** The first rule that matches a line is the one. */
	readonly sales: readonly SalesRule[];
	readonly tenders: readonly TenderRule[];
	/** Account of the cash rounding (usually 7740); undefined while none is set. */
	readonly roundingAccountNo: number | undefined;
	/** VAT code of lines without VAT: tenders, rounding, customer ledger (section 4.1: "0"). */
	readonly balanceVatCode: string;
	/** Where unmapped sales go, per VAT code; a code that is not in here is never posted to suspense (DESIGN section 8). */
	readonly suspense: readonly { readonly vatCode: string; readonly accountNo: number }[];
}

/** The kinds that a rule without `kinds` is for. */
const SALE_KINDS: readonly LineKind[] = ["sale", "return"];

/** The rule for a line, or undefined when none is set. */
export const salesRuleFor = (
	mapping: VoucherMapping,
	line: { readonly itemGroup: string | null; readonly kind: LineKind; readonly vatCode: string },
): SalesRule | undefined => {
	const rule = mapping.sales.find(
		(candidate) =>
			(candidate.kinds ?? SALE_KINDS).includes(line.kind) &&
			(candidate.itemGroups === undefined ||
				(line.itemGroup !== null && candidate.itemGroups.includes(line.itemGroup))) &&
			(candidate.vatCodes === undefined || candidate.vatCodes.includes(line.vatCode)),
	);
	if (rule !== undefined) return rule;
	const suspense = mapping.suspense.find((candidate) => candidate.vatCode === line.vatCode);
	return suspense === undefined ? undefined : { accountNo: suspense.accountNo, description: "Suspense" };
};
