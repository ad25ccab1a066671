import { copyFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { testIntake } from "../support/test-intake.ts";
import { type Sent, TestTill } from "../support/test-till.ts";

const TILL = { store: "S1", till: "T1" };

describe("a till's journal restored from a copy", () => {
	it("books a reissued ticket once when the relay holds it under the old key", () => {
		const relay = testIntake();
		const [old, next] = [new TestTill(1), new TestTill(2)];
		const sale = old.sell();
		relay.take(sale);
		relay.take(next.reissue(sale, old.journalId));
		relay.take(next.sell());
		expect(relay.rows("SELECT journal_id, feed_seq FROM ticket ORDER BY message_id")).toEqual([
			{ journal_id: old.journalId, feed_seq: 1 },
			{ journal_id: next.journalId, feed_seq: 2 },
		]);
		expect(relay.intake.accepted(TILL, next.journalId).feedSeq).toBe(2);
	});

	it("books a reissued ticket that it never had, and drops the original when it comes after all", () => {
		const relay = testIntake();
		const [old, next] = [new TestTill(1), new TestTill(2)];
		const sale = old.sell();
		relay.take(next.reissue(sale, old.journalId));
		expect(relay.take(sale).outcome).toBe("stored");
		expect(relay.rows("SELECT journal_id FROM ticket")).toEqual([{ journal_id: next.journalId }]);
	});

	it("books both tickets of a fork: the one accepted, and the one set aside when it is sent again", () => {
		const relay = testIntake();
		const [old, next] = [new TestTill(1), new TestTill(2)];
		const copy = old.copy();
		relay.take(old.sell());
		const twin = copy.sell({ lines: [{ gross: 5000n }] });
		relay.take(twin);
		relay.take(next.reissue(twin, old.journalId));
		expect(relay.rows("SELECT due_minor FROM ticket ORDER BY message_id")).toEqual([
			{ due_minor: 9995 },
			{ due_minor: 5000 },
		]);
		expect(relay.rows("SELECT resolution FROM set_aside")).toEqual([
			{ resolution: `sent again as ${next.journalId}/1` },
		]);
	});
});

describe("a ledger restored from an old copy", () => {
	it("asks in a new term for what it lost, and then holds everything once", () => {
		const till = new TestTill(1);
		const sent = Array.from({ length: 5 }, () => till.sell());
		const [one, two, ...lost] = sent;
		const before = testIntake();
		before.intake.takeAll([one, two].filter((message) => message !== undefined));
		before.ledger.statement("PRAGMA wal_checkpoint(TRUNCATE)").all();
		copyFileSync(before.path, `${before.path}.backup`);
		before.intake.takeAll(lost);
		expect(before.intake.accepted(TILL, till.journalId)).toMatchObject({ feedSeq: 5, term: 1 });

		const restored = testIntake(`${before.path}.backup`);
		restored.ledger.newTerm(1);
		expect(restored.intake.accepted(TILL, till.journalId)).toMatchObject({ feedSeq: 2, term: 2, sha256: two?.sha256 });
		restored.intake.takeAll(sent);
		expect(restored.intake.accepted(TILL, till.journalId).feedSeq).toBe(5);
		expect(restored.rows("SELECT count(*) AS n FROM ticket")).toEqual([{ n: 5 }]);
	});
});

describe("whatever order messages come in, however often", () => {
	it("ends with each stored once, in order, and never accepts past a gap", () => {
		const till = new TestTill(1);
		const sent: Sent[] = Array.from({ length: 8 }, (_, index) => (index % 3 === 2 ? till.close() : till.sell()));
		fc.assert(
			fc.property(fc.array(fc.nat(7), { maxLength: 40 }), (arrivals) => {
				const relay = testIntake();
				const seen = new Set<number>();
				for (const index of arrivals) {
					const message = sent[index];
					if (message === undefined) continue;
					relay.take(message);
					seen.add(message.feedSeq);
					let contiguous = 0;
					while (seen.has(contiguous + 1)) contiguous += 1;
					expect(relay.intake.accepted(TILL, till.journalId).feedSeq).toBe(contiguous);
				}
				for (const message of sent) relay.take(message);
				expect(relay.rows("SELECT sha256 FROM message ORDER BY id")).toEqual(sent.map(({ sha256 }) => ({ sha256 })));
				expect(relay.alarmList()).toEqual([]);
				relay.ledger.close();
			}),
			{ numRuns: 25 },
		);
	});
});
