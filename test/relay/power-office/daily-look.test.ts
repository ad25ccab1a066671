import { describe, expect, it } from "vitest";
import { runToRest, startRig } from "./support/rig.ts";
import type { TicketSpec } from "./support/tickets.ts";

const SALE: TicketSpec = { lines: [{ group: "BEER", gross: 100 }], tenders: [["visa", 100]] };
const DAY = { businessDate: "2026-11-22" };
const HOURS = 3_600_000;

describe("the daily look at what is booked", () => {
	it("finds the voucher that a bookkeeper reversed in Go, and leaves the others as they are", async () => {
		const rig = await startRig();
		const life = rig.open();
		rig.feed(life, [SALE], { ...DAY, store: "0002", z: 1 });
		await runToRest(rig, life);
		rig.feed(life, [SALE], DAY);
		await runToRest(rig, life);
		await rig.reverseByHand();
		rig.clock.advance(23 * HOURS);
		await runToRest(rig, life);
		expect(life.alarms()).toEqual([]);
		rig.clock.advance(2 * HOURS);
		await runToRest(rig, life);
		expect(life.state()).toBe("held");
		expect(life.alarms()).toEqual(["RELAY-3015 0001/1 Z 1042"]);
		expect(life.state(1, "0002")).toBe("booked");
		expect(life.ledger.statement("SELECT version FROM power_office_voucher WHERE store = '0002'").get()).toEqual({
			version: 6,
		});
	});

	it("asks once a day and company, however many vouchers there are, for two weeks", async () => {
		const rig = await startRig();
		const life = rig.open();
		for (let z = 1; z <= 5; z += 1) rig.feed(life, [SALE], { ...DAY, z });
		await runToRest(rig, life);
		const looks = (): number =>
			rig.sandbox.requests().filter(({ path }) => path.endsWith("/AccountTransactions")).length;
		const booked = looks();
		for (let day = 0; day < 20; day += 1) {
			rig.clock.advance(24 * HOURS + 60_000);
			await runToRest(rig, life);
		}
		expect(looks() - booked).toBe(13);
		expect(life.delivery.summary().states).toEqual({ booked: 5 });
	});

	it("asks again later when Go does not answer, and alarms nobody", async () => {
		const rig = await startRig();
		const life = rig.open();
		rig.feed(life, [SALE], DAY);
		await runToRest(rig, life);
		rig.clock.advance(25 * HOURS);
		rig.sandbox.addFault({ path: "/v2/AccountTransactions", fault: "status500" });
		await runToRest(rig, life);
		expect(life.state()).toBe("booked");
		await rig.reverseByHand();
		rig.clock.advance(HOURS);
		await runToRest(rig, life);
		expect(life.alarms()).toEqual(["RELAY-3015 0001/1 Z 1042"]);
	});
});
