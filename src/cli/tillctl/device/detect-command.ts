import { type Command, InvalidArgumentError } from "commander";
import { type FoundPort, judgePorts, networkPort } from "../../../devices/provisioning/propose.ts";
import { readSystem } from "../../../devices/provisioning/read-system.ts";
import {
	ADDRESSES_MAX,
	addressesOf,
	type NetworkAddress,
	scanNetwork,
} from "../../../devices/provisioning/scan-network.ts";
import { systemFiles } from "../../../devices/provisioning/system-files.ts";
import { EXIT_CODES } from "../exit-code.ts";
import { failed, type Output, show } from "../output.ts";
import type { Shell } from "../shell.ts";
import { type BoxOptions, boxOptions, portArgument, profileShelf, readBoxSettings } from "./box.ts";
import { foundPortText } from "./found-text.ts";

const HELP = `
Looks at /dev and /sys and opens no device. The network is asked only where --host or
--network says so; connections are made to port 9100 and nothing is sent.

Examples:
  tillctl device detect
  tillctl device detect --host 192.168.1.50
  tillctl device detect --network 192.168.1.0/24 --json`;

interface DetectOptions extends BoxOptions {
	readonly host?: readonly NetworkAddress[];
	readonly network?: readonly NetworkAddress[];
}

/** The raw printing port. */
const RAW_PORT = 9100;

/** A scan says how far it is each time so many addresses have been asked. */
const PROGRESS_STEP = 64;

/** Adds a host to those named before. */
const hostOption = (text: string, before: readonly NetworkAddress[] = []): readonly NetworkAddress[] => {
	const port = portArgument(text);
	if (port.transport !== "tcp") throw new InvalidArgumentError("A host is a name or an address, such as 192.168.1.50.");
	return [...before, { host: port.host, port: port.port }];
};

/** Adds the addresses of a network to those named before. */
const networkOption = (text: string, before: readonly NetworkAddress[] = []): readonly NetworkAddress[] => {
	const addresses = addressesOf(text);
	if (addresses === undefined)
		throw new InvalidArgumentError(
			`A network is such as 192.168.1.0/24, with at most ${ADDRESSES_MAX} addresses (/22 to /30).`,
		);
	return [...before, ...addresses.map((host) => ({ host, port: RAW_PORT }))];
};

const answering = (addresses: readonly NetworkAddress[], output: Output): Promise<readonly NetworkAddress[]> =>
	scanNetwork(addresses, (done) => {
		if (done % PROGRESS_STEP === 0) output.note(`${done} of ${addresses.length} addresses asked`);
	});

const wordsOf = (ports: readonly FoundPort[], silent: readonly NetworkAddress[], trouble: string | null): string => {
	const next = ports.find(({ owner, proposals }) => owner === null && proposals.length > 0);
	return [
		...(ports.length === 0 ? ["Nothing was found that a till could use."] : ports.map(foundPortText)),
		...silent.map(({ host, port }) => `${host}:${port}\n  nobody takes a connection there`),
		...(next === undefined
			? []
			: [`Next, for instance: tillctl device add ${next.proposals[0]?.profile ?? "PROFILE"} ${next.name}`]),
		...(trouble === null ? [] : [`What is configured is not known: ${trouble}`]),
	].join("\n");
};

const detect = async (options: DetectOptions, output: Output): Promise<void> => {
	const { devices, settings, trouble } = readBoxSettings(options);
	const found = readSystem(systemFiles(options.root));
	const { host: hosts = [], network = [] } = options;
	const open = await answering([...hosts, ...network], output);
	const ports = [
		...judgePorts(found, devices, profileShelf(settings)),
		...open.map(({ host, port }) => networkPort(host, port, devices)),
	];
	const silent = hosts.filter((address) => !open.includes(address));
	show(output, { ports, silent, usbDevices: found.usbDevices, trouble }, () => wordsOf(ports, silent, trouble));
};

/** `device detect`. */
export const addDetectCommand = (device: Command, shell: Shell): void => {
	boxOptions(device.command("detect"))
		.description("find what is plugged in or on the network, and propose profiles")
		.option("--host <address>", "look whether a network printer is there; may be given again", hostOption)
		.option("--network <network>", "look at every address of a network, such as 192.168.1.0/24", networkOption)
		.addHelpText("after", HELP)
		.action(async (options: DetectOptions) => {
			try {
				await detect(options, shell.output());
				shell.end(EXIT_CODES.ok);
			} catch (thrown) {
				shell.end(failed(shell.output(), thrown));
			}
		});
};
