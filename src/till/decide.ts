import { closeDay, openDay } from "../business-day/decide.ts";
import type { JournalEvent } from "../events/journal-event.ts";
import { isRefusal, type Refusal, refuse } from "../events/refusal.ts";
import type { ScanCode } from "../events/ticket-document.ts";
import type { TicketCommand } from "../ticket/command.ts";
import { decideTicket } from "../ticket/decide.ts";
import type { DecisionContext } from "./decision-context.ts";
import { deviceTest } from "./device-test.ts";
import { drawerOverdue, drawerSensed, noSale } from "./drawers.ts";
import type { Input } from "./input.ts";
import { jobsFor } from "./jobs.ts";
import { lookUp } from "./look-up.ts";
import { receiptCopy, reportCopy, settleDoubt } from "./papers.ts";
import { isOfPack, isOtherCodeOfPack } from "./recent-reads.ts";
import { setAside } from "./replay.ts";
import type { TillState } from "./state.ts";

type Decision = readonly JournalEvent[] | Refusal;

/** Decides one input: the events to be recorded, none when there is nothing to record, or a refusal. Writes nothing. */
export const decide = (input: Input, context: DecisionContext): Decision => {
	const { state, parts } = context;
	const { body } = input;
	switch (body.type) {
		case "Scanned":
			return sell({ symbology: body.symbology, data: body.data }, null, input, context);
		case "Typed":
			return sell({ symbology: "typed", data: body.code }, body.quantityText, input, context);
		case "Tendered":
			return onTicket(
				{ command: "TakeTender", tenderType: body.tenderType, amountText: body.amountText, currency: body.currency },
				input,
				context,
			);
		case "CloseRequested":
			return onTicket({ command: "CloseTicket" }, input, context);
		case "DayOpenRequested": {
			const opened = openDay(
				state.day,
				{ businessDate: body.businessDate, operatorId: parts.operatorId },
				{
					at: input.at,
					cutOverHour: parts.cutOverHour,
					zLast: state.counters.z,
					feedSeq: parts.journal.feedHead().seq,
				},
			);
			return isRefusal(opened) ? opened : [opened];
		}
		case "DayCloseRequested":
			return dayClose(input, context);
		case "ClockConfirmRequested":
			return state.clockDoubt === undefined ? [] : [{ type: "ClockConfirmed", operatorId: parts.operatorId }];
		case "CopyRequested":
			return receiptCopy(body.receiptNumber, context);
		case "ReportCopyRequested":
			return reportCopy(body.z, context);
		case "DoubtSettleRequested":
			return settleDoubt(body.jobId, body.remedy, context);
		case "DrawerOpenRequested":
			return noSale(body, context);
		case "DeviceTestRequested":
			return deviceTest(body.deviceId, context);
		case "DrawerSensed":
			return drawerSensed(body, input.at, state);
		case "DrawerOverdue":
			return drawerOverdue(body, state);
		case "ServiceStarted":
			return started(body.applicationVersion, body.trouble, context);
		case "ServiceStopping":
			return [{ type: "ApplicationStopped", reason: body.reason }];
		case "PrintEnded":
			return isOpenJob(state, body.jobId) ? [{ type: "PrintFinished", jobId: body.jobId, ...body.result }] : [];
		case "DrawerEnded":
			return isOpenJob(state, body.jobId) ? [{ type: "DrawerOpenFinished", jobId: body.jobId, ...body.result }] : [];
		case "Anchored":
			return [
				{ type: "ChainAnchored", feedSeq: body.feedSeq, sha256: body.sha256, ledgerId: body.ledgerId, term: body.term },
			];
		case "CommandArrived": {
			const { commandId, issuer, kind, fromFeedSeq } = body;
			return [{ type: "CommandReceived", commandId, issuer, kind, fromFeedSeq }];
		}
		case "FeedExported":
			return [
				{
					type: "JournalExported",
					feedSeqFirst: body.feedSeqFirst,
					feedSeqLast: body.feedSeqLast,
					sha256: body.sha256,
				},
			];
	}
};

const isOpenJob = (state: TillState, jobId: string): boolean =>
	state.doubts.some((doubt) => doubt.jobId === jobId && doubt.since === "started");

/**
 * Finds the item, swaps the catalog in between tickets, sells. Another code of a pack that was just read sells nothing, but
 * it may say what the first one could not: that the pack has expired or is recalled.
 */
const sell = (read: ScanCode, quantityText: string | null, input: Input, context: DecisionContext): Decision => {
	const { state, parts, surroundings } = context;
	if (state.day === undefined) return refuse("TILL-0412");
	if (state.ticket === undefined && surroundings.isDiskLow) return refuse("TILL-0418");
	const due = state.ticket === undefined ? parts.catalog.effective(input.at.utcMs) : undefined;
	const version = due?.version ?? state.catalogVersion;
	if (version === undefined) return refuse("TILL-0420");
	const isOtherCode = isOtherCodeOfPack(context.recentReads, input, parts);
	const found = lookUp({ read, quantityText, version, at: input.at }, parts);
	if (isRefusal(found)) return isOtherCode ? ofSoldPack(found, state) : found;
	if (isOtherCode) return [];
	const sold = onTicket({ command: "SellItem", ...found, catalogVersion: version, quantityText }, input, context);
	if (isRefusal(sold) || due === undefined || due.version === state.catalogVersion) return sold;
	const { sha256, itemCount } = due;
	return [{ type: "CatalogActivated", version, sha256, itemCount }, ...sold];
};

/** Names the line that the pack's first code put on the ticket; what is wrong with its other code alone is worth no beep. */
const ofSoldPack = (refusal: Refusal, { ticket }: TillState): Decision => {
	if (!isOfPack(refusal)) return [];
	const line = ticket?.lines.at(-1);
	if (line === undefined || line.itemId !== refusal.details["item"]) return refusal;
	return { ...refusal, details: { ...refusal.details, line: line.lineNo.toString() } };
};

const onTicket = (command: TicketCommand, input: Input, context: DecisionContext): Decision => {
	const { state, parts } = context;
	if (state.day === undefined) return refuse("TILL-0412");
	const events = decideTicket(state.ticket, command, {
		settings: parts.settings,
		rules: parts.rules,
		at: input.at,
		journalId: state.journalId,
		counters: state.counters,
		businessDate: state.day.businessDate,
		z: state.day.z,
		operatorId: parts.operatorId,
	});
	return isRefusal(events) ? events : [...events, ...jobsFor(events, state.journalId, parts.settings)];
};

const dayClose = (input: Input, context: DecisionContext): Decision => {
	const { state, parts } = context;
	const closed = closeDay(state.day, {
		settings: parts.settings,
		at: input.at,
		operatorId: parts.operatorId,
		hasOpenTicket: state.ticket !== undefined,
		grandTotals: state.grandTotals,
		head: parts.journal.head(),
		feedSeq: parts.journal.feedHead().seq,
	});
	return isRefusal(closed) ? closed : [closed, ...jobsFor([closed], state.journalId, parts.settings)];
};

/** A restart leaves nothing physical to be repeated by itself: what was begun and not ended is now unknown. */
const started = (applicationVersion: string, trouble: string | undefined, { state }: DecisionContext): Decision => {
	const aside = trouble === undefined ? undefined : setAside(state, trouble);
	return [
		{ type: "ApplicationStarted", applicationVersion, recovery: trouble !== undefined },
		...(aside === undefined ? [] : [aside]),
		...state.doubts
			.filter((doubt) => doubt.since === "started")
			.map((doubt): JournalEvent => {
				const detail = "the service stopped before the device answered";
				return doubt.what === "print"
					? { type: "PrintFinished", jobId: doubt.jobId, outcome: "unknown", confirmation: null, detail }
					: { type: "DrawerOpenFinished", jobId: doubt.jobId, outcome: "unknown", detail };
			}),
	];
};
