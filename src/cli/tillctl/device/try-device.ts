import { type Identification, identifyPrinter } from "../../../../drivers/escpos/identify-printer.ts";
import { portMaker } from "../../../../drivers/transport/open-port.ts";
import type { TillConfig } from "../../../config/schema/till-config.ts";
import { checkDevice } from "../../../devices/provisioning/check-device.ts";
import type { ConformanceReport } from "../../../devices/provisioning/conformance-report.ts";
import type { CheckResult, Talk } from "../../../devices/provisioning/device-bench.ts";
import type { ProfileShelf } from "../../../devices/provisioning/propose.ts";
import { Fault } from "../../../runtime/contract/fault.ts";
import { driverServices } from "./box.ts";
import { directBench } from "./direct-bench.ts";
import { serviceDevices } from "./service.ts";
import { serviceBench } from "./service-bench.ts";
import { type TestedDevice, testedDevice } from "./tested-device.ts";

/** What trying a device came to, and how it was tried. */
export interface Trial {
	readonly tested: TestedDevice;
	readonly through: ConformanceReport["through"];
	readonly checks: readonly CheckResult[];
	/** What the printer says of itself; null where it was not asked or is no printer. */
	readonly identification: Identification | null;
}

/** What of a box's settings a trial needs. */
export type TrialSettings = Pick<TillConfig, "devices" | "timeZone">;

/** How to try. */
export interface TrialPlan {
	readonly settings: TrialSettings;
	/** The device is no configured one: its port is opened by this process, whether or not a till runs. */
	readonly isOnPort: boolean;
	readonly shelf: ProfileShelf;
	readonly talk: Talk;
	readonly scanTimeoutMs: number;
	readonly socket: string;
}

/** What the printer says of itself, asked before its driver takes the port. */
const identified = (tested: TestedDevice, settings: TrialSettings): Promise<Identification | null> => {
	const { profile, port } = tested;
	const isAsked = profile.deviceClass === "POSPrinter" && port.transport !== "virtual" && port.transport !== "shared";
	if (!isAsked) return Promise.resolve(null);
	const services = driverServices(settings);
	return identifyPrinter(portMaker(port, profile.serial, services), services);
};

/** Tries a configured device: by the running till, which owns its port, or by its port where no till runs. */
export const tryDevice = async (id: string, plan: TrialPlan): Promise<Trial> => {
	const { settings, shelf, talk, scanTimeoutMs, socket } = plan;
	const tested = testedDevice(id, settings, shelf);
	const services = driverServices(settings);
	const parts = { talk, timers: services.timers, scanTimeoutMs };
	const running = plan.isOnPort ? null : await serviceDevices(socket);
	if (running !== null) {
		if (!running.some((row) => row.id === id)) throw new Fault("TILL-0736", `the running till does not know ${id}`);
		const checks = await checkDevice(serviceBench(tested, socket), parts);
		return { tested, through: "service", checks, identification: null };
	}
	const identification = await identified(tested, settings);
	const direct = directBench(tested, shelf, services);
	try {
		return { tested, through: "port", checks: await checkDevice(direct.bench, parts), identification };
	} finally {
		await direct.close();
	}
};
