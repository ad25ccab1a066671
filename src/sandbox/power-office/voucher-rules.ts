import type { ClientBook } from "./book.ts";
import { BASE_CURRENCY, emptyToNull, judgeCurrency, judgeLength } from "./field-rules.ts";
import { resolveLine } from "./line-rules.ts";
import { accepted, type Outcome, type Problem, refused, voucherProblem } from "./problem.ts";
import type { PowerOfficeSwitches } from "./switches.ts";
import type { VoucherContent, VoucherLine } from "./voucher.ts";
import type { VoucherDraft } from "./voucher-draft.ts";

/** SaftSourceId and SaftBatchId: "Max length 35 characters" (section 2.1, OAS). */
export const SAFT_ID_MAX_LENGTH = 35;

/**
 * Judges a voucher by the rules of the reference, in the order header, lines, whole. The first refusal is the answer;
 * its text is the sandbox's own (section 6 item 2: status and texts [U]).
 */
export function judgeVoucher(
	draft: VoucherDraft,
	book: ClientBook,
	switches: PowerOfficeSwitches,
): Outcome<VoucherContent> {
	const { header } = draft;
	const headerProblem = judgeHeader(draft, switches) ?? judgeReference(header.ExternalImportReference, book, switches);
	if (headerProblem !== null) return refused(headerProblem);
	const lines: VoucherLine[] = [];
	for (const [index, line] of draft.lines.entries()) {
		const resolved = resolveLine(line, `VoucherLines[${index}]`, book, switches);
		if (!resolved.ok) return resolved;
		lines.push(resolved.value);
	}
	const wholeProblem = judgeDates(lines, book) ?? judgeBalance(lines);
	if (wholeProblem !== null) return refused(wholeProblem);
	return accepted({
		type: draft.kind,
		own: true,
		voucherDate: header.VoucherDate ?? "",
		currencyCode: header.CurrencyCode ?? BASE_CURRENCY,
		description: header.Description,
		externalImportReference: emptyToNull(header.ExternalImportReference),
		importedVoucherNo: header.ImportedVoucherNo,
		saftSourceId: header.SaftSourceId,
		saftBatchId: header.SaftBatchId,
		invoice: null,
		lines,
	});
}

/**
 * Section 1.8: "only one instance of the reference can exist on the client"; reversing frees it. The shape is that of
 * the customer example in section 1.7; the exact text for vouchers and the status are [U].
 */
export function judgeReference(
	reference: string | null,
	book: ClientBook,
	switches: PowerOfficeSwitches,
): Problem | null {
	if (emptyToNull(reference) === null) return null;
	const holder = book.vouchers.find(
		(voucher) => voucher.externalImportReference === reference && voucher.reversedBy === null,
	);
	if (holder === undefined) return null;
	return voucherProblem(
		`ExternalImportReference is already in use. '${reference}' is used on (voucher) Id = ${holder.id}.`,
		switches.duplicateStatus,
	);
}

/** Section 2.1: dates on or before LockDate, or before ConversionDate, cannot be posted (OAS). */
export function judgeDates(lines: readonly { readonly postingDate: string }[], book: ClientBook): Problem | null {
	const { lockDate, conversionDate } = book;
	for (const { postingDate } of lines) {
		if (lockDate !== null && postingDate <= lockDate) {
			return voucherProblem(`PostingDate ${postingDate} is in a locked period. The lock date is ${lockDate}.`);
		}
		if (postingDate < conversionDate) {
			return voucherProblem(`PostingDate ${postingDate} is before the conversion date ${conversionDate}.`);
		}
	}
	return null;
}

function judgeHeader(draft: VoucherDraft, switches: PowerOfficeSwitches): Problem | null {
	const { header, lines } = draft;
	const currency = judgeCurrency(header.CurrencyCode);
	if (currency !== null) return currency;
	// Section 2.1, lines sum to 0 per voucher: a voucher without lines has nothing to post.
	if (lines.length === 0) return voucherProblem("The voucher has no lines.");
	if (switches.maxVoucherLines !== null && lines.length > switches.maxVoucherLines) {
		return voucherProblem(`The voucher has more than ${switches.maxVoucherLines} lines.`);
	}
	const reference = header.ExternalImportReference;
	return (
		judgeLength("SaftSourceId", header.SaftSourceId, SAFT_ID_MAX_LENGTH) ??
		judgeLength("SaftBatchId", header.SaftBatchId, SAFT_ID_MAX_LENGTH) ??
		judgeLength("ExternalImportReference", reference, switches.externalImportReferenceMaxLength) ??
		judgeLength("Description", header.Description, switches.descriptionMaxLength)
	);
}

/** Section 2.1: the lines of a voucher sum to 0 [I]; the text of the error is [U]. */
function judgeBalance(lines: readonly VoucherLine[]): Problem | null {
	const sum = lines.reduce((total, line) => total + line.amountMinor, 0n);
	return sum === 0n ? null : voucherProblem("The voucher is not balanced: the lines do not sum to 0.");
}
