import { describe, expect, it } from "vitest";
import { openAlarmBook } from "../../../src/relay/alarm/alarm-book.ts";
import { openReconciler } from "../../../src/relay/reconciliation/reconciler.ts";
import { recordingLogger } from "../../support/manual-runtime.ts";
import { TestTill } from "../support/test-till.ts";
import { mappingOf } from "./support/mapping.ts";
import { runToRest, startRig } from "./support/rig.ts";
import { dayOf, type TicketSpec } from "./support/tickets.ts";

const SALE: TicketSpec = { lines: [{ group: "BEER", gross: 100 }], tenders: [["visa", 100]] };
/** As large as one amount may be: two of them are beyond what a sum can hold. */
const HUGE: TicketSpec = {
	lines: [{ group: "BEER", gross: 9_007_199_254_740_991n }],
	tenders: [["visa", 9_007_199_254_740_991n]],
};

describe("a Z that breaks the program", () => {
	it("is shown with the reason, and holds up no other Z", async () => {
		const rig = await startRig();
		const life = rig.open();
		const till = new TestTill(9, "0001", "1");
		const { tickets, report } = dayOf([HUGE], { z: 1 });
		const sold = [...tickets, ...tickets].map((ticket) => till.send("ticket", ticket.businessDate, ticket));
		const totals = { ...report.totals, feedSeqFirst: 1, feedSeqLast: 2 };
		rig.take(life, [...sold, till.send("report", report.businessDate, { ...report, totals })]);
		rig.feed(life, [SALE], { store: "0002", z: 1 });
		await runToRest(rig, life, () => life.state(1, "0002") === "booked");
		expect(life.state(1, "0001")).toBe("waiting");
		expect(life.reasons(1)).toEqual([expect.stringContaining("RELAY-3021")]);
		expect(life.alarms()).toEqual(["RELAY-3021 0001/1 Z 1"]);
		expect(await rig.standing()).toHaveLength(1);

		const alarms = openAlarmBook(life.ledger, recordingLogger());
		const settings = { mapping: mappingOf(), m3: undefined, powerOffice: true };
		const reconciler = openReconciler({ ledger: life.ledger, clock: rig.clock, alarms, ...settings });
		expect(await reconciler.step()).toBe(false);
		expect(reconciler.summary().states).toEqual({ equal: 1, unequal: 0 });
		expect(life.alarms()).toEqual(["RELAY-3021 0001/1 Z 1", "RELAY-4009 0001/1 Z 1"]);
	});
});
