import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { JournalEvent } from "../../src/events/journal-event.ts";
import type { TicketDocument } from "../../src/events/ticket-document.ts";
import type { ZReport } from "../../src/events/z-report.ts";
import { ticketDocumentSchema } from "../../src/feed/schema/ticket-schema.ts";
import { zReportSchema } from "../../src/feed/schema/z-report-schema.ts";
import { journalEventSchema } from "../../src/journal/contract/event-schema.ts";
import { amountOf } from "../../src/money/amount.ts";
import { WIRE_EXAMPLES } from "./wire-examples.ts";

// The annotations are half of the test: tsc refuses this file as soon as a schema and its type part, in either direction.
const decodeTicket = (json: unknown): TicketDocument => ticketDocumentSchema.decode(json as never);
const encodeTicket = (ticket: TicketDocument): unknown => ticketDocumentSchema.encode(ticket);
const decodeReport = (json: unknown): ZReport => zReportSchema.decode(json as never);
const encodeReport = (report: ZReport): unknown => zReportSchema.encode(report);
const decodeEvent = (json: unknown): JournalEvent => journalEventSchema.decode(json as never);
const encodeEvent = (event: JournalEvent): unknown => journalEventSchema.encode(event);

/** Whether two types have the same fields, optional ones included: assignability alone lets one forget an optional field. */
type SameKeys<A, B> = [keyof A, keyof B] extends [keyof B, keyof A] ? true : never;
const sameKeys: [
	SameKeys<TicketDocument, z.output<typeof ticketDocumentSchema>>,
	SameKeys<ZReport, z.output<typeof zReportSchema>>,
	SameKeys<Record<JournalEvent["type"], 1>, Record<z.output<typeof journalEventSchema>["type"], 1>>,
] = [true, true, true];

const { body: ticket } = WIRE_EXAMPLES.ticket;
const { body: report } = WIRE_EXAMPLES.report;

describe("schemas and types", () => {
	it("say the same of a ticket", () => {
		expect(sameKeys).toEqual([true, true, true]);
		expect(decodeTicket(ticket).due).toBe(amountOf(9995n));
		expect(encodeTicket(decodeTicket(ticket))).toEqual(ticket);
	});

	it("say the same of a Z report", () => {
		expect(decodeReport(report).totals.rounding).toBe(amountOf(-5n));
		expect(encodeReport(decodeReport(report))).toEqual(report);
	});

	it("say the same of journal events", () => {
		const events = [
			{ type: "TicketClosed", document: ticket },
			{ type: "BusinessDayClosed", report },
			{ type: "CashRounded", amount: -5 },
			{ type: "ItemSold", line: ticket.lines[0] },
		];
		for (const event of events) expect(encodeEvent(decodeEvent(event))).toEqual(event);
	});

	it("keep a ticket's bytes: the same JSON text comes out, in the same order", () => {
		expect(JSON.stringify(encodeTicket(decodeTicket(ticket)))).toBe(JSON.stringify(ticket));
	});

	it("refuse what JSON Schema cannot say: no rate, no quantity", () => {
		const text = JSON.stringify(ticket);
		expect(() => decodeTicket(JSON.parse(text.replace('"vatRate":"25"', '"vatRate":"25,0"')))).toThrow(z.ZodError);
		expect(() => decodeTicket(JSON.parse(text.replace('"quantity":"1"', '"quantity":"1e3"')))).toThrow(z.ZodError);
	});
});
