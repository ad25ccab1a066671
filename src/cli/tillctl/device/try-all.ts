import { identifyPrinter } from "../../../../drivers/escpos/identify-printer.ts";
import { portMaker, serialLineOf } from "../../../../drivers/transport/open-port.ts";
import { loadConfig } from "../../../config/load/load-config.ts";
import { type DeviceConfig, type TillConfig, tillConfigSchema } from "../../../config/schema/till-config.ts";
import type { Finding } from "../../../devices/provisioning/box-facts.ts";
import type { Talk } from "../../../devices/provisioning/device-bench.ts";
import { portText } from "../../../devices/provisioning/port-text.ts";
import { BAUD_RATES, type BoxOptions, driverServices, profileShelf } from "./box.ts";
import { type Trial, tryDevice } from "./try-device.ts";

/** Tries these devices one after the other; every check that failed is a finding. */
export const tryAll = async (
	devices: readonly DeviceConfig[],
	options: BoxOptions & { readonly timeout: number },
	talk: Talk,
	socket: string,
): Promise<readonly Finding[]> => {
	if (devices.length === 0) return [];
	const settings = loadConfig(options.config, tillConfigSchema);
	const plan = {
		settings,
		isOnPort: false,
		shelf: profileShelf(settings),
		talk,
		scanTimeoutMs: options.timeout * 1_000,
		socket,
	};
	const findings: Finding[] = [];
	for (const { id } of devices) {
		talk.tell(`${id}:`);
		const trial = await tryDevice(id, plan);
		findings.push(...failures(trial), ...(await otherRate(trial, settings, options.config)));
	}
	return findings;
};

const failures = ({ tested, checks }: Trial): Finding[] =>
	checks.flatMap(({ code, check, detail }) =>
		code === null
			? []
			: [
					{
						code,
						device: tested.config.id,
						what: `${check}: ${detail}`,
						mend: mendOf(code, tested.config),
					},
				],
	);

/** The command that mends it, where one can; else what tells how. */
const mendOf = (code: string, device: DeviceConfig): string => {
	const set = (level: string): string =>
		`tillctl device set ${device.id} --open-when ${level} && systemctl restart tilld`;
	if (code === "TILL-0734") return set("none");
	if (code !== "TILL-0730" || device.deviceClass !== "CashDrawer") return `tillctl explain ${code}`;
	return set(device.openWhen === "low" ? "high" : "low");
};

/** A serial printer that is silent at its configured rate and answers at another one. */
const otherRate = async (
	{ tested, identification }: Trial,
	settings: TillConfig,
	configFile: string,
): Promise<Finding[]> => {
	const { port, profile, config } = tested;
	if (port.transport !== "serial" || (identification?.outcome !== "silent" && identification?.outcome !== "garbage"))
		return [];
	const services = driverServices(settings);
	const line = serialLineOf(port, profile.serial);
	for (const baudRate of BAUD_RATES.filter((rate) => rate !== line.baudRate)) {
		const answer = await identifyPrinter(portMaker({ ...port, baudRate }, line, services), services);
		if (answer.outcome !== "identified") continue;
		return [
			{
				code: "TILL-0751",
				device: config.id,
				what: `${portText(port)} answers at ${baudRate} baud and is used at ${line.baudRate}`,
				mend: `tillctl device set ${config.id} --baud ${baudRate} --config ${configFile} && systemctl restart tilld`,
			},
		];
	}
	return [];
};
