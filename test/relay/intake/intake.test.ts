import { describe, expect, it } from "vitest";
import { NO_PREVIOUS } from "../../../src/feed/schema/message.ts";
import { connect } from "../../../src/relay/ledger/connection.ts";
import { testIntake } from "../support/test-intake.ts";
import { TestTill } from "../support/test-till.ts";

const TILL = { store: "S1", till: "T1" };

describe("intake", () => {
	it("has stored a message durably when it answers, and accepts up to it", () => {
		const relay = testIntake();
		const till = new TestTill(1);
		expect(relay.intake.accepted(TILL, till.journalId)).toMatchObject({ feedSeq: 0, sha256: NO_PREVIOUS, term: 1 });
		const sale = till.sell();
		expect(relay.take(sale)).toEqual({ outcome: "stored", journalId: till.journalId });
		const other = connect(relay.path);
		expect(other.prepare("SELECT feed_seq, bytes FROM message").all()).toEqual([
			{ feed_seq: 1, bytes: Buffer.from(sale.bytes) },
		]);
		other.close();
		expect(relay.intake.accepted(TILL, till.journalId)).toEqual({
			v: 1,
			journalId: till.journalId,
			feedSeq: 1,
			sha256: sale.sha256,
			ledgerId: relay.ledger.ledgerId,
			term: 1,
			series: { receipt: 1, return: 0, delivery: 0, training: 0, z: 1 },
		});
	});

	it("indexes tickets and Z reports with their totals", () => {
		const relay = testIntake();
		const till = new TestTill(1);
		relay.take(till.sell());
		relay.take(till.close());
		expect(relay.rows("SELECT * FROM ticket")).toEqual([
			{
				message_id: 1,
				journal_id: till.journalId,
				feed_seq: 1,
				store: "S1",
				till: "T1",
				z: 1,
				business_date: "2026-11-23",
				currency: "NOK",
				settlement: "cash",
				transaction_code: "11001",
				series: "receipt",
				receipt_number: 1,
				line_count: 1,
				due_minor: 9995,
				net_minor: 7996,
				vat_minor: 1999,
				rounding_minor: -5,
			},
		]);
		expect(relay.rows("SELECT z, feed_seq_first, feed_seq_last, ticket_count, gross_minor FROM report")).toEqual([
			{ z: 1, feed_seq_first: 1, feed_seq_last: 1, ticket_count: 1, gross_minor: 9995 },
		]);
	});

	it("drops a repeat", () => {
		const relay = testIntake();
		const sale = new TestTill(1).sell();
		relay.take(sale);
		expect(relay.take(sale).outcome).toBe("repeat");
		expect(relay.rows("SELECT id FROM ticket, message ON id = message_id")).toHaveLength(1);
		expect(relay.alarmList()).toEqual([]);
	});

	it("sets the other message of a fork aside and accepts nothing further from the journal, whichever box sends", () => {
		const relay = testIntake();
		const original = new TestTill(1);
		relay.take(original.sell());
		const copy = original.copy();
		relay.take(original.sell());
		const twin = copy.sell({ lines: [{ gross: 5000n }] });
		expect(relay.take(twin)).toMatchObject({ outcome: "fork", code: "RELAY-1106" });
		expect(relay.take(original.sell())).toMatchObject({ outcome: "refused", code: "RELAY-1107" });
		expect(relay.take(copy.sell())).toMatchObject({ outcome: "refused", code: "RELAY-1107" });
		expect(relay.intake.accepted(TILL, original.journalId).feedSeq).toBe(2);
		expect(relay.rows(`SELECT feed_seq, code, sha256 = '${twin.sha256}' AS twin FROM set_aside`)).toEqual([
			{ feed_seq: 2, code: "RELAY-1106", twin: 1 },
			{ feed_seq: 3, code: "RELAY-1107", twin: 0 },
			{ feed_seq: 3, code: "RELAY-1107", twin: 0 },
		]);
		expect(relay.alarmList()).toContain(`RELAY-1106 ${original.journalId}`);
	});

	it("keeps answering repeats of a forked journal, so that the till that stays is not kept waiting", () => {
		const relay = testIntake();
		const till = new TestTill(1);
		const copy = till.copy();
		const first = till.sell();
		relay.take(first);
		relay.take(copy.sell({ lines: [{ gross: 1n }] }));
		expect(relay.take(first).outcome).toBe("repeat");
	});

	it("takes a message that does not continue its predecessor for a fork", () => {
		const relay = testIntake();
		const till = new TestTill(1);
		relay.take(till.sell());
		const other = new TestTill(1);
		other.sell({ lines: [{ gross: 1n }] });
		expect(relay.take(other.sell())).toMatchObject({ outcome: "fork", code: "RELAY-1108" });
		expect(relay.intake.accepted(TILL, till.journalId).feedSeq).toBe(1);
	});

	it("puts messages into order, asks for what is missing, and accepts only what is contiguous", () => {
		const relay = testIntake();
		const till = new TestTill(1);
		const [one, two, three, four] = [till.sell(), till.sell(), till.sell(), till.close()];
		expect(relay.take(three)).toEqual({ outcome: "gap", journalId: till.journalId, fromFeedSeq: 1 });
		expect(relay.take(one).outcome).toBe("stored");
		expect(relay.intake.accepted(TILL, till.journalId).feedSeq).toBe(1);
		expect(relay.take(four)).toMatchObject({ outcome: "gap", fromFeedSeq: 2 });
		expect(relay.take(two).outcome).toBe("stored");
		expect(relay.intake.accepted(TILL, till.journalId)).toMatchObject({ feedSeq: 4, sha256: four.sha256 });
		expect(relay.rows("SELECT feed_seq FROM message ORDER BY id")).toEqual([1, 2, 3, 4].map((n) => ({ feed_seq: n })));
		expect(relay.rows("SELECT * FROM ahead")).toEqual([]);
	});

	it("finds the fork when what was kept ahead does not continue what fills the gap", () => {
		const relay = testIntake();
		const till = new TestTill(1);
		const copy = till.copy();
		till.sell();
		relay.take(till.sell());
		expect(relay.take(copy.sell({ lines: [{ gross: 1n }] })).outcome).toBe("stored");
		expect(relay.intake.accepted(TILL, till.journalId).feedSeq).toBe(1);
		expect(relay.rows("SELECT fork_code FROM journal")).toEqual([{ fork_code: "RELAY-1108" }]);
		expect(relay.rows("SELECT feed_seq FROM set_aside")).toEqual([{ feed_seq: 2 }]);
	});

	it("keeps at most 1,000 messages ahead of a gap", () => {
		const relay = testIntake();
		const till = new TestTill(1);
		const sent = Array.from({ length: 1_003 }, () => till.send("event", null, { type: "NoSale" }));
		const missing = sent.shift();
		relay.intake.takeAll(sent);
		expect(relay.rows("SELECT count(*) AS n, max(feed_seq) AS last FROM ahead")).toEqual([{ n: 999, last: 1_000 }]);
		if (missing !== undefined) relay.take(missing);
		expect(relay.intake.accepted(TILL, till.journalId).feedSeq).toBe(1_000);
	});

	it("goes on after a restart where it stopped, what was kept ahead included", () => {
		const till = new TestTill(1);
		const [one, two, three] = [till.sell(), till.sell(), till.sell()];
		const before = testIntake();
		before.take(one);
		before.take(three);
		before.ledger.close();
		const after = testIntake(before.path);
		expect(after.intake.accepted(TILL, till.journalId)).toMatchObject({ feedSeq: 1, sha256: one.sha256 });
		after.take(two);
		expect(after.intake.accepted(TILL, till.journalId).feedSeq).toBe(3);
	});

	it("numbers the journals of a till in the order first seen and warns when an older one goes on", () => {
		const relay = testIntake();
		const [old, swapped, other] = [new TestTill(1), new TestTill(2), new TestTill(3, "S1", "T2")];
		for (const till of [old, swapped, other]) relay.take(till.sell());
		expect(relay.alarmList()).toEqual([]);
		expect(relay.take(old.sell()).outcome).toBe("stored");
		expect(relay.alarmList()).toEqual(["RELAY-1109 S1/T1"]);
		expect(relay.rows("SELECT till, ordinal, contiguous FROM journal ORDER BY till, ordinal")).toEqual([
			{ till: "T1", ordinal: 1, contiguous: 2 },
			{ till: "T1", ordinal: 2, contiguous: 1 },
			{ till: "T2", ordinal: 1, contiguous: 1 },
		]);
	});

	it("keeps the highest number of every series over all journals of a till, a fork's paper included", () => {
		const relay = testIntake();
		const till = new TestTill(1);
		relay.take(till.sell());
		const copy = till.copy();
		relay.take(till.sell({ series: "return", receiptNumber: 4 }));
		relay.take(copy.sell({ receiptNumber: 77 }));
		const next = new TestTill(2);
		relay.take(next.sell({ series: "training", receiptNumber: 9 }));
		relay.take(next.close());
		expect(relay.intake.accepted(TILL, next.journalId).series).toEqual({
			receipt: 77,
			return: 4,
			delivery: 0,
			training: 9,
			z: 1,
		});
	});
});
