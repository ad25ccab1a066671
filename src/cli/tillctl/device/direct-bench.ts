import { nordicLettersOf, testPaper } from "../../../../drivers/escpos/test-paper.ts";
import { drivers } from "../../../../drivers/registry.ts";
import type { DeviceState, ScanData } from "../../../devices/contract/devices.ts";
import type { DriverServices } from "../../../devices/contract/driver.ts";
import type { DeviceBench, DrawerSense } from "../../../devices/provisioning/device-bench.ts";
import { displayTestRows } from "../../../devices/provisioning/display-test-rows.ts";
import type { ProfileShelf } from "../../../devices/provisioning/propose.ts";
import { createDevices, type Devices } from "../../../devices/supervisor/create-devices.ts";
import type { TestedDevice } from "./tested-device.ts";

/** A test page that has not begun by then is given up. */
const PRINT_DEADLINE_MS = 15_000;

/** As long as the till gives a pulse. */
const PULSE_EXPIRY_MS = 2_000;

/** A device that this process speaks to by itself, while no till runs. */
export interface DirectBench {
	readonly bench: DeviceBench;
	close(): Promise<void>;
}

/** Opens the device's port. Nothing else may have it open: neither a till nor another command. */
export const directBench = (tested: TestedDevice, shelf: ProfileShelf, services: DriverServices): DirectBench => {
	const { config, needed } = tested;
	let onScan: (data: ScanData) => void = () => undefined;
	const listeners = { onState: () => undefined, onScan: (data: ScanData) => onScan(data) };
	const senses = drawerSense(tested, "level");
	// Without a meaning for its level the switch would not be read at all.
	const wanted = needed.map((one) =>
		one === config && one.deviceClass === "CashDrawer" && senses === "level"
			? { ...one, openWhen: "high" as const }
			: one,
	);
	const devices = createDevices(wanted, shelf.profiles, drivers, services, listeners);
	devices.open();
	const nextScan = (timeoutMs: number): Promise<ScanData | null> =>
		new Promise((resolve) => {
			const cancel = services.timers.after("scan", timeoutMs, () => resolve(null));
			onScan = (data) => {
				cancel();
				resolve(data);
			};
		});
	return { bench: benchOf(tested, senses, devices, nextScan), close: () => devices.close() };
};

/** What can be read of a drawer's switch; `unset` where neither settings nor profile say which level means open. */
export const drawerSense = ({ config, profile }: TestedDevice, unset: "level" | "nothing"): DrawerSense => {
	if (config.deviceClass !== "CashDrawer" || profile.deviceClass !== "POSPrinter") return "nothing";
	const openWhen = config.openWhen ?? profile.drawers[config.drawer]?.openWhen;
	if (openWhen === "none") return "nothing";
	return openWhen === undefined ? unset : "meaning";
};

const benchOf = (
	{ config, profileName, profile }: TestedDevice,
	senses: DrawerSense,
	devices: Devices,
	nextScan: (timeoutMs: number) => Promise<ScanData | null>,
): DeviceBench => {
	const { id } = config;
	const state = (): Promise<DeviceState> => {
		const device = devices.all.find((one) => one.id === id);
		return Promise.resolve(device?.state() ?? { power: "unknown", conditions: [], detail: null });
	};
	const printer = devices.printers.find((one) => one.id === id);
	const drawer = devices.drawers.find((one) => one.id === id);
	const display = devices.displays.find((one) => one.id === id);
	if (drawer !== undefined)
		return { deviceClass: "CashDrawer", senses, state, pulse: () => drawer.openDrawer(PULSE_EXPIRY_MS) };
	if (printer !== undefined && profile.deviceClass === "POSPrinter") {
		const elements = testPaper(profile, [id, profileName]);
		return {
			deviceClass: "POSPrinter",
			profile,
			letters: lettersOf(profile),
			state,
			print: () => printer.print({ jobId: "test", elements, deadlineMs: PRINT_DEADLINE_MS }),
		};
	}
	if (display !== undefined) {
		const rows = displayTestRows(display.deviceRows, display.deviceColumns);
		return {
			deviceClass: "LineDisplay",
			state,
			show: async () => ({ outcome: await display.displayText(rows), rows }),
		};
	}
	return { deviceClass: "Scanner", state, scan: nextScan };
};

/** What a person compares on the test page; pages without a Nordic letter have nothing to compare. */
export const lettersOf = (profile: Extract<TestedDevice["profile"], { deviceClass: "POSPrinter" }>) =>
	profile.codePages
		.map((page) => ({ slot: page.slot, encoding: page.encoding, letters: nordicLettersOf(page) }))
		.filter(({ letters }) => letters !== "");
