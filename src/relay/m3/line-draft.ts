import type { TicketDocument, TicketLine } from "../../events/ticket-document.ts";
import { type Amount, negate } from "../../money/amount.ts";
import { amountText } from "../../money/currency.ts";
import { quantityText } from "../../money/quantity.ts";
import { ratePercentText } from "../../money/rate.ts";
import type { Finding, RowDraft, StoreSettings } from "./finding.ts";

/**
 * A ticket line as AddSlsTicketLin. Net and VAT are the till's; discounts are in them and are not sent beside them. What
 * goes back to the customer in a kind that moves goods (a bottle deposit) is a return to M3.
 */
export const lineDraft = (line: TicketLine, ticket: TicketDocument, settings: StoreSettings): RowDraft => {
	const { recordTypes, vatCodes, units } = settings.mapping.m3;
	const own = recordTypes[line.kind];
	const isBack = line.kind === "return" || line.gross < 0n;
	const type = isBack && own?.goods === true ? recordTypes.return : own;
	if (type === undefined || (isBack && !type.goods)) {
		const reason = `no record type for ${isBack && line.kind !== "return" ? "a negative " : ""}${line.kind}`;
		return { findings: [{ code: "RELAY-2105", reason }] };
	}
	const findings: Finding[] = [];
	const vatCode = vatCodes[line.vatCode];
	const itemId = line.itemId ?? own?.itemId;
	const hasVat = type.goods || line.vat !== 0n;
	if (hasVat && vatCode === undefined) {
		findings.push({ code: "RELAY-2104", reason: `VAT code ${line.vatCode} is not mapped` });
	}
	if (type.goods && itemId === undefined) {
		findings.push({ code: "RELAY-2106", reason: `line ${line.lineNo} (${line.kind}) has no item` });
	}
	if (findings.length > 0) return { findings };
	const isTurned = isBack && settings.m3.returnSign === "positive";
	const amount = (value: Amount): string => amountText(isTurned ? negate(value) : value, ticket.currency);
	const goods = {
		ITNO: itemId,
		ALUN: units[line.unit] ?? line.unit,
		IVQA: `${isBack && !isTurned ? "-" : ""}${quantityText(line.quantity)}`,
	};
	const vat = { VTCD: String(vatCode), FVT1: amount(line.vat), VTP1: ratePercentText(line.vatRate) };
	return {
		transaction: "AddSlsTicketLin",
		fields: {
			XRCD: type.xrcd,
			CUNO: ticket.customer?.customerNo ?? settings.store.cashCustomer,
			CUAM: amount(settings.m3.cuam === "gross" ? line.gross : line.net),
			...(type.goods ? goods : {}),
			...(hasVat ? vat : {}),
		},
	};
};
