import { describe, expect, it } from "vitest";
import type { CallOutcome } from "../../../src/relay/m3/client.ts";
import { m3World } from "../support/m3-world.ts";
import { TestTill } from "../support/test-till.ts";

const many = <T>(count: number, one: T): T[] => Array.from({ length: count }, () => one);

describe("what M3 does for long", () => {
	it.each([
		["a server error", "AddRoundNumber", { kind: "status500" }],
		["a line that breaks off", "AddSlsTicketLin", { kind: "dropConnection", when: "beforeWork" }],
		["a page of HTML", "Select", { kind: "malformed", body: "html" }],
	] as const)(
		"is told to a person: %s in the place of %s, and the alarm ends with it",
		async (_, transaction, fault) => {
			const world = await m3World();
			const relay = world.boot({ settings: { readBack: "EXPORTMI" } });
			world.sandbox.addFaults(...many(40, { match: { transaction }, fault }));
			relay.take(new TestTill(1).sell());
			await world.settle(relay, 6);
			expect(relay.alarmList()).toEqual(["RELAY-2303 m3 round 1"]);
			world.sandbox.clearFaults();
			await world.settle(relay);
			expect(relay.states()).toEqual({ booked: 1 });
			expect(relay.alarmList()).toEqual([]);
		},
	);

	it("is over when a relay that was started again reaches M3", async () => {
		const world = await m3World();
		const before = world.boot();
		world.sandbox.addFaults(...many(40, { fault: { kind: "unauthorized" } as const }));
		before.take(new TestTill(1).sell());
		await world.settle(before, 6);
		expect(before.alarmList()).toEqual(["RELAY-2303 m3"]);
		before.kill();
		world.sandbox.clearFaults();
		const after = world.boot();
		await world.settle(after);
		expect(after.states()).toEqual({ acknowledged: 1 });
		expect(after.alarmList()).toEqual([]);
	});

	it("is one alarm for all rounds when M3 lets nothing be read, and none when it does again", async () => {
		const world = await m3World();
		let isAllowed = false;
		const refused: CallOutcome = {
			kind: "answered",
			results: [{ outcome: "refused", words: "not authorized to EXPORTMI", field: "" }],
		};
		const relay = world.boot({
			settings: { readBack: "EXPORTMI" },
			wrap: (client) => ({
				...client,
				read: (...call) => (isAllowed ? client.read(...call) : Promise.resolve(refused)),
			}),
		});
		const till = new TestTill(1);
		for (let round = 0; round < 3; round += 1) {
			relay.take(till.sell());
			await world.settle(relay);
		}
		expect(relay.alarmList()).toEqual(["RELAY-2304 m3"]);
		isAllowed = true;
		relay.take(till.sell());
		await world.settle(relay);
		expect(relay.states()).toEqual({ acknowledged: 3, booked: 1 });
		expect(relay.alarmList()).toEqual([]);
	});
});
