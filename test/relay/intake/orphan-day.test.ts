import { describe, expect, it } from "vitest";
import { noteClaim } from "../../../src/relay/intake/missing.ts";
import { type CloseOptions, closeOrphanDay, unclosedDays } from "../../../src/relay/intake/orphan-day.ts";
import type { RelayReport } from "../../../src/relay/intake/relay-report.ts";
import { type TestIntake, testIntake } from "../support/test-intake.ts";
import { TestTill } from "../support/test-till.ts";

const DAY = { store: "S1", till: "T1", z: 1 };

/** The till's second journal: its first day is the one behind the day of the first. */
const successor = (journalNumber = 2, z = 2): TestTill => {
	const till = new TestTill(journalNumber);
	till.z = z;
	return till;
};

const close = (relay: TestIntake, by = "Kari", options: CloseOptions = {}): RelayReport =>
	closeOrphanDay(relay, DAY, by, relay.clock.stamp().utcMs, options);

/** A relay that holds two tickets of a day whose till went on in another journal. */
const orphaned = (): { relay: TestIntake; old: TestTill; next: TestTill } => {
	const relay = testIntake();
	const [old, next] = [new TestTill(1), successor()];
	for (const sent of [old.sell(), old.sell({ lines: [{ gross: 5000n }] }), next.sell()]) relay.take(sent);
	return { relay, old, next };
};

describe("a day whose Z will not come", () => {
	it("is noticed when the till's next journal begins a later day, and shown with what is held of it", () => {
		const { relay, old } = orphaned();
		expect(relay.alarmList()).toEqual(["RELAY-1113 S1/T1 Z 1"]);
		expect(unclosedDays(relay.ledger)).toEqual([
			{
				...DAY,
				state: "orphan",
				businessDate: "2026-11-23",
				ticketCount: 2,
				grossMinor: 14995,
				journals: [{ journalId: old.journalId, accepted: 2, missing: [], ahead: 0, setAside: 0 }],
			},
		]);
	});

	it("is noticed when the later day is only opened yet", () => {
		const relay = testIntake();
		const [old, next] = [new TestTill(1), successor()];
		relay.take(old.sell());
		expect(relay.alarmList()).toEqual([]);
		relay.take(next.send("event", "2026-11-24", { type: "BusinessDayOpened", businessDate: "2026-11-24", z: 2 }));
		expect(relay.alarmList()).toEqual(["RELAY-1113 S1/T1 Z 1"]);
	});

	it("is noticed when the relay met its tickets under the next journal's numbers only", () => {
		const relay = testIntake();
		const [old, next] = [new TestTill(1), successor()];
		relay.take(next.reissue(old.sell(), old.journalId));
		expect(relay.alarmList()).toEqual([]);
		relay.take(next.sell());
		expect(relay.alarmList()).toEqual(["RELAY-1113 S1/T1 Z 1"]);
	});

	it("is noticed when its tickets come after those of the next journal", () => {
		const relay = testIntake();
		relay.take(successor().sell());
		relay.take(new TestTill(1).sell());
		// The older journal was met second, so nothing says that it is the older one: its day is open as any other.
		expect(relay.alarmList()).toEqual([]);
		relay.take(successor(3, 3).sell());
		expect(relay.alarmList()).toEqual(["RELAY-1113 S1/T1 Z 1", "RELAY-1113 S1/T1 Z 2"]);
	});

	it("is noticed in a ledger from before days were watched, once", () => {
		const { relay } = orphaned();
		relay.ledger.statement("DELETE FROM unclosed_day").run();
		relay.ledger.statement("DELETE FROM alarm").run();
		relay.ledger.close();
		const again = testIntake(relay.path);
		expect(again.alarmList()).toEqual(["RELAY-1113 S1/T1 Z 1"]);
		again.ledger.close();
		expect(testIntake(relay.path).alarms.open()).toMatchObject([{ code: "RELAY-1113", count: 1 }]);
	});

	it("is none where the next journal sends the Z again", () => {
		const relay = testIntake();
		const [old, next] = [new TestTill(1), successor()];
		for (const sent of [old.sell(), next.reissue(old.close(), old.journalId), next.sell()]) relay.take(sent);
		expect(relay.alarmList()).toEqual([]);
		expect(() => close(relay)).toThrow(/RELAY-1117/);
	});

	it("ends when the Z comes after all", () => {
		const { relay, old } = orphaned();
		relay.take(old.close());
		expect(relay.alarmList()).toEqual(["RELAY-1109 S1/T1"]);
		expect(unclosedDays(relay.ledger)).toEqual([]);
	});
});

describe("closing such a day at the relay", () => {
	it("makes the relay's own report, once, for good", () => {
		const { relay } = orphaned();
		const report = close(relay);
		expect(report).toMatchObject({
			...DAY,
			revision: 1,
			businessDate: "2026-11-23",
			currency: "NOK",
			ticketCount: 2,
			lineCount: 2,
			gross: 14995n,
			net: 11996n,
			vat: 2999n,
			rounding: -5n,
			missing: null,
			closedBy: "Kari",
		});
		expect(relay.alarmList()).toEqual([]);
		expect(close(relay, "Ola")).toEqual(report);
		relay.ledger.close();
		expect(close(testIntake(relay.path), "Ola")).toEqual(report);
	});

	it("is refused for a day that its till can still close, for one without sales, and without a name", () => {
		const relay = testIntake();
		const till = new TestTill(1);
		expect(() => close(relay)).toThrow(/RELAY-1116/);
		relay.take(till.sell());
		expect(() => close(relay)).toThrow(/RELAY-1116/);
		till.z = 2;
		relay.take(till.sell());
		expect(() => close(relay)).toThrow(/RELAY-1116/);
		expect(() => close(orphaned().relay, "  ")).toThrow(/RELAY-1007/);
	});

	it("is refused while messages are known to be missing, and says which; a person may say that they are lost", () => {
		const { relay, old } = orphaned();
		noteClaim(relay.ledger, old.journalId, 6, 1);
		noteClaim(relay.ledger, old.journalId, 4, 2);
		old.sell();
		relay.take(old.sell());
		expect(unclosedDays(relay.ledger)[0]?.journals).toEqual([
			{
				journalId: old.journalId,
				accepted: 2,
				missing: [
					{ from: 3, to: 3 },
					{ from: 5, to: 6 },
				],
				ahead: 1,
				setAside: 0,
			},
		]);
		const words = `message 3 of ${old.journalId}; messages 5 to 6 of ${old.journalId}; 1 of ${old.journalId} that came without those before them`;
		expect(() => close(relay)).toThrow(`RELAY-1118 S1/T1 Z 1: ${words}`);
		expect(relay.alarmList()).toContain("RELAY-1113 S1/T1 Z 1");
		expect(close(relay, "Kari", { acceptMissing: true })).toMatchObject({ ticketCount: 2, missing: words });
	});

	it("is not held up by messages that the next journal has sent again", () => {
		const { relay, old, next } = orphaned();
		noteClaim(relay.ledger, old.journalId, 3, 1);
		expect(() => close(relay)).toThrow(/RELAY-1118/);
		relay.take(next.reissue(old.sell(), old.journalId));
		expect(close(relay)).toMatchObject({ ticketCount: 3, missing: null });
	});

	it("is refused while a fork's messages are set aside, until they are sent again", () => {
		const relay = testIntake();
		const [old, next] = [new TestTill(1), successor()];
		const copy = old.copy();
		relay.take(old.sell());
		const twin = copy.sell({ lines: [{ gross: 5000n }] });
		relay.take(twin);
		relay.take(next.send("event", null, { type: "BusinessDayOpened", z: 2 }));
		expect(() => close(relay)).toThrow(/1 of .* that are set aside/);
		expect(relay.alarmList()).toEqual([`RELAY-1106 ${old.journalId}`, "RELAY-1113 S1/T1 Z 1"]);
		relay.take(next.reissue(twin, old.journalId));
		expect(relay.alarmList()).toEqual(["RELAY-1113 S1/T1 Z 1"]);
		expect(close(relay)).toMatchObject({ ticketCount: 2, gross: 14995n });
		// The broker hands the fork's message out once more: it is known to be dealt with.
		relay.take(twin);
		expect(relay.alarmList()).toEqual([]);
	});

	it("is refused for a ticket that cannot be read, which no sum holds", () => {
		const relay = testIntake();
		const [old, next] = [new TestTill(1), successor()];
		relay.take(old.sell());
		relay.take(old.send("ticket", "2026-11-23", old.document(), (json) => ({ ...json, body: {} })));
		relay.take(next.sell());
		expect(() => close(relay)).toThrow(`RELAY-1118 S1/T1 Z 1: ${old.journalId}/2, which cannot be read`);
	});

	it("is refused where tickets of two dates stand under one number", () => {
		const relay = testIntake();
		const old = new TestTill(1);
		for (const sent of [old.sell(), old.sell({ businessDate: "2026-11-24" }), successor().sell()]) relay.take(sent);
		expect(() => close(relay)).toThrow(/RELAY-1119 .*2026-11-23 and 2026-11-24/);
	});

	it("sets a Z aside that comes afterwards, with an alarm", () => {
		const { relay, old } = orphaned();
		close(relay);
		expect(relay.take(old.close()).outcome).toBe("stored");
		expect(relay.alarmList()).toContain(`RELAY-1115 ${old.journalId}/3`);
		expect(relay.rows("SELECT count(*) AS n FROM report")).toEqual([{ n: 0 }]);
		expect(relay.rows("SELECT problem_code FROM message WHERE kind = 'report'")).toEqual([
			{ problem_code: "RELAY-1115" },
		]);
	});

	it("tells of a ticket that comes afterwards, and is done again, whole", () => {
		const { relay, old } = orphaned();
		close(relay);
		relay.take(old.sell());
		expect(relay.alarmList()).toContain("RELAY-1114 S1/T1 Z 1");
		expect(close(relay, "Ola")).toMatchObject({ revision: 2, ticketCount: 3, gross: 24990n, closedBy: "Ola" });
		expect(relay.alarmList()).not.toContain("RELAY-1114 S1/T1 Z 1");
	});

	it("takes in what a copy sold on a day that had its Z already", () => {
		const relay = testIntake();
		const [old, next] = [new TestTill(1), successor()];
		const copy = old.copy();
		for (const sent of [old.sell(), old.close()]) relay.take(sent);
		const twin = copy.sell({ lines: [{ gross: 5000n }] });
		relay.take(twin);
		expect(() => close(relay)).toThrow(/RELAY-1117/);
		relay.take(next.reissue(twin, old.journalId));
		relay.take(next.sell());
		expect(relay.alarmList()).toEqual(["RELAY-1114 S1/T1 Z 1"]);
		expect(close(relay)).toMatchObject({ ticketCount: 2, gross: 14995n });
	});
});
