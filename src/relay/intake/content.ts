import { z } from "zod";
import type { TicketDocument } from "../../events/ticket-document.ts";
import type { ZReport } from "../../events/z-report.ts";
import { ticketDocumentSchema } from "../../feed/schema/ticket-schema.ts";
import { seqSchema } from "../../feed/schema/values.ts";
import { zReportSchema } from "../../feed/schema/z-report-schema.ts";
import type { RelayCode } from "../codes.ts";
import { type IntakeEnvelope, issuesText, readEnvelope } from "./envelope.ts";
import { ticketFindings } from "./ticket-check.ts";

/** What a message's body is to the relay. `other` is kept as bytes only; `problem` is a ticket or report that nothing may be booked from. */
export type Content =
	| { readonly kind: "ticket"; readonly ticket: TicketDocument }
	| { readonly kind: "training"; readonly ticket: TicketDocument }
	| { readonly kind: "report"; readonly report: ZReport }
	/** A day was opened: `z` is the number that its Z will have. */
	| { readonly kind: "dayOpened"; readonly z: number }
	| { readonly kind: "other" }
	| { readonly kind: "problem"; readonly code: RelayCode; readonly reason: string };

const dayOpenedSchema = z.object({ type: z.literal("BusinessDayOpened"), z: seqSchema });

const problem = (reason: string): Content => ({ kind: "problem", code: "RELAY-1110", reason });

const ticketContent = (envelope: IntakeEnvelope, kind: "ticket" | "training", body: unknown): Content => {
	const read = ticketDocumentSchema.safeParse(body);
	if (!read.success) return problem(issuesText(read.error));
	const ticket = read.data;
	if (ticket.training !== (kind === "training"))
		return problem(`a ${kind} message, but training is ${ticket.training}`);
	if (ticket.store !== envelope.store || ticket.till !== envelope.till) return problem("the body names another till");
	if (ticket.businessDate !== envelope.businessDate) return problem("the body names another business date");
	const findings = ticketFindings(ticket);
	return findings.length === 0 ? { kind, ticket } : problem(findings.join("; "));
};

const reportContent = (envelope: IntakeEnvelope, body: unknown): Content => {
	const read = zReportSchema.safeParse(body);
	if (!read.success) return problem(issuesText(read.error));
	const report = read.data;
	if (report.store !== envelope.store || report.till !== envelope.till) return problem("the body names another till");
	if (report.businessDate !== envelope.businessDate) return problem("the body names another business date");
	return { kind: "report", report };
};

/** Reads a body by the kind that its envelope states. */
export const contentOf = (envelope: IntakeEnvelope, body: unknown): Content => {
	switch (envelope.kind) {
		case "ticket":
		case "training":
			return ticketContent(envelope, envelope.kind, body);
		case "report":
			return reportContent(envelope, body);
		case "event": {
			const opened = dayOpenedSchema.safeParse(body);
			return opened.success ? { kind: "dayOpened", z: opened.data.z } : { kind: "other" };
		}
		default:
			return { kind: "other" };
	}
};

/** Reads the content of a stored message again from its bytes. */
export const contentFromBytes = (bytes: Uint8Array): Content => {
	const reading = readEnvelope(bytes);
	return reading.readable ? contentOf(reading.envelope, reading.body) : problem(reading.reason);
};
