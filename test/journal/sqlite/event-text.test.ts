import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { JournalEvent } from "../../../src/events/journal-event.ts";
import { journalEventSchema } from "../../../src/journal/contract/event-schema.ts";
import { eventTexts } from "../../../src/journal/sqlite/event-text.ts";
import { closed, line, ticket, ticketDraft } from "../support/events.ts";

/** What the schema makes of a whole event, at once. */
const whole = (event: JournalEvent): string => JSON.stringify(z.encode(journalEventSchema, event));

describe("the text of an event", () => {
	it("is the schema's, whether its lines were encoded before or not, and whatever their texts look like", () => {
		const lines = [line(1), line(2, 'x","lines":[],"y":["$&$1'), line(3, "\\")];
		const document = ticket(7, { lines });
		const texts = eventTexts();
		const first = lines[0];
		if (first === undefined) throw new Error("no line");
		expect(texts.ofEvent({ type: "ItemSold", line: first })).toBe(whole({ type: "ItemSold", line: first }));
		expect(texts.ofEvent(closed(document))).toBe(whole(closed(document)));
		expect(`{"type":"TicketClosed","document":${texts.ofBody(ticketDraft(document))}}`).toBe(whole(closed(document)));
	});

	it("is refused for a line that could not be read back, sold or in a closed ticket", () => {
		const wrong = { ...line(), unit: "too long" };
		expect(() => eventTexts().ofEvent({ type: "ItemSold", line: wrong })).toThrow("unit");
		expect(() => eventTexts().ofEvent(closed(ticket(1, { lines: [line(), wrong] })))).toThrow("unit");
	});
});
