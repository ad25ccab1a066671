import { describe, expect, it } from "vitest";
import { openAlarmBook } from "../../../src/relay/alarm/alarm-book.ts";
import { closeOrphanDay } from "../../../src/relay/intake/orphan-day.ts";
import { openReconciler } from "../../../src/relay/reconciliation/reconciler.ts";
import type { Reconciliation } from "../../../src/relay/reconciliation/reconciliation.ts";
import { reconciliationTable } from "../../../src/relay/reconciliation/reconciliation-table.ts";
import { recordingLogger } from "../../support/manual-runtime.ts";
import { type Sent, TestTill } from "../support/test-till.ts";
import { mappingOf, RESTAURANT } from "./support/mapping.ts";
import { type Life, type Rig, runToRest, startRig } from "./support/rig.ts";
import { dayOf, FRIDAY_NIGHT } from "./support/tickets.ts";

const KEY = { store: "0001", till: "1", z: 1042 };

/** Friday night's tickets as one journal sends them, its Z, and the journal that the till went on in. */
const friday = (): { tickets: Sent[]; report: () => Sent; next: TestTill; opened: Sent } => {
	const [old, next] = [new TestTill(1, KEY.store, KEY.till), new TestTill(2, KEY.store, KEY.till)];
	const { tickets } = dayOf(FRIDAY_NIGHT);
	const sent = tickets.map((ticket) => old.send("ticket", ticket.businessDate, ticket));
	const { report } = dayOf(FRIDAY_NIGHT, {}, sent[0]?.feedSeq);
	const opened = next.send("event", "2025-03-15", { type: "BusinessDayOpened", businessDate: "2025-03-15", z: 1043 });
	return { tickets: sent, report: () => old.send("report", report.businessDate, report), next, opened };
};

const alarmsOf = (life: Life) => openAlarmBook(life.ledger, recordingLogger());

const close = (rig: Rig, life: Life) =>
	closeOrphanDay({ ledger: life.ledger, alarms: alarmsOf(life) }, KEY, "Kari", rig.clock.stamp().utcMs);

const reconcile = (rig: Rig, life: Life): Reconciliation | undefined =>
	openReconciler({
		ledger: life.ledger,
		mapping: mappingOf(),
		m3: undefined,
		powerOffice: true,
		clock: rig.clock,
		alarms: alarmsOf(life),
	}).reconcile(KEY);

const FRIDAYS_BOOKS = { "1901/0": "5000.00", "1910/0": "13650.00" };

describe("a day that is closed at the relay", () => {
	it("is booked like one with a Z; the reconciliation says that no journal vouches for it", async () => {
		const rig = await startRig();
		const life = rig.open();
		const { tickets, opened } = friday();
		rig.take(life, [...tickets, opened]);
		await runToRest(rig, life);
		expect([life.state(), life.alarms()]).toEqual(["unknown", ["RELAY-1113 0001/1 Z 1042"]]);
		expect(reconcile(rig, life)).toBeUndefined();
		close(rig, life);
		await runToRest(rig, life);
		expect(life.state()).toBe("booked");
		expect((await rig.standing()).map(({ lines }) => lines)).toMatchObject([FRIDAYS_BOOKS]);
		const result = reconcile(rig, life);
		expect(result).toMatchObject({
			equal: true,
			gross: { journal: null, feed: 1_865_000n, m3: null, powerOffice: 1_865_000n },
			vat: { journal: null, feed: 365_000n, powerOffice: 365_000n },
			counts: { tickets: { journal: null, feed: 3, m3: null } },
			evidence: { powerOffice: "booked" },
			findings: [{ code: "RELAY-4008", detail: "by Kari on 2026-11-23" }],
		});
		expect(result?.tenders.map(({ journal }) => journal)).toEqual([null, null]);
		const table = result === undefined ? "" : reconciliationTable(result);
		expect(table).toMatch(/EQUAL[\s\S]*tickets +- +3 +- +-\n[\s\S]*RELAY-4008 {2}The day was closed at the relay/);
	});

	it("is not booked a second time when its Z comes after all", async () => {
		const rig = await startRig();
		const life = rig.open();
		const { tickets, report, opened } = friday();
		rig.take(life, [...tickets, opened]);
		close(rig, life);
		rig.take(life, [report()]);
		await runToRest(rig, life);
		expect((await rig.standing()).map(({ lines }) => lines)).toMatchObject([FRIDAYS_BOOKS]);
		expect(life.delivery.summary().states).toEqual({ booked: 1 });
		expect(life.alarms().filter((alarm) => alarm.startsWith("RELAY-1115"))).toHaveLength(1);
	});

	it.each(["booked", "waiting"] as const)(
		"is posted whole when more comes in while its voucher is %s",
		async (when) => {
			const rig = await startRig();
			// Unmapped, the voucher waits for its account.
			const life = when === "booked" ? rig.open() : rig.open({ ...RESTAURANT, itemGroups: {} });
			const { tickets, opened } = friday();
			rig.take(life, [...tickets.slice(0, 2), opened]);
			close(rig, life);
			await runToRest(rig, life, () => when === "waiting" && life.state() === "waiting");
			rig.take(life, tickets.slice(2));
			expect(life.alarms()).toContain("RELAY-1114 0001/1 Z 1042");
			close(rig, life);
			life.close();
			const again = rig.open();
			await runToRest(rig, again);
			expect(again.state()).toBe("booked");
			expect((await rig.standing()).map(({ lines }) => lines)).toMatchObject([FRIDAYS_BOOKS]);
			expect(reconcile(rig, again)).toMatchObject({
				equal: true,
				gross: { feed: 1_865_000n, powerOffice: 1_865_000n },
			});
		},
	);

	it("takes in what a copy of the journal sold on, whether its Z was booked before or is held for it", async () => {
		for (const isBookedBefore of [true, false]) {
			const rig = await startRig();
			const life = rig.open();
			const { tickets, report, next, opened } = friday();
			rig.take(life, [...tickets, report()]);
			if (isBookedBefore) await runToRest(rig, life);
			// The copy sold the night's first ticket once more, and closed nothing.
			const [first] = dayOf(FRIDAY_NIGHT).tickets;
			const copy = new TestTill(1, KEY.store, KEY.till);
			const late = copy.send("ticket", "2025-03-14", first);
			rig.take(life, [opened, next.reissue({ ...late, sha256: "0".repeat(64) }, copy.journalId)]);
			await runToRest(rig, life, () => life.reasons().length > 0);
			expect(life.alarms()).toContain("RELAY-1114 0001/1 Z 1042");
			close(rig, life);
			await runToRest(rig, life);
			expect((await rig.standing()).map(({ lines }) => lines)).toMatchObject([
				{ "1901/0": "5000.00", "1910/0": "19650.00" },
			]);
			expect(life.alarms()).toEqual([]);
		}
	});

	it("waits in vain for nothing when a Z was sent again under new numbers", async () => {
		const rig = await startRig();
		const life = rig.open();
		const { tickets, report, next, opened } = friday();
		const [journalId, rest] = [new TestTill(1).journalId, tickets.slice(1)];
		rig.take(life, tickets.slice(0, 1));
		rig.take(life, [...rest, report()].map((sent) => next.reissue(sent, journalId)).toSpliced(0, 0, opened));
		await runToRest(rig, life);
		expect(life.state()).toBe("booked");
		expect(life.alarms()).toEqual([]);
	});
});
