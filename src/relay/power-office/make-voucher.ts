import type { TicketDocument, TicketLine } from "../../events/ticket-document.ts";
import type { ZReport } from "../../events/z-report.ts";
import { type Amount, add, negate, sum, ZERO } from "../../money/amount.ts";
import { importReference } from "./import-reference.ts";
import type { CashVoucher, LinePurpose, Reason, VoucherLine, VoucherOutcome } from "./voucher.ts";
import { salesAccount, type VoucherMapping } from "./voucher-mapping.ts";

/** What a Z is made into a voucher from. */
export interface VoucherSource {
	/** The day that is closed: by its till's Z, or by the relay's own report. */
	readonly day: Pick<ZReport, "store" | "till" | "z" | "businessDate" | "currency">;
	/** The tickets of the Z as they came; training and credit-settled ones may be among them and are left out. */
	readonly tickets: readonly TicketDocument[];
	readonly mapping: VoucherMapping;
	/** See {@link CashVoucher}. */
	readonly revision: number;
}

/** One amount before lines of the same account, VAT code and purpose are summed. */
type Part = Omit<VoucherLine, "description"> & { readonly text: string };

type Parts = { readonly parts: readonly Part[]; readonly reasons: readonly Reason[] };

/** VAT code of lines without VAT: money, rounding, the customer ledger (poweroffice.md section 4.1). */
const BALANCE_VAT_CODE = "0";

/** The order of the lines: money first, as in the example of the point-of-sale page (poweroffice.md section 5.1). */
const PURPOSES: readonly LinePurpose[] = ["tender", "sale", "invoicePayment", "rounding"];

/**
 * The cash voucher of a Z. Sales and the other things sold are credits of gross sums per account and VAT code, what was
 * taken is a debit of its tender type's account with the change taken off, cash rounding stands on its own account with
 * the sign of `lines = tenders + rounding` (DESIGN section 5), the payment of an invoice goes to its customer under the
 * invoice's own CustomMatchingReference (poweroffice.md section 2.7). Sums of zero are dropped: an amount must not be 0
 * (section 2.1). Credit sales are "kept separate from the cash sale transfer" (SEED) and left out.
 *
 * A Z with anything that has no account is held whole, with all reasons (DESIGN section 8).
 */
export const makeVoucher = (source: VoucherSource): VoucherOutcome => {
	const { mapping } = source;
	const tickets = source.tickets.filter((ticket) => !ticket.training && ticket.settlement === "cash");
	const all = [
		...tickets.map((ticket) => saleParts(ticket, mapping)),
		...tickets.map((ticket) => tenderParts(ticket, mapping)),
		roundingParts(sum(tickets.map((ticket) => ticket.rounding)), mapping),
	];
	const reasons = distinct(all.flatMap((one) => one.reasons));
	if (reasons.length > 0) return { kind: "held", reasons };
	const lines = summed(all.flatMap((one) => one.parts)).filter((line) => line.amount !== 0n);
	if (lines.length === 0) return { kind: "nothing" };
	const left = sum(lines.map((line) => line.amount));
	if (left !== 0n) {
		return { kind: "held", reasons: [{ code: "RELAY-3007", detail: `${left} minor units are left over` }] };
	}
	return { kind: "voucher", voucher: voucherOf(source, lines) };
};

const voucherOf = (source: VoucherSource, lines: readonly VoucherLine[]): CashVoucher => {
	const { day, mapping, revision } = source;
	const { store, till, z, businessDate, currency } = day;
	return {
		store,
		till,
		z,
		company: mapping.company,
		businessDate,
		currency,
		description: `Z ${z} ${store}/${till}`,
		externalImportReference: importReference(day, revision),
		revision,
		saftSourceId: mapping.saftSourceId ?? `${store}-${till}`,
		saftBatchId: `${store}-${till}-Z${z}`,
		departmentCode: mapping.departmentCode,
		locationCode: mapping.locationCode,
		lines,
	};
};

const saleParts = (ticket: TicketDocument, mapping: VoucherMapping): Parts => {
	const parts: Part[] = [];
	const reasons: Reason[] = [];
	for (const line of ticket.lines) {
		if (line.kind === "invoicePayment") {
			const part = invoicePart(line);
			if (part === undefined)
				reasons.push({ code: "RELAY-3010", detail: `receipt ${ticket.receiptNumber}: no invoice` });
			else parts.push(part);
			continue;
		}
		const account = salesAccount(mapping, line);
		const name = line.itemGroup ?? line.kind;
		if (account === undefined) {
			reasons.push({ code: "RELAY-3003", detail: `${line.kind} of ${name} with VAT code ${line.vatCode}` });
			continue;
		}
		parts.push({
			purpose: "sale",
			subject: null,
			target: { kind: "account", accountNo: account.accountNo },
			vatCode: line.vatCode,
			amount: negate(line.gross),
			customMatchingReference: null,
			text: account.name ?? name,
		});
	}
	return { parts, reasons };
};

const invoicePart = (line: TicketLine): Part | undefined =>
	line.invoice === null
		? undefined
		: {
				purpose: "invoicePayment",
				subject: line.invoice.invoiceNo,
				target: { kind: "customer", customerNo: line.invoice.customerNo },
				vatCode: BALANCE_VAT_CODE,
				amount: negate(line.gross),
				customMatchingReference: line.invoice.customMatchingReference,
				text: `Invoice ${line.invoice.invoiceNo}`,
			};

/** Tenders by the stored apportionment: "every ERP row comes from it" (DESIGN section 5). All groups stand in one voucher. */
const tenderParts = (ticket: TicketDocument, mapping: VoucherMapping): Parts => {
	const parts: Part[] = [];
	const reasons: Reason[] = [];
	for (const tender of ticket.tenders) {
		const shares = ticket.apportionment.flatMap((group) =>
			group.tenders.filter((share) => share.tenderNo === tender.tenderNo).map((share) => share.amount),
		);
		if (sum(shares) !== tender.amount) {
			reasons.push({ code: "RELAY-3006", detail: `receipt ${ticket.receiptNumber}, tender ${tender.tenderNo}` });
		}
		const accountNo = mapping.tenderAccounts.get(tender.tenderType);
		if (accountNo === undefined) {
			reasons.push({ code: "RELAY-3004", detail: `${tender.tenderType} (${tender.description})` });
			continue;
		}
		parts.push({
			purpose: "tender",
			subject: tender.tenderType,
			target: { kind: "account", accountNo },
			vatCode: BALANCE_VAT_CODE,
			amount: sum(shares),
			customMatchingReference: null,
			text: tender.description,
		});
	}
	return { parts, reasons };
};

const roundingParts = (rounding: Amount, mapping: VoucherMapping): Parts => {
	if (rounding === 0n) return { parts: [], reasons: [] };
	const { roundingAccountNo } = mapping;
	if (roundingAccountNo === undefined) {
		return { parts: [], reasons: [{ code: "RELAY-3005", detail: `${rounding} minor units` }] };
	}
	const part: Part = {
		purpose: "rounding",
		subject: null,
		target: { kind: "account", accountNo: roundingAccountNo },
		vatCode: BALANCE_VAT_CODE,
		amount: rounding,
		customMatchingReference: null,
		text: "Cash rounding",
	};
	return { parts: [part], reasons: [] };
};

/** The key of a line, which also orders the lines: account numbers have their usual four digits or sort after. */
const lineKey = (part: Part): string =>
	JSON.stringify([part.target, part.vatCode, part.subject, part.customMatchingReference, part.purpose]);

/**
 * Sums parts of the same account and VAT code. Tender types stay apart even on one account, so that each can be read in
 * the ledger; so do purposes (a gift card sold and one redeemed) and the payments of different invoices. Sorted, so that
 * the same Z always makes the same lines.
 */
const summed = (parts: readonly Part[]): VoucherLine[] => {
	const lines = new Map<string, { part: Part; amount: Amount; texts: Set<string> }>();
	for (const part of parts) {
		const key = lineKey(part);
		const line = lines.get(key) ?? { part, amount: ZERO, texts: new Set() };
		line.amount = add(line.amount, part.amount);
		line.texts.add(part.text);
		lines.set(key, line);
	}
	return [...lines.entries()]
		.toSorted(([a, { part: left }], [b, { part: right }]) => {
			const order = PURPOSES.indexOf(left.purpose) - PURPOSES.indexOf(right.purpose);
			return order !== 0 ? order : a < b ? -1 : 1;
		})
		.map(([, { part, amount, texts }]) => {
			const { text: _, ...line } = part;
			return { ...line, amount, description: descriptionOf([...texts].toSorted()) };
		});
};

/** The longest description of a line; PowerOffice's own limit is not known (section 6 item 3). */
const DESCRIPTION_LENGTH_MAX = 100;

const descriptionOf = (texts: readonly string[]): string => {
	const joined = texts.join(", ");
	return joined.length <= DESCRIPTION_LENGTH_MAX ? joined : `${joined.slice(0, DESCRIPTION_LENGTH_MAX - 3)}...`;
};

const distinct = (reasons: readonly Reason[]): Reason[] => [
	...new Map(reasons.map((reason) => [`${reason.code} ${reason.detail}`, reason])).values(),
];
