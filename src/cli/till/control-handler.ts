import { z } from "zod";
import { visibleText } from "../../catalog/core/visible-text.ts";
import { REFUSALS } from "../../events/codes.ts";
import type { JournalEvent } from "../../events/journal-event.ts";
import type { Refusal } from "../../events/refusal.ts";
import { ticketDocumentSchema } from "../../feed/schema/ticket-schema.ts";
import { journalEventSchema } from "../../journal/contract/event-schema.ts";
import type { Journal, JournalRecord } from "../../journal/contract/journal.ts";
import type { ControlAnswer, ControlRequest } from "../../operator/control/request.ts";
import type { ControlHandler } from "../../operator/control/server.ts";
import type { InputBody } from "../../till/input.ts";
import type { ScanTrial, TrialResult } from "./device-trials.ts";
import type { TillService } from "./till-service.ts";

/** What the handler needs beside the service: the long works that composition roots bring. */
export interface ControlParts {
	readonly service: TillService;
	readonly journal: Journal;
	/** Imports a catalog file; the answer is shown as it is. */
	readonly importCatalog: (
		file: string,
		effectiveFromUtcMs: number | undefined,
		progress: (text: string) => void,
	) => Promise<unknown>;
	/** Imports a list of recalls; the answer is shown as it is. */
	readonly importRecalls: (file: string) => Promise<unknown>;
	/** Writes the feed from a message on into a file; answers what was written. */
	readonly exportFeed: (file: string, fromFeedSeq: number) => FeedExport | Promise<FeedExport>;
}

/** What an export wrote. */
export interface FeedExport {
	readonly feedSeqFirst: number;
	readonly feedSeqLast: number;
	readonly sha256: string;
}

/** A refusal in words for a terminal, details filled in. */
export const refusalText = (refusal: Refusal): string => {
	const details = Object.entries(refusal.details).map(([name, value]) => `${name} ${visibleText(value)}`);
	return `${refusal.code} ${REFUSALS[refusal.code].cause}${details.length === 0 ? "" : ` (${details.join(", ")})`}`;
};

const refused = (refusal: Refusal): ControlAnswer => ({
	kind: "refused",
	code: refusal.code,
	message: `${refusalText(refusal)} ${REFUSALS[refusal.code].remedy}`,
	details: refusal.details,
});

const trialAnswer = (trial: TrialResult | ScanTrial): ControlAnswer =>
	trial.refusal === undefined ? { kind: "ok", result: trial.result } : refused(trial.refusal);

/** The input a request stands for; undefined when it is a question or a long work. */
const inputOf = (request: ControlRequest): InputBody | undefined => {
	switch (request.command) {
		case "scan":
			return { type: "Typed", code: request.code, quantityText: request.quantity ?? null };
		case "tender":
			return {
				type: "Tendered",
				tenderType: request.tenderType,
				amountText: request.amount ?? null,
				currency: request.currency ?? null,
			};
		case "close":
			return { type: "CloseRequested" };
		case "dayOpen":
			return { type: "DayOpenRequested", businessDate: request.businessDate ?? null };
		case "dayClose":
			return { type: "DayCloseRequested" };
		case "receiptCopy":
			return { type: "CopyRequested", receiptNumber: request.receiptNumber };
		case "reportCopy":
			return { type: "ReportCopyRequested", z: request.z };
		case "doubtSettle":
			return { type: "DoubtSettleRequested", jobId: request.jobId, remedy: request.remedy };
		case "drawerOpen":
			return { type: "DrawerOpenRequested", drawerId: request.drawerId ?? null, reason: request.reason };
		case "clockConfirm":
			return { type: "ClockConfirmRequested" };
		case "status":
		case "view":
		case "ticketShow":
		case "journalShow":
		case "catalogImport":
		case "catalogRecall":
		case "journalExport":
		case "deviceTest":
		case "deviceScan":
			return undefined;
	}
};

/** How many records back the newest of a type are looked for: the till stands still meanwhile. */
const LOOK_BACK_RECORDS_MAX = 10_000;

/** The newest records of the given types, at most `limit`, in order: looked for in ever longer stretches before the head. */
const newestRecords = (
	journal: Journal,
	limit: number,
	types: readonly JournalEvent["type"][] | undefined,
): JournalRecord[] => {
	const head = journal.head().seq;
	for (let stretch = limit; ; stretch = Math.min(stretch * 8, LOOK_BACK_RECORDS_MAX)) {
		const fromSeq = Math.max(1, head - stretch + 1);
		const found = journal.records({ fromSeq, limit: stretch, ...(types === undefined ? {} : { types }) });
		if (types === undefined || found.length >= limit || fromSeq === 1 || stretch >= LOOK_BACK_RECORDS_MAX) {
			return found.slice(-limit);
		}
	}
};

/** Makes the handler of the control socket. What an operator may do and what a technician may ask comes through here alone. */
export const controlHandler = (parts: ControlParts): ControlHandler => {
	const { service, journal } = parts;
	return async (request, progress) => {
		const input = inputOf(request);
		if (input !== undefined) {
			const outcome = service.submit("operator", input);
			return outcome.refusal === undefined ? { kind: "ok", result: service.view() } : refused(outcome.refusal);
		}
		switch (request.command) {
			case "status":
				return {
					kind: "ok",
					result: {
						status: service.status(),
						accepted: journal.cursor() ?? null,
						devices: service.deviceStates(),
						view: service.view(),
					},
				};
			case "deviceTest":
				return trialAnswer(await service.trials().test(request.deviceId));
			case "deviceScan":
				return trialAnswer(await service.trials().scan(request.deviceId, request.timeoutMs));
			case "ticketShow": {
				const record = journal.closedTicket(request.series, request.receiptNumber);
				if (record?.event.type !== "TicketClosed") {
					return refused({ refused: true, code: "TILL-0423", details: { number: request.receiptNumber.toString() } });
				}
				return {
					kind: "ok",
					result: {
						seq: record.seq,
						sha256: record.sha256,
						ticket: z.encode(ticketDocumentSchema, record.event.document),
					},
				};
			}
			case "journalShow": {
				const { fromSeq, limit } = request;
				const types = request.types as JournalEvent["type"][] | undefined;
				const records =
					fromSeq === undefined
						? newestRecords(journal, limit, types)
						: journal.records({ fromSeq, limit, ...(types === undefined ? {} : { types }) });
				return {
					kind: "ok",
					result: { records: records.map((r) => ({ ...r, event: z.encode(journalEventSchema, r.event) })) },
				};
			}
			case "catalogImport":
				return { kind: "ok", result: await parts.importCatalog(request.file, request.effectiveFromUtcMs, progress) };
			case "catalogRecall":
				return { kind: "ok", result: await parts.importRecalls(request.file) };
			case "journalExport": {
				const written = await parts.exportFeed(
					request.file,
					request.fromFeedSeq ?? (journal.cursor()?.feedSeq ?? 0) + 1,
				);
				service.submit("operator", { type: "FeedExported", ...written });
				return { kind: "ok", result: written };
			}
			default:
				return { kind: "ok", result: service.view() };
		}
	};
};
