import { describe, expect, it } from "vitest";
import type { DeviceClass, DeviceState } from "../../src/devices/contract/devices.ts";
import { readinessOf, type Surroundings } from "../../src/till/readiness.ts";
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
		const fresh = readinessOf(new TestTill().till.state(), world());
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
