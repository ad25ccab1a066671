import { type BindingErrors, type Bound, bindObject } from "./bind.ts";
import { BANK_VOUCHER_LINE_POST_FIELDS, VOUCHER_LINE_POST_FIELDS, VOUCHER_POST_FIELDS } from "./dto-fields.ts";
import { type JsonIn, parseJson } from "./json.ts";
import { accepted, bindingProblem, type Outcome, refused } from "./problem.ts";
import type { PowerOfficeSwitches } from "./switches.ts";

/** The three kinds of voucher that are posted with lines of their own (section 2.1). */
export type JournalKind = "CashJournal" | "BankJournal" | "ManualJournal";

/** A voucher line as it came, bound to its types; Cid and InvoiceNo are null where the DTO lacks them. */
export type LineDraft = Bound<typeof BANK_VOUCHER_LINE_POST_FIELDS>;

/** A voucher as it came, bound to its types and not yet judged by any rule. */
export type VoucherDraft = {
	readonly kind: JournalKind;
	readonly header: Bound<typeof VOUCHER_POST_FIELDS>;
	readonly lines: readonly LineDraft[];
};

/** Binds the body of a POST on one of the voucher resources. All malformed properties are reported at once. */
export function bindVoucher(body: string, kind: JournalKind, switches: PowerOfficeSwitches): Outcome<VoucherDraft> {
	const json = readJson(body);
	if (!json.ok) return json;
	const errors: BindingErrors = {};
	const header = bindObject(json.value, VOUCHER_POST_FIELDS, "", errors, switches);
	const lines = (header.VoucherLines ?? []).map((line, index) => bindLine(line, index, kind, errors, switches));
	if (Object.keys(errors).length > 0) return refused(bindingProblem(errors));
	return accepted({ kind, header, lines });
}

/** Parses a request body; what is no JSON is a malformed request. */
export function readJson(body: string): Outcome<JsonIn> {
	try {
		return accepted(parseJson(body));
	} catch (error) {
		if (!(error instanceof SyntaxError)) throw error;
		return refused(bindingProblem({ $: [`The request body is not JSON: ${error.message}`] }));
	}
}

function bindLine(
	json: JsonIn,
	index: number,
	kind: JournalKind,
	errors: BindingErrors,
	switches: PowerOfficeSwitches,
): LineDraft {
	const path = `VoucherLines[${index}]`;
	// Section 2.1: Cid and InvoiceNo stand on bank voucher lines only.
	if (kind === "BankJournal") return bindObject(json, BANK_VOUCHER_LINE_POST_FIELDS, path, errors, switches);
	return { ...bindObject(json, VOUCHER_LINE_POST_FIELDS, path, errors, switches), Cid: null, InvoiceNo: null };
}
