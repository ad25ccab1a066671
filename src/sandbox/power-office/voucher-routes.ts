import { type BookingContext, bookVoucher } from "./booking.ts";
import { accessRefusal } from "./gateway-check.ts";
import { type Answer, jsonAnswer, notFound, type Problem, problemAnswer } from "./problem.ts";
import { reverseVoucher } from "./reversal.ts";
import type { Call, Route } from "./route.ts";
import type { PowerOfficeSwitches } from "./switches.ts";
import { replicaView, shownReversal } from "./visibility.ts";
import type { Voucher } from "./voucher.ts";
import { bindVoucher, type JournalKind } from "./voucher-draft.ts";
import { voucherDto } from "./voucher-dto.ts";
import { judgeVoucher } from "./voucher-rules.ts";

const ROLE_OF_TYPE: { readonly [type: string]: string } = {
	CashJournal: "CashVoucher_Full",
	BankJournal: "BankVoucher_Full",
	ManualJournal: "ManualVoucher_Full",
	OutgoingInvoice: "OutgoingInvoiceVoucher_Full",
};

/** Direct posting to the general ledger (section 2.1). There is no list and no search on vouchers (section 1.8). */
export const VOUCHER_ROUTES: readonly Route[] = [
	...journalRoutes("CashJournal", "Vouchers/CashJournals", "CashVoucher_Full"),
	...journalRoutes("BankJournal", "Vouchers/BankJournals", "BankVoucher_Full"),
	...journalRoutes("ManualJournal", "Vouchers/ManualJournals", "ManualVoucher_Full"),
	{ method: "POST", path: "Vouchers/Reverse/{id}", roles: null, query: [], handle: reverse },
];

function journalRoutes(kind: JournalKind, path: string, role: string): readonly Route[] {
	return [
		{ method: "POST", path, roles: [role], query: [], handle: (call) => post(call, kind) },
		{
			method: "GET",
			path: `${path}/{id}`,
			roles: [role],
			query: [],
			handle: (call) => readOwnVoucher(call, kind, voucherDto),
		},
	];
}

function post(call: Call, kind: JournalKind): Answer {
	const { book, request, world } = call;
	const refusal = judgeContentType(request.header("content-type"));
	if (refusal !== null) return problemAnswer(refusal, world.switches);
	const draft = bindVoucher(request.body, kind, world.switches);
	if (!draft.ok) return problemAnswer(draft.problem, world.switches);
	const content = judgeVoucher(draft.value, book, world.switches);
	if (!content.ok) return problemAnswer(content.problem, world.switches);
	const voucher = bookVoucher(content.value, bookingContext(call), null);
	const shownNo = provisionalVoucherNo(voucher, world.switches);
	return jsonAnswer(201, voucherDto(voucher, shownNo, false, world.switches));
}

/** Writes a voucher with the number and the reversed state to show. */
export type VoucherWriter = typeof voucherDto;

/** Reads a voucher by GUID: own vouchers only, of this resource only (section 2.1). Its number is final here. */
export function readOwnVoucher(call: Call, type: Voucher["type"], write: VoucherWriter): Answer {
	const { book, id, world } = call;
	const { readLag } = world.switches;
	const isShown = replicaView(book, readLag.vouchersById === true ? readLag : {}, world.clock.nowMs());
	const found = book.vouchers.find((voucher) => voucher.id === id.toLowerCase());
	if (found === undefined || !found.own || found.type !== type || !isShown(found)) {
		return problemAnswer(notFound("Voucher", id), world.switches);
	}
	const isReversed = shownReversal(found, isShown) !== null;
	return jsonAnswer(200, write(found, found.voucherNo, isReversed, world.switches));
}

/** Section 2.1: VoucherNo "can be missing/0 in the POST answer"; whether it is final there is [U]. */
export function provisionalVoucherNo(voucher: Voucher, switches: PowerOfficeSwitches): bigint | undefined {
	if (switches.voucherNoInPost === "final") return voucher.voucherNo;
	return switches.voucherNoInPost === "zero" ? 0n : undefined;
}

/** Section 1.5: POST takes application/json, application/json-patch+json, text/json (OAS: application/*+json too). */
export function judgeContentType(header: string | null): Problem | null {
	const mediaType = (header ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
	if (/^(application\/(.+\+)?json|text\/json)$/.test(mediaType)) return null;
	return { status: 415, title: "Unsupported Media Type", detail: `The content type '${mediaType}' is not JSON.` };
}

/** What booking needs, from a call. */
export function bookingContext({ book, world }: Call): BookingContext {
	return { book, switches: world.switches, nowMs: world.clock.nowMs(), newGuid: world.newGuid };
}

/** `POST /Vouchers/Reverse/{guid}`: 200 or 202 with an empty body. Which role it needs is section 6 item 8 [U]. */
function reverse(call: Call): Answer {
	const { book, grant, id, world } = call;
	const voucher = book.vouchers.find((candidate) => candidate.id === id.toLowerCase());
	const role =
		world.switches.reverseRole === "voucherType" && voucher !== undefined
			? (ROLE_OF_TYPE[voucher.type] ?? "YearEndVoucher_Full")
			: "YearEndVoucher_Full";
	if (!grant.roles.includes(role)) return accessRefusal(403, world.switches);
	const reversal = reverseVoucher(id.toLowerCase(), bookingContext(call));
	if (!reversal.ok) return problemAnswer(reversal.problem, world.switches);
	return { status: world.switches.reverseStatus, body: null };
}
