import { amountText } from "../../money/currency.ts";
import type { RelayRequest } from "../../operator/control/relay-request.ts";
import type { ControlAnswer } from "../../operator/control/request.ts";
import type { RelayCode } from "../../relay/codes.ts";
import { reconciliationToJson } from "../../relay/reconciliation/reconciliation-schema.ts";
import { reconciliationTable } from "../../relay/reconciliation/reconciliation-table.ts";
import { RelayFault } from "../../relay/relay-fault.ts";
import { messageOf } from "../../runtime/contract/fault.ts";
import type { RelayParts } from "./open-relay.ts";
import { relayStatusText } from "./render.ts";

/** What a request came to: for machines, and in words for people. */
export interface RelayResult {
	readonly data: unknown;
	readonly words: string;
}

const ok = (data: unknown, words: string): ControlAnswer => ({
	kind: "ok",
	result: { data, words } satisfies RelayResult,
});

const refused = (code: RelayCode, detail: string): ControlAnswer => ({
	kind: "refused",
	code,
	message: `${code} ${detail}`,
	details: {},
});

const resolved = (
	resolution: { readonly done: true } | { readonly done: false; readonly reason: string } | undefined,
): ControlAnswer => {
	if (resolution === undefined) return refused("RELAY-1006", "M3 is not configured");
	return resolution.done
		? ok({ done: true }, "It is noted; the relay goes on with it.")
		: refused("RELAY-1007", resolution.reason);
};

/** What is being done to a Z in PowerOffice Go, behind its name. */
const ACT_WORDS: Readonly<Record<Extract<RelayRequest, { readonly command: "powerOffice" }>["act"], string>> = {
	release: " is looked at again; till-relay status shows what became of it.",
	repost: ": its voucher is reversed and posted anew; till-relay status shows how far that is.",
	readAgain: ": its voucher is read again; till-relay reconciliation shows what the books hold.",
	acknowledgeTwin: ": the alarm about a second Z of its number is ended.",
};

const carryOut = async (request: RelayRequest, parts: RelayParts): Promise<ControlAnswer> => {
	const { relay, reconciler, m3, powerOffice } = parts;
	switch (request.command) {
		case "status": {
			const status = relay.status();
			return ok(status, relayStatusText(status));
		}
		case "intake": {
			const taken = await relay.intakeFile(request.file);
			const outcomes = Object.entries(taken.outcomes).map(([outcome, count]) => `${count} ${outcome}`);
			const { address, accepted } = taken;
			return ok(
				taken,
				`${address.store}/${address.till}: ${outcomes.join(", ")}; stored up to ${accepted.feedSeq} of journal ${accepted.journalId}`,
			);
		}
		case "reconciliation": {
			const { store, till, limit } = request;
			const rows = reconciler.list({ store, till, limit });
			return ok(
				rows.map(reconciliationToJson),
				rows.length === 0
					? "There is no such Z: the relay compares each when it has come in."
					: rows.map(reconciliationTable).join("\n\n"),
			);
		}
		case "m3Round":
			return resolved(m3?.resolveRound(request.itrn, request.outcome === "processed"));
		case "m3Ticket":
			return resolved(m3?.releaseTicket(request.reference, request.what));
		case "m3Refused": {
			if (m3 === undefined) return refused("RELAY-1006", "M3 is not configured");
			const { store, till } = request;
			const count = m3.releaseRefused({ store, till });
			return ok({ count }, `${count} tickets are released; the relay sends them.`);
		}
		case "powerOffice": {
			if (powerOffice === undefined) return refused("RELAY-1006", "PowerOffice Go is not configured");
			const { act, store, till, z } = request;
			powerOffice[act]({ store, till, z });
			return ok({ done: true }, `${store}/${till} Z ${z}${ACT_WORDS[act]}`);
		}
		case "dayClose": {
			const { by, acceptMissing, ...day } = request;
			const report = relay.closeOrphanDay(day, by, { acceptMissing });
			const { store, till, z, businessDate, currency, ticketCount, gross, missing } = report;
			const lost = missing === null ? "" : `; accepted as lost: ${missing}`;
			return ok(
				{ store, till, z, businessDate, ticketCount, gross: amountText(gross, currency), missing },
				`${store}/${till} Z ${z} of ${businessDate} is closed: ${ticketCount} tickets, ${amountText(gross, currency)} ${currency}${lost}`,
			);
		}
	}
};

/** Carries a request out; what the relay refuses with a code is a refusal, anything else is thrown on. */
export const relayControl = async (request: RelayRequest, parts: RelayParts): Promise<ControlAnswer> => {
	try {
		return await carryOut(request, parts);
	} catch (thrown) {
		if (thrown instanceof RelayFault)
			return { kind: "refused", code: thrown.code, message: messageOf(thrown), details: {} };
		throw thrown;
	}
};
