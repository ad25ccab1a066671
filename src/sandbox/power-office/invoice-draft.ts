import { type BindingErrors, type Bound, bindObject } from "./bind.ts";
import { OUTGOING_INVOICE_LINE_POST_FIELDS, OUTGOING_INVOICE_POST_FIELDS } from "./dto-fields.ts";
import { accepted, bindingProblem, type Outcome, refused } from "./problem.ts";
import type { PowerOfficeSwitches } from "./switches.ts";
import { readJson } from "./voucher-draft.ts";

/** The two kinds of invoice voucher (sections 2.1 and 5.2). */
export type InvoiceKind = "OutgoingInvoice" | "OutgoingCreditNote";

/** An invoice line as it came. */
export type InvoiceLineDraft = Bound<typeof OUTGOING_INVOICE_LINE_POST_FIELDS>;

/** An invoice voucher as it came, bound to its types. */
export type InvoiceDraft = {
	readonly kind: InvoiceKind;
	readonly header: Bound<typeof OUTGOING_INVOICE_POST_FIELDS>;
	readonly lines: readonly InvoiceLineDraft[];
};

/** Binds the body of a POST of an invoice that the till has already sent. */
export function bindInvoice(body: string, kind: InvoiceKind, switches: PowerOfficeSwitches): Outcome<InvoiceDraft> {
	const json = readJson(body);
	if (!json.ok) return json;
	const errors: BindingErrors = {};
	const header = bindObject(json.value, OUTGOING_INVOICE_POST_FIELDS, "", errors, switches);
	const lines = (header.OutgoingInvoiceLines ?? []).map((line, index) =>
		bindObject(line, OUTGOING_INVOICE_LINE_POST_FIELDS, `OutgoingInvoiceLines[${index}]`, errors, switches),
	);
	if (Object.keys(errors).length > 0) return refused(bindingProblem(errors));
	return accepted({ kind, header, lines });
}
