import type { DeviceState } from "../../../devices/contract/devices.ts";
import type {
	DeviceBench,
	DisplayBench,
	DrawerBench,
	PrinterBench,
	ScannerBench,
} from "../../../devices/provisioning/device-bench.ts";
import { callControl } from "../../../operator/control/client.ts";
import type { ControlCall } from "../../../operator/control/request.ts";
import { Refused } from "../refused.ts";
import { drawerSense, lettersOf } from "./direct-bench.ts";
import { serviceDevices } from "./service.ts";
import type { TestedDevice } from "./tested-device.ts";

/** Asks the service one thing. Throws what it throws there, and its refusal as {@link Refused}. */
const asked = async (socket: string, call: ControlCall): Promise<unknown> => {
	const answer = await callControl(socket, call);
	if (answer.kind === "ok") return answer.result;
	throw new Refused(answer);
};

/** A device of the running till: the till does what is asked, and keeps its port. */
export const serviceBench = (tested: TestedDevice, socket: string): DeviceBench => {
	const { config, profile } = tested;
	const { id } = config;
	const state = async (): Promise<DeviceState> => {
		const row = (await serviceDevices(socket))?.find((one) => one.id === id);
		return row === undefined
			? { power: "unknown", conditions: [], detail: "the service ended" }
			: (row.state as DeviceState);
	};
	const test = (): Promise<unknown> => asked(socket, { command: "deviceTest", deviceId: id });
	switch (config.deviceClass) {
		case "POSPrinter":
			if (profile.deviceClass !== "POSPrinter") break;
			return {
				deviceClass: "POSPrinter",
				profile,
				letters: lettersOf(profile),
				state,
				print: test as PrinterBench["print"],
			};
		case "CashDrawer":
			return {
				deviceClass: "CashDrawer",
				senses: drawerSense(tested, "nothing"),
				state,
				pulse: test as DrawerBench["pulse"],
			};
		case "LineDisplay":
			return { deviceClass: "LineDisplay", state, show: test as DisplayBench["show"] };
		case "Scanner":
			break;
	}
	return {
		deviceClass: "Scanner",
		state,
		scan: (timeoutMs) =>
			asked(socket, { command: "deviceScan", deviceId: id, timeoutMs }) as ReturnType<ScannerBench["scan"]>,
	};
};
