import { describe, expect, it } from "vitest";
import type { Surroundings } from "../../src/till/readiness.ts";
import { refusalOf, TestTill, typesOf } from "../support/test-till.ts";
import { itemOf } from "../support/ticket-fixture.ts";

const STATE = { power: "online", conditions: [], detail: null } as const;

/** A till with one device of each class. */
const tillWithDevices = (): TestTill => {
	const till = new TestTill();
	const devices: Surroundings["devices"] = new Map([
		["printer", { deviceClass: "POSPrinter", state: STATE }],
		["drawer", { deviceClass: "CashDrawer", state: STATE }],
		["display", { deviceClass: "LineDisplay", state: STATE }],
	]);
	till.surroundings = { ...till.surroundings, devices };
	return till;
};

const test = (deviceId: string) => ({ type: "DeviceTestRequested", deviceId }) as const;

describe("a technician's trial", () => {
	it("of a printer is a recorded job of its own, on that printer, also on a closed day", () => {
		const till = tillWithDevices();
		const outcome = till.take(test("printer"));
		expect(outcome.events).toMatchObject([{ type: "PrintStarted", subject: { kind: "test", deviceId: "printer" } }]);
		expect(outcome.effects).toMatchObject([{ effect: "Print", content: { kind: "test", deviceId: "printer" } }]);
	});

	it("of a printer leaves no question, whatever became of the page", () => {
		const till = tillWithDevices();
		const [started] = till.take(test("printer")).events;
		const jobId = started?.type === "PrintStarted" ? started.jobId : "";
		const result = { outcome: "unknown", confirmation: null, detail: null } as const;
		expect(typesOf(till.take({ type: "PrintEnded", jobId, result }))).toEqual(["PrintFinished"]);
		expect(till.till.state().doubts).toEqual([]);
	});

	it("of a drawer is an opening with the cause test, of that drawer, and told to head office: no sale explains it", () => {
		const till = tillWithDevices();
		const outcome = till.take(test("drawer"));
		expect(outcome.events).toMatchObject([
			{ type: "DrawerOpenStarted", cause: "test", ticketId: null, drawerId: "drawer" },
		]);
		expect(outcome.effects).toMatchObject([{ effect: "OpenDrawer", drawerId: "drawer" }]);
		expect(outcome.hasMessages).toBe(true);
	});

	it("of a display records nothing", () => {
		expect(tillWithDevices().take(test("display"))).toMatchObject({ refusal: undefined, events: [], effects: [] });
	});

	it("is refused in the middle of a sale, and for a device that there is not", () => {
		const till = tillWithDevices();
		till.catalog.put("v1", [itemOf()]);
		till.openDay();
		expect(refusalOf(till.take(test("kitchen")))).toBe("TILL-0437");
		till.type("Item A");
		expect(refusalOf(till.take(test("drawer")))).toBe("TILL-0414");
	});
});
