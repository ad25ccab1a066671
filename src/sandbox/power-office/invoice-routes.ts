import { bookVoucher } from "./booking.ts";
import { bindInvoice, type InvoiceKind } from "./invoice-draft.ts";
import { invoiceDto } from "./invoice-dto.ts";
import { judgeInvoice } from "./invoice-rules.ts";
import { type Answer, jsonAnswer, problemAnswer } from "./problem.ts";
import type { Call, Route } from "./route.ts";
import { bookingContext, judgeContentType, provisionalVoucherNo, readOwnVoucher } from "./voucher-routes.ts";

const ROLES = ["OutgoingInvoiceVoucher_Full"];

/**
 * Invoices that the till has already sent (sections 2.1 and 5.2). Reading is in the specification; posting, and credit
 * notes altogether, exist by the switch only.
 */
export const INVOICE_ROUTES: readonly Route[] = [
	{
		method: "GET",
		path: "Vouchers/OutgoingInvoiceJournals/{id}",
		roles: ROLES,
		query: [],
		handle: (call) => readOwnVoucher(call, "OutgoingInvoice", invoiceDto),
	},
	...postingRoute("Vouchers/OutgoingInvoiceJournals", "OutgoingInvoice"),
	...postingRoute("Vouchers/OutgoingCreditNoteJournals", "OutgoingCreditNote"),
	{
		method: "GET",
		path: "Vouchers/OutgoingCreditNoteJournals/{id}",
		roles: ROLES,
		query: [],
		exists: ({ outgoingInvoicePosting }) => outgoingInvoicePosting === "present",
		handle: (call) => readOwnVoucher(call, "OutgoingCreditNote", invoiceDto),
	},
];

function postingRoute(path: string, kind: InvoiceKind): readonly Route[] {
	return [
		{
			method: "POST",
			path,
			roles: ROLES,
			query: [],
			exists: ({ outgoingInvoicePosting }) => outgoingInvoicePosting === "present",
			handle: (call) => post(call, kind),
		},
	];
}

function post(call: Call, kind: InvoiceKind): Answer {
	const { book, request, world } = call;
	const refusal = judgeContentType(request.header("content-type"));
	if (refusal !== null) return problemAnswer(refusal, world.switches);
	const draft = bindInvoice(request.body, kind, world.switches);
	if (!draft.ok) return problemAnswer(draft.problem, world.switches);
	const content = judgeInvoice(draft.value, book, world.switches);
	if (!content.ok) return problemAnswer(content.problem, world.switches);
	const voucher = bookVoucher(content.value, bookingContext(call), null);
	return jsonAnswer(201, invoiceDto(voucher, provisionalVoucherNo(voucher, world.switches), false, world.switches));
}
