import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { envelopeSchema, feedMessageSchema, MESSAGE_BYTES_MAX, NO_PREVIOUS } from "../../src/feed/schema/message.ts";
import type { Journal, JournalRecord } from "../../src/journal/contract/journal.ts";
import {
	CARRIED,
	closed,
	EVERY_EVENT,
	line,
	sold,
	stampAt,
	ticket,
	ticketDraft,
	zReport,
} from "../journal/support/events.ts";

/** Opens a journal of one test, and opens it again after a close. Its first month is 2026-11; only JournalCreated stands in it. */
export interface JournalUnderTest {
	create(): Journal;
	reopen(): Journal;
}

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const envelopeOf = (bytes: Uint8Array) => envelopeSchema.parse(JSON.parse(Buffer.from(bytes).toString("utf8")));

/** What every implementation of the Journal contract must do. Call it once for each way to open one. */
export const journalContract = (name: string, underTest: () => JournalUnderTest): void => {
	describe(`journal contract: ${name}`, () => {
		it("gives every event type back as it was appended, now and after a restart", () => {
			const { create, reopen } = underTest();
			const journal = create();
			const events = Object.values(EVERY_EVENT);
			const before = journal.head().seq;
			const { records } = journal.append(stampAt(1), "operator", events, []);
			expect(records.map((record) => record.event)).toEqual(events);
			expect([...journal.recordsAfter(before)]).toEqual(records);
			const head = journal.head();
			journal.close();

			const again = reopen();
			expect(again.head()).toEqual(head);
			expect([...again.recordsAfter(before)]).toEqual(records);
			expect(again.records({ fromSeq: before + 1, limit: 1000 })).toEqual(records);
		});

		it("numbers records without gaps and moves the head", () => {
			const journal = underTest().create();
			const start = journal.head();
			const { records } = journal.append(stampAt(1), "device", [sold(1), sold(2)], []);
			expect(records.map((record) => record.seq)).toEqual([start.seq + 1, start.seq + 2]);
			expect(journal.head()).toEqual({ seq: start.seq + 2, sha256: records[1]?.sha256 });
		});

		it("chains finished messages whose bytes follow the feed's schema", () => {
			const journal = underTest().create();
			const first = ticket(1);
			const training = ticket(1, { series: "training" });
			const day = EVERY_EVENT.BusinessDayOpened;
			const report = zReport(1);
			const { records, messages } = journal.append(
				stampAt(1),
				"operator",
				[day, closed(first), closed(training), { type: "BusinessDayClosed", report }],
				[
					{ kind: "event", businessDate: day.businessDate, body: day },
					ticketDraft(first),
					ticketDraft(training),
					{ kind: "report", businessDate: report.businessDate, body: report },
				],
			);
			expect(messages.map((message) => message.kind)).toEqual(["event", "ticket", "training", "report"]);
			const envelopes = messages.map((message) => envelopeOf(message.bytes));
			expect(envelopes.map((envelope) => envelope.feedSeq)).toEqual([1, 2, 3, 4]);
			expect(envelopes.map((envelope) => envelope.kindSeq)).toEqual([1, 1, 1, 1]);
			expect(envelopes.map((envelope) => envelope.recordSeq)).toEqual(records.map((record) => record.seq));
			expect(envelopes.map((envelope) => envelope.prev)).toEqual([
				NO_PREVIOUS,
				...messages.slice(0, 3).map((message) => sha256(message.bytes)),
			]);
			for (const message of messages) {
				expect(message.sha256).toBe(sha256(message.bytes));
				const text = Buffer.from(message.bytes).toString("utf8");
				expect(JSON.stringify(JSON.parse(text))).toBe(text);
				expect(feedMessageSchema.parse(JSON.parse(text)).store).toBe("101");
			}
			expect(feedMessageSchema.parse(JSON.parse(Buffer.from(messages[1]?.bytes ?? []).toString())).body).toEqual(first);
			expect(journal.feedHead()).toEqual({ seq: 4, sha256: messages[3]?.sha256 });
			expect(journal.kindSeq()).toEqual({ event: 1, ticket: 1, training: 1, report: 1 });
		});

		it("keeps counting messages per kind after a restart and over a roll", () => {
			const { create, reopen } = underTest();
			let journal = create();
			const sell = (number: number) => {
				const document = ticket(number);
				return journal.append(stampAt(number), "operator", [closed(document)], [ticketDraft(document)]);
			};
			sell(1);
			journal.close();
			journal = reopen();
			sell(2);
			journal.roll(stampAt(3), "2026-12", CARRIED);
			expect(journal.kindSeq().ticket).toBe(2);
			const [third] = sell(3).messages;
			journal.close();
			journal = reopen();
			expect(journal.kindSeq().ticket).toBe(3);
			expect(journal.messages(1, 10).map((message) => envelopeOf(message.bytes).kindSeq)).toEqual([1, 2, 3]);
			expect(journal.feedHead()).toEqual({ seq: 3, sha256: third?.sha256 });
		});

		it("writes all of an append or nothing of it", () => {
			const journal = underTest().create();
			const before = { head: journal.head(), feed: journal.feedHead(), kinds: journal.kindSeq() };
			const good = ticket(1);
			const broken = { ...ticket(2), transactionCode: "99" };
			const huge = ticket(3, { lines: Array.from({ length: 300 }, (_, index) => line(index + 1)) });
			expect(() => journal.append(stampAt(1), "operator", [closed(good), closed(broken)], [])).toThrow("TILL-0606");
			expect(() => journal.append(stampAt(1), "operator", [closed(huge)], [ticketDraft(huge)])).toThrow("TILL-0605");
			expect(() => journal.append(stampAt(1), "operator", [closed(good), closed(good)], [ticketDraft(good)])).toThrow(
				"TILL-0606",
			);
			expect({ head: journal.head(), feed: journal.feedHead(), kinds: journal.kindSeq() }).toEqual(before);
			expect([...journal.recordsAfter(before.head.seq)]).toEqual([]);
			expect(journal.closedTicket("receipt", 1)).toBeUndefined();

			journal.append(stampAt(2), "operator", [closed(good)], [ticketDraft(good)]);
			expect(journal.head().seq).toBe(before.head.seq + 1);
		});

		it("makes no message larger than the feed carries", () => {
			const journal = underTest().create();
			const lineBytes = JSON.stringify(line(1), (_, value) => (typeof value === "bigint" ? 0 : value)).length;
			const count = Math.floor(MESSAGE_BYTES_MAX / lineBytes) - 20;
			const document = ticket(1, { lines: Array.from({ length: count }, (_, index) => line(index + 1)) });
			const [message] = journal.append(stampAt(1), "operator", [closed(document)], [ticketDraft(document)]).messages;
			expect(message?.bytes.length).toBeLessThanOrEqual(MESSAGE_BYTES_MAX);
		});

		it("rolls to another month only, going on with number, hash, feed and what is carried", () => {
			const { create, reopen } = underTest();
			let journal = create();
			const document = ticket(1);
			journal.append(stampAt(1), "operator", [closed(document)], [ticketDraft(document)]);
			expect(journal.roll(stampAt(2), "2026-11", CARRIED)).toBeUndefined();
			expect(journal.roll(stampAt(2), "2026-10", CARRIED)).toBeUndefined();
			const head = journal.head();
			const feed = journal.feedHead();

			const jobs = {
				doubts: [{ jobId: "j-z1/p", what: "print", paper: "zReport", number: 1, since: "started" }],
				notPrinted: [{ paper: "receipt", number: 7 }],
			} as const;
			const rolled = journal.roll(stampAt(2), "2026-12", { ...CARRIED, catalogVersion: "v3", jobs });
			expect(rolled?.records.map((record) => record.seq)).toEqual([head.seq + 1]);
			expect(rolled?.records[0]?.event).toMatchObject({
				type: "SegmentOpened",
				month: "2026-12",
				previous: { month: "2026-11", ...head },
				catalogVersion: "v3",
				jobs,
				feed: { feedSeq: feed.seq, sha256: feed.sha256, kindSeq: { ticket: 1 } },
			});
			journal.append(stampAt(3), "operator", [sold()], []);
			journal.close();
			journal = reopen();
			expect([...journal.recordsAfter(0)].map((record) => record.event.type)).toEqual(["SegmentOpened", "ItemSold"]);
			expect(journal.head().seq).toBe(head.seq + 2);
		});

		it("finds tickets, days, records and messages in closed months too", () => {
			const journal = underTest().create();
			const inNovember = ticket(1);
			journal.append(
				stampAt(1),
				"operator",
				[closed(inNovember), { type: "BusinessDayClosed", report: zReport(1) }],
				[ticketDraft(inNovember)],
			);
			journal.roll(stampAt(2), "2026-12", CARRIED);
			const inDecember = ticket(2);
			const returned = ticket(1, { series: "return" });
			journal.append(
				stampAt(3),
				"operator",
				[closed(inDecember), closed(returned), { type: "BusinessDayClosed", report: zReport(2) }],
				[ticketDraft(inDecember), ticketDraft(returned)],
			);
			const event = (record: JournalRecord | undefined) => record?.event;
			expect(event(journal.closedTicket("receipt", 1))).toEqual(closed(inNovember));
			expect(event(journal.closedTicket("receipt", 2))).toEqual(closed(inDecember));
			expect(event(journal.closedTicket("return", 1))).toEqual(closed(returned));
			expect(journal.closedTicket("return", 2)).toBeUndefined();
			expect(journal.closedDay(1)?.event).toMatchObject({ report: { z: 1 } });
			expect(journal.closedDay(2)?.event).toMatchObject({ report: { z: 2 } });
			expect(journal.closedDay(3)).toBeUndefined();
			expect(journal.messages(1, 2).map((message) => message.feedSeq)).toEqual([1, 2]);
			expect(journal.messages(2, 10).map((message) => message.feedSeq)).toEqual([2, 3]);
			expect(journal.messages(4, 10)).toEqual([]);
			const all = journal.records({ fromSeq: 1, limit: 100 });
			expect(all.map((record) => record.seq)).toEqual(all.map((_, index) => index + 1));
			expect(journal.records({ fromSeq: 3, limit: 2 }).map((record) => record.seq)).toEqual([3, 4]);
			const tickets = journal.records({ fromSeq: 1, limit: 2, types: ["TicketClosed"] });
			expect(tickets.map(event)).toEqual([closed(inNovember), closed(inDecember)]);
			const mentioning = inDecember.ticketId;
			expect(journal.records({ fromSeq: 1, limit: 100, types: ["TicketClosed"], mentioning }).map(event)).toEqual([
				closed(inDecember),
			]);
		});

		it("replays while the caller appends", () => {
			const journal = underTest().create();
			journal.append(stampAt(1), "operator", [sold(1), sold(2)], []);
			const seen: number[] = [];
			for (const record of journal.recordsAfter(1)) {
				seen.push(record.seq);
				if (seen.length === 1) journal.append(stampAt(2), "operator", [sold(3)], []);
			}
			expect(seen.slice(0, 2)).toEqual([2, 3]);
			expect(journal.head().seq).toBe(4);
		});

		it("keeps the newest snapshot of the open segment, and none of a closed one", () => {
			const { create, reopen } = underTest();
			let journal = create();
			expect(journal.snapshot()).toBeUndefined();
			journal.saveSnapshot(1, "old");
			journal.append(stampAt(1), "operator", [sold()], []);
			journal.saveSnapshot(2, "new");
			const saved = { ...journal.head(), stateVersion: 2, text: "new" };
			journal.append(stampAt(2), "operator", [sold(2)], []);
			journal.close();
			journal = reopen();
			expect(journal.snapshot()).toEqual(saved);
			expect([...journal.recordsAfter(saved.seq)].map((record) => record.seq)).toEqual([saved.seq + 1]);
			journal.roll(stampAt(3), "2026-12", CARRIED);
			expect(journal.snapshot()).toBeUndefined();
		});

		it("moves the cursor forward within a term, anywhere in a higher one, never by a lower one", () => {
			const { create, reopen } = underTest();
			let journal = create();
			expect(journal.cursor()).toBeUndefined();
			const cursor = (term: number, feedSeq: number) => ({
				ledgerId: `ledger-${term}`,
				term,
				feedSeq,
				sha256: String(feedSeq % 10).repeat(64),
			});
			const moved = (term: number, feedSeq: number) => {
				journal.moveCursor(cursor(term, feedSeq));
				const { term: heldTerm, feedSeq: heldSeq } = journal.cursor() ?? cursor(0, 0);
				return [heldTerm, heldSeq];
			};
			expect(moved(2, 10)).toEqual([2, 10]);
			expect(moved(2, 9)).toEqual([2, 10]);
			expect(moved(1, 50)).toEqual([2, 10]);
			expect(moved(3, 4)).toEqual([3, 4]);
			expect(moved(3, 5)).toEqual([3, 5]);
			journal.close();
			journal = reopen();
			expect(journal.cursor()).toEqual(cursor(3, 5));
		});

		it("writes nothing for nothing, and nothing after it was closed", () => {
			const journal = underTest().create();
			const head = journal.head();
			expect(journal.append(stampAt(1), "operator", [], [])).toEqual({ records: [], messages: [] });
			expect(journal.head()).toEqual(head);
			journal.close();
			journal.close();
			expect(() => journal.append(stampAt(1), "operator", [sold()], [])).toThrow("TILL-0617");
		});
	});
};
