import type { Command } from "commander";
import {
	type Identification,
	identifyPrinter,
	type PrinterIdentity,
} from "../../../../drivers/escpos/identify-printer.ts";
import { portMaker } from "../../../../drivers/transport/open-port.ts";
import type { DriverServices, PortConfig } from "../../../devices/contract/driver.ts";
import type { DeviceNode } from "../../../devices/provisioning/found.ts";
import { portText } from "../../../devices/provisioning/port-text.ts";
import {
	genericPrinters,
	judgePorts,
	ownerOfPort,
	type ProfileShelf,
	type Proposal,
	proposalsByModel,
} from "../../../devices/provisioning/propose.ts";
import { readSystem } from "../../../devices/provisioning/read-system.ts";
import { systemFiles } from "../../../devices/provisioning/system-files.ts";
import { Fault } from "../../../runtime/contract/fault.ts";
import { EXIT_CODES, type ExitCode } from "../exit-code.ts";
import { fail, failed, type Output, show } from "../output.ts";
import type { Shell } from "../shell.ts";
import {
	BAUD_RATES,
	type BoxOptions,
	baudOption,
	boxOptions,
	driverServices,
	portArgument,
	profileShelf,
	readBoxSettings,
} from "./box.ts";
import { proposalText } from "./found-text.ts";
import { serviceDevices } from "./service.ts";

const HELP = `
Asks by ESC/POS (DLE EOT 1 to 4; GS I 66, 67, 65; GS a) and ends within seconds. A printer
that speaks another language may print a few letters. Displays and scanners do not answer:
what they are stands on their label and in their manual.

Examples:
  tillctl device probe /dev/ttyUSB0
  tillctl device probe 192.168.1.50
  tillctl device probe /dev/ttyS0 --baud 38400 --json`;

/** Where a rate means nothing: the bytes travel as USB packets. */
const NO_RATE_DRIVERS: readonly (string | null)[] = ["cdc_acm"];

/** The line that printers are delivered with but for the rate. */
const PLAIN_LINE = { dataBits: 8, parity: "none", stopBits: 1, flowControl: "none" } as const;

interface ProbeOptions extends BoxOptions {
	readonly baud?: number;
}

/** The rates to try on a port; null where there is none. */
const ratesFor = (port: PortConfig, node: DeviceNode | null, wish: number | undefined): readonly (number | null)[] => {
	if (port.transport !== "serial") return [null];
	if (wish !== undefined) return [wish];
	return NO_RATE_DRIVERS.includes(node?.driver ?? null) ? [BAUD_RATES[0]] : BAUD_RATES;
};

/** Asks at one rate after the other until something answers as a printer does; else the most telling of the failures. */
const identify = async (
	port: PortConfig,
	rates: readonly (number | null)[],
	services: DriverServices,
	output: Output,
): Promise<{ readonly baudRate: number | null; readonly answer: Identification }> => {
	let best: { baudRate: number | null; answer: Identification } = { baudRate: null, answer: { outcome: "silent" } };
	for (const baudRate of rates) {
		if (rates.length > 1) output.note(`asking at ${baudRate} baud`);
		const makePort = portMaker(port, { ...PLAIN_LINE, baudRate: baudRate ?? BAUD_RATES[0] }, services);
		const answer = await identifyPrinter(makePort, services);
		if (answer.outcome === "identified" || answer.outcome === "closed") return { baudRate, answer };
		if (answer.outcome === "garbage") best = { baudRate, answer };
	}
	return best;
};

const proposalsFor = (identity: PrinterIdentity, port: PortConfig, shelf: ProfileShelf): readonly Proposal[] => {
	const { model } = identity;
	const known = model === null ? [] : proposalsByModel(model, port.transport, shelf);
	return known.length > 0 ? known : genericPrinters(port.transport, shelf);
};

/** A profile's line speaks another rate than the device: then the port of till.yaml has to say it. */
const rateNote = (baudRate: number | null, first: Proposal | undefined, shelf: ProfileShelf): string | null => {
	const usual = first === undefined ? undefined : shelf.profiles.get(first.profile)?.serial.baudRate;
	if (baudRate === null || usual === undefined || usual === baudRate) return null;
	return `it is set to ${baudRate} baud and the profile says ${usual}: add it with --baud ${baudRate}`;
};

const yesNo = (value: boolean): string => (value ? "yes" : "no");

const identityText = (identity: PrinterIdentity): string[] => [
	`  maker     ${identity.maker ?? "not said"}`,
	`  model     ${identity.model ?? "not said"}`,
	`  firmware  ${identity.firmware ?? "not said"}`,
	`  status    answers ${identity.dleEotAnswers} of 4 real-time questions; reports by itself: ${yesNo(identity.asb)}`,
	`  now       ${identity.conditions.length === 0 ? "nothing is wrong" : identity.conditions.join(", ")}`,
	`  drawer    connector pin 3 is ${identity.connector}; whether a drawer hangs on it, nobody can say`,
];

/** What the box already knows of a port's device without asking: a scanner or a display that would not answer. */
const silentKind = (node: DeviceNode | null, shelf: ProfileShelf): readonly Proposal[] => {
	if (node === null) return [];
	const [known] = judgePorts({ nodes: [node], usbDevices: [] }, [], shelf);
	const proposals = known?.proposals ?? [];
	return proposals.some(({ deviceClass }) => deviceClass === "POSPrinter") ? [] : proposals;
};

const probe = async (port: PortConfig, options: ProbeOptions, output: Output, socket: string): Promise<ExitCode> => {
	const { devices, settings } = readBoxSettings(options);
	const { owner, node } = ownerOfPort(port, readSystem(systemFiles(options.root)), devices);
	if (owner !== null && (await serviceDevices(socket)) !== null) {
		fail(output, "TILL-0721", `TILL-0721 ${portText(port)} is ${owner}'s: tillctl device test ${owner}`);
		return EXIT_CODES.refused;
	}
	const shelf = profileShelf(settings);
	if (port.transport === "hid") {
		show(
			output,
			{ port, outcome: "notAsked", proposals: [] },
			() => `${portText(port)} is a scanner, which does not answer.`,
		);
		return EXIT_CODES.ok;
	}
	const silent = silentKind(node, shelf);
	if (silent.length > 0) {
		show(output, { port, outcome: "notAsked", proposals: silent }, () =>
			[`${portText(port)} is no printer by what USB says of it, and is not asked.`, ...silent.map(mayBe)].join("\n"),
		);
		return EXIT_CODES.ok;
	}
	const { baudRate, answer } = await identify(
		port,
		ratesFor(port, node, options.baud),
		driverServices(settings),
		output,
	);
	if (answer.outcome === "closed") throw new Fault("TILL-0722", `${portText(port)}: ${answer.detail}`);
	if (answer.outcome !== "identified") {
		const what = answer.outcome === "silent" ? "nothing answered" : `${answer.bytes} bytes came that no printer sends`;
		fail(output, "TILL-0723", `TILL-0723 ${portText(port)}: ${what}`);
		return EXIT_CODES.findings;
	}
	const proposals = proposalsFor(answer.identity, port, shelf);
	const note = rateNote(baudRate, proposals[0], shelf);
	show(output, { port, baudRate, ...answer, proposals, note }, () =>
		[
			`A printer answers on ${portText(port)}${baudRate === null ? "" : ` at ${baudRate} baud`}:`,
			...identityText(answer.identity),
			...proposals.map(mayBe),
			...(note === null ? [] : [`  ${note}`]),
			"Which code pages it has it does not say: tillctl device test prints them.",
			nextText(proposals, port),
		].join("\n"),
	);
	return EXIT_CODES.ok;
};

/** What to type next; which of several profiles it is only the person can tell. */
const nextText = ([first, ...others]: readonly Proposal[], port: PortConfig): string =>
	first !== undefined && others.length === 0
		? `Next: tillctl device add ${first.profile} ${portText(port)}`
		: `Next, with the profile that fits the paper and the label: tillctl device add PROFILE ${portText(port)}`;

const mayBe = (one: Proposal): string => `  may be    ${proposalText(one)}`;

/** `device probe`. */
export const addProbeCommand = (device: Command, shell: Shell): void => {
	boxOptions(device.command("probe"))
		.description("ask the printer on a port who it is, and propose its profile")
		.argument("<port>", "path below /dev, usb:VENDOR:PRODUCT, or address of a network device", portArgument)
		.option("--baud <rate>", "ask at this rate only; left out: at the usual ones", baudOption)
		.addHelpText("after", HELP)
		.action(async (port: PortConfig, options: ProbeOptions) => {
			try {
				shell.end(await probe(port, options, shell.output(), shell.socket()));
			} catch (thrown) {
				shell.end(failed(shell.output(), thrown));
			}
		});
};
