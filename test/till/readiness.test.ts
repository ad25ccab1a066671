import { describe, expect, it } from "vitest";
import type { DeviceClass, DeviceState } from "../../src/devices/contract/devices.ts";
import { deviceConditions, readinessOf, type Surroundings } from "../../src/till/readiness.ts";
import { TestTill } from "../support/test-till.ts";
import { itemOf } from "../support/ticket-fixture.ts";

const WELL: DeviceState = { power: "online", conditions: [], detail: null };
const devices = (
	states: Partial<Record<DeviceClass, DeviceState>> = {},
): ReadonlyMap<string, { deviceClass: DeviceClass; state: DeviceState }> =>
	new Map(
		(["POSPrinter", "CashDrawer", "LineDisplay", "Scanner"] as const).map((deviceClass) => [
			deviceClass,
			{ deviceClass, state: states[deviceClass] ?? WELL },
		]),
	);
const world = (fields: Partial<Surroundings> = {}): Surroundings => ({
	devices: devices(),
	stuckDrawers: new Set(),
	hasCatalog: true,
	isDiskLow: false,
	mirrorTrouble: undefined,
	isBrokerConnected: true,
	isFeedInsecure: false,
	isRecovery: false,
	isLogoUnusable: false,
	...fields,
});
const YES = { able: true, codes: [] };
const no = (...codes: string[]) => ({ able: false, codes });

/** A till that has sold and can go on. */
const readyTill = (): TestTill => {
	const till = new TestTill();
	till.catalog.put("v1", [itemOf()]);
	till.openDay();
	till.type("Item A");
	till.tender("card");
	till.take({
		type: "PrintEnded",
		jobId: till.till.state().doubts[0]?.jobId ?? "",
		result: { outcome: "confirmed", confirmation: "processId", detail: null },
	});
	return till;
};

describe("readiness", () => {
	it("with all well is all able and warns of nothing", () => {
		expect(readinessOf(readyTill().till.state(), world())).toEqual({
			sell: YES,
			takeCash: YES,
			print: YES,
			close: YES,
			warnings: [],
		});
	});

	it("says why not, with the codes that a refusal would have", () => {
		const empty = new TestTill().till.state();
		// A catalog that is in force for the next ticket is enough, also before the first.
		expect(readinessOf(empty, world()).sell).toEqual(no("TILL-0412"));
		const fresh = readinessOf(empty, world({ hasCatalog: false }));
		expect([fresh.sell, fresh.close]).toEqual([no("TILL-0412", "TILL-0420"), no("TILL-0412")]);
		const till = readyTill();
		const low = world({ isDiskLow: true });
		expect(readinessOf(till.till.state(), low).sell).toEqual(no("TILL-0418"));
		till.type("Item A");
		expect(readinessOf(till.till.state(), low)).toMatchObject({ sell: YES, close: no("TILL-0414") });
	});

	it("of devices: missing, silent, and each condition that keeps them from working", () => {
		const state = readyTill().till.state();
		const none = readinessOf(state, world({ devices: new Map() }));
		expect(none).toMatchObject({
			sell: YES,
			takeCash: no("CashDrawer.NoHardware"),
			print: no("POSPrinter.NoHardware"),
			warnings: ["Scanner.NoHardware", "LineDisplay.NoHardware"],
		});
		const ill = readinessOf(
			state,
			world({
				devices: devices({
					POSPrinter: { power: "online", conditions: ["CoverOpen", "RecEmpty"], detail: null },
					CashDrawer: { power: "offline", conditions: [], detail: null },
					Scanner: { power: "unknown", conditions: [], detail: null },
				}),
			}),
		);
		expect(ill).toMatchObject({
			takeCash: no("CashDrawer.Offline"),
			print: no("POSPrinter.CoverOpen", "POSPrinter.RecEmpty"),
			warnings: ["Scanner.Offline"],
		});
		const nearly = readinessOf(
			state,
			world({
				devices: devices({
					POSPrinter: { power: "online", conditions: ["RecNearEnd"], detail: null },
					CashDrawer: { power: "online", conditions: ["DrawerOpened"], detail: null },
				}),
			}),
		);
		expect(nearly).toMatchObject({ takeCash: YES, print: YES, warnings: ["POSPrinter.RecNearEnd"] });
	});

	it("of the drawer: what keeps its printer from pulsing keeps cash from being taken, its position never", () => {
		const state = readyTill().till.state();
		const withDrawer = (conditions: DeviceState["conditions"]) =>
			readinessOf(state, world({ devices: devices({ CashDrawer: { ...WELL, conditions } }) }));
		expect(withDrawer(["DrawerClosed"])).toMatchObject({ takeCash: YES, warnings: [] });
		expect(withDrawer(["DrawerOpened"])).toMatchObject({ takeCash: YES, warnings: [] });
		expect(withDrawer(["SwitchUnsteady"])).toMatchObject({ takeCash: YES, warnings: ["CashDrawer.SwitchUnsteady"] });
		expect(withDrawer(["DrawerOpened", "Error"]).takeCash).toEqual(no("CashDrawer.Error"));
	});

	it("of a drawer that stands open too long: a warning, as long as it is known to be open", () => {
		const till = readyTill();
		till.take({ type: "DrawerSensed", drawerId: "CashDrawer", isOpen: true, seen: "change" });
		till.take({ type: "DrawerOverdue", drawerId: "CashDrawer", openMs: 300_000 });
		const warnings = (state: DeviceState) =>
			readinessOf(till.till.state(), world({ devices: devices({ CashDrawer: state }) })).warnings;
		expect(warnings({ ...WELL, conditions: ["DrawerOpened"] })).toEqual(["CashDrawer.OpenTooLong"]);
		expect(warnings({ ...WELL, power: "offline" })).toEqual([]);
		till.take({ type: "DrawerSensed", drawerId: "CashDrawer", isOpen: false, seen: "change" });
		expect(warnings({ ...WELL, conditions: ["DrawerClosed"] })).toEqual([]);
	});

	it("of a drawer that was pulsed and stays shut: a warning, and cash is taken", () => {
		const stuck = readinessOf(readyTill().till.state(), world({ stuckDrawers: new Set(["drawer"]) }));
		expect(stuck).toMatchObject({ takeCash: YES, warnings: ["CashDrawer.NotOpened"] });
	});

	it("of several printers: one that can is enough, and the others are warned of", () => {
		const state = readyTill().till.state();
		const printers = (first: DeviceState, second: DeviceState) =>
			readinessOf(
				state,
				world({
					devices: new Map([
						...devices(),
						["POSPrinter", { deviceClass: "POSPrinter", state: first }],
						["kitchen", { deviceClass: "POSPrinter", state: second }],
					] as const),
				}),
			);
		const empty: DeviceState = { ...WELL, conditions: ["RecEmpty"] };
		expect(printers(empty, WELL)).toMatchObject({ print: YES, warnings: ["POSPrinter.RecEmpty"] });
		expect(printers(empty, { ...WELL, power: "offline" }).print).toEqual(
			no("POSPrinter.RecEmpty", "POSPrinter.Offline"),
		);
		expect(printers(empty, empty).print).toEqual(no("POSPrinter.RecEmpty"));
	});

	it("of a head too hot and a roll near its end: it still prints, with a warning", () => {
		const hot: DeviceState = { ...WELL, conditions: ["HeadHot", "RecNearEnd"] };
		expect(readinessOf(readyTill().till.state(), world({ devices: devices({ POSPrinter: hot }) }))).toMatchObject({
			print: YES,
			warnings: ["POSPrinter.RecNearEnd", "POSPrinter.HeadHot"],
		});
	});

	it("warns of papers that did not come out until they are asked for", () => {
		const till = readyTill();
		till.type("Item A");
		till.tender("card");
		const jobId = till.till.state().doubts[0]?.jobId ?? "";
		till.take({ type: "PrintEnded", jobId, result: { outcome: "failed", confirmation: null, detail: "RecEmpty" } });
		expect(readinessOf(till.till.state(), world()).warnings).toEqual(["NotPrinted"]);
		till.take({ type: "CopyRequested", receiptNumber: 123_457 });
		expect(readinessOf(till.till.state(), world()).warnings).toEqual([]);
	});

	it("tells the conditions of devices apart from everything else, each once", () => {
		const till = readyTill();
		const empty: DeviceState = { ...WELL, conditions: ["RecEmpty"] };
		const readiness = readinessOf(
			till.till.state(),
			world({
				isRecovery: true,
				devices: devices({ POSPrinter: empty, CashDrawer: { ...WELL, conditions: ["Error"] }, Scanner: empty }),
			}),
		);
		expect(deviceConditions(readiness)).toEqual(["POSPrinter.RecEmpty", "CashDrawer.Error", "Scanner.RecEmpty"]);
		const bare = readinessOf(till.till.state(), world({ devices: new Map() }));
		expect(deviceConditions(bare)).toEqual(["POSPrinter.NoHardware", "CashDrawer.NoHardware"]);
	});

	it("warns of everything a person should know though selling goes on", () => {
		const till = readyTill();
		till.type("Item A");
		till.tender("cash");
		till.synchronised = false;
		till.restart();
		const state = { ...till.till.state(), clockDoubt: "farAhead" as const };
		const { sell, warnings } = readinessOf(
			state,
			world({
				mirrorTrouble: "gone",
				isBrokerConnected: false,
				isFeedInsecure: true,
				isRecovery: true,
				isLogoUnusable: true,
			}),
		);
		expect(sell).toEqual(YES);
		expect(warnings).toEqual([
			"Clock.farAhead",
			"Mirror.Failed",
			"Feed.Offline",
			"Feed.Insecure",
			"Recovery",
			"Logo.Unusable",
			"Doubt",
		]);
		expect(readinessOf(readyTill().till.state(), world({ mirrorTrouble: "none" })).warnings).toEqual(["Mirror.None"]);
	});
});
