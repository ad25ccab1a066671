import { type ClientBook, customerControlAccount } from "./book.ts";
import { parseDecimal } from "./decimal.ts";
import { judgeCurrency, judgeLength, readAmount } from "./field-rules.ts";
import type { Account, Customer, Dimension, VatCode } from "./master-data.ts";
import { accepted, type Outcome, type Problem, refused, voucherProblem } from "./problem.ts";
import type { PowerOfficeSwitches } from "./switches.ts";
import type { VoucherLine } from "./voucher.ts";
import type { LineDraft } from "./voucher-draft.ts";

/** Dimensions the sandbox keeps none of: every id of them is unknown. */
const UNKEPT_DIMENSIONS = {
	ProjectId: "Project",
	ProductId: "Product",
	Dim1Id: "Dimension 1",
	Dim2Id: "Dimension 2",
	Dim3Id: "Dimension 3",
} as const;

/** Resolves the ids of a line and judges it by the rules of section 2.1. `where` names the line in the texts. */
export function resolveLine(
	line: LineDraft,
	where: string,
	book: ClientBook,
	switches: PowerOfficeSwitches,
): Outcome<VoucherLine> {
	const amount = readAmount(line.CurrencyAmount, `${where}.CurrencyAmount`, switches);
	if (!amount.ok) return amount;
	const target = resolveAccount(line.AccountId, book, switches);
	if (!target.ok) return target;
	const vat = resolveVat(line.VatId, line.PostingDate ?? "", target.value.account, book, switches);
	if (!vat.ok) return vat;
	const department = resolveDimension("Department", line.DepartmentId, book.departments, switches);
	if (!department.ok) return department;
	const location = resolveDimension("Location", line.LocationId, book.locations, switches);
	if (!location.ok) return location;
	const problem =
		judgeUnkeptDimensions(line, switches) ??
		judgeRequiredDimensions(target.value.account, department.value) ??
		judgeCurrency(line.CurrencyCode) ??
		judgeExchangeRate(line.CurrencyExchangeRate) ??
		judgeLength("Description", line.Description, switches.descriptionMaxLength) ??
		judgeLength("CustomMatchingReference", line.CustomMatchingReference, switches.customMatchingReferenceMaxLength);
	if (problem !== null) return refused(problem);
	return accepted({
		...target.value,
		vat: vat.value,
		amountMinor: amount.value,
		postingDate: line.PostingDate ?? "",
		description: line.Description,
		customMatchingReference: line.CustomMatchingReference,
		externalLineReference: line.ExternalLineReference,
		cid: line.Cid,
		invoiceNo: line.InvoiceNo,
		department: department.value,
		location: location.value,
		quantity: line.Quantity,
		quantity2: line.Quantity2,
		exchangeRate: line.CurrencyExchangeRate,
		vatReturnSpecification: line.VatReturnSpecification ?? "None",
	});
}

/** Where a line posts: a general ledger account, or a customer's sub-ledger account and its control account. */
type PostingTarget = { readonly account: Account; readonly customer: Customer | null };

/** Resolves AccountId, which is an id of either kind and never an account number (section 2.1). */
function resolveAccount(id: bigint | null, book: ClientBook, switches: PowerOfficeSwitches): Outcome<PostingTarget> {
	const customer = book.customers.find((candidate) => candidate.subledgerAccountId === id);
	if (customer !== undefined) return accepted({ account: customerControlAccount(book), customer });
	const account = book.accounts.find((candidate) => candidate.id === id);
	if (account === undefined) return refused(unresolved("Account", id, switches));
	// Section 2.1: "Accounts set up as sub-ledger (1500, 2400) cannot be posted to directly" (text [U]).
	if (account.subLedger !== null) {
		return refused(voucherProblem(`Account ${account.accountNo} is a sub-ledger account and cannot be posted to.`));
	}
	// Section 2.5, IsActive (text [U], section 1.7).
	if (!account.active) return refused(voucherProblem(`Account ${account.accountNo} is not active.`));
	// Section 2.1: "do not post 27xx lines"; whether Go refuses them is not said.
	if (account.isVatAccount && switches.directVatAccountPosting === "refuse") {
		return refused(voucherProblem(`Account ${account.accountNo} is a VAT account and cannot be posted to.`));
	}
	return accepted({ account, customer: null });
}

/** Resolves VatId and judges it against the account and the posting date (section 2.5). */
function resolveVat(
	id: bigint | null,
	postingDate: string,
	account: Account,
	book: ClientBook,
	switches: PowerOfficeSwitches,
): Outcome<VatCode> {
	const vat = book.vatCodes.find((candidate) => candidate.id === id);
	if (vat === undefined) return refused(unresolved("VatCode", id, switches));
	// Section 2.5: IsActive, ValidFrom, ValidTo.
	if (!vat.active) return refused(voucherProblem(`VAT code ${vat.code} is not active.`));
	if (postingDate < vat.validFrom || (vat.validTo !== null && postingDate > vat.validTo)) {
		return refused(voucherProblem(`VAT code ${vat.code} is not valid on ${postingDate}.`));
	}
	// Section 2.5: IsVatCodeLocked, "only that code allowed" (text [U]).
	if (account.vatCodeLocked && vat.id !== account.vatCode.id) {
		return refused(
			voucherProblem(`Account ${account.accountNo} is locked to VAT code ${account.vatCode.code}, not ${vat.code}.`),
		);
	}
	return accepted(vat);
}

/** Resolves the id of a department or location (section 2.5); null for none given. */
export function resolveDimension(
	kind: string,
	id: bigint | null,
	known: readonly Dimension[],
	switches: PowerOfficeSwitches,
): Outcome<Dimension | null> {
	if (id === null) return accepted(null);
	const found = known.find((candidate) => candidate.id === id);
	if (found === undefined) return refused(unresolved(kind, id, switches));
	// Section 2.5, IsActive.
	return found.active ? accepted(found) : refused(voucherProblem(`${kind} ${found.code} is not active.`));
}

function judgeUnkeptDimensions(line: LineDraft, switches: PowerOfficeSwitches): Problem | null {
	for (const [property, kind] of Object.entries(UNKEPT_DIMENSIONS)) {
		const id = line[property as keyof typeof UNKEPT_DIMENSIONS];
		if (id !== null) return unresolved(kind, id, switches);
	}
	return null;
}

/** Section 2.5: IsDepartmentRequired, IsProjectRequired (texts [U], section 6 item 2). */
function judgeRequiredDimensions(account: Account, department: Dimension | null): Problem | null {
	if (account.departmentRequired && department === null) {
		return voucherProblem(`Department is required on account ${account.accountNo}.`);
	}
	return account.projectRequired ? voucherProblem(`Project is required on account ${account.accountNo}.`) : null;
}

/** Section 2.1: the normalized rate, "always base 1"; the base currency's own rate can only be 1. */
export function judgeExchangeRate(text: string | null): Problem | null {
	if (text === null) return null;
	const rate = parseDecimal(text);
	const isOne = rate !== null && rate.units === 10n ** BigInt(rate.scale);
	return isOne ? null : voucherProblem(`CurrencyExchangeRate ${text} does not fit the base currency, whose rate is 1.`);
}

/** Section 1.7: 404 "is also used for unresolved references in a POST", with the status as a switch. */
export function unresolved(what: string, id: bigint | null, switches: PowerOfficeSwitches): Problem {
	return voucherProblem(`${what} with id = ${id} not found.`, switches.unresolvedStatus);
}
