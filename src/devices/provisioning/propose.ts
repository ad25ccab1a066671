import type { DeviceConfig } from "../../config/schema/till-config.ts";
import type { PortConfig, Transport } from "../contract/driver.ts";
import type { DeviceProfile } from "../contract/profile.ts";
import type { DeviceNode, FoundSystem, UsbIdentity } from "./found.ts";
import { portText } from "./port-text.ts";

/** Why a profile is proposed, the strongest first. */
export type ProposalReason = "usbProduct" | "byIdName" | "reportedModel" | "usbMaker" | "usbClass" | "escpos";

/** A profile that a device may be of. */
export interface Proposal {
	readonly profile: string;
	readonly deviceClass: DeviceProfile["deviceClass"];
	readonly vendor: string;
	readonly model: string;
	readonly evidence: DeviceProfile["evidence"];
	readonly because: ProposalReason;
}

/** A port of the box and what is known of the device behind it. */
export interface FoundPort {
	readonly kind: DeviceNode["kind"] | "usb" | "network";
	/** What to write into till.yaml; null when nothing in this program speaks over it. */
	readonly port: PortConfig | null;
	/** The port in words: a stable name where there is one. */
	readonly name: string;
	/** The kernel's name where it is another. */
	readonly node: string | null;
	readonly usb: UsbIdentity | null;
	/** Id of the configured device that the port belongs to. */
	readonly owner: string | null;
	readonly proposals: readonly Proposal[];
}

/** Profiles by name, and whether a driver of this program serves one on a kind of port. */
export interface ProfileShelf {
	/** What is wrong with files that cannot be used, each with its path first; left out: nothing. */
	readonly problems?: readonly string[];
	readonly profiles: ReadonlyMap<string, DeviceProfile>;
	readonly serves: (profile: DeviceProfile, transport: Transport) => boolean;
}

const REASONS: readonly ProposalReason[] = [
	"usbProduct",
	"byIdName",
	"reportedModel",
	"usbMaker",
	"usbClass",
	"escpos",
];

/** These name the product: guesses by its maker are worth nothing beside them. */
const KNOWN: readonly ProposalReason[] = ["usbProduct", "byIdName", "reportedModel"];

/** Most proposals that help a person. */
const PROPOSALS_MAX = 8;

/** How a vendor that stands for no maker is written in profiles. */
const NO_MAKER = "Generic";

/** Judges everything that was found on the box: the name to use, whose it is, and which models it may be. */
export const judgePorts = (
	found: FoundSystem,
	devices: readonly DeviceConfig[],
	shelf: ProfileShelf,
): readonly FoundPort[] => [...judgeNodes(found, devices, shelf), ...judgeUsbPrinters(found, devices, shelf)];

/** Interface class of printers (USB class codes). */
const PRINTER_CLASS = "07";

/** USB printers that the kernel's driver does not hold: libusb is the way to them. */
const judgeUsbPrinters = (
	{ usbDevices }: FoundSystem,
	devices: readonly DeviceConfig[],
	shelf: ProfileShelf,
): readonly FoundPort[] =>
	usbDevices
		.filter(({ interfaces }) =>
			interfaces.some(({ interfaceClass, driver }) => interfaceClass === PRINTER_CLASS && driver !== "usblp"),
		)
		.map(({ identity, path }): FoundPort => {
			const { vendorId, productId, serialNumber } = identity;
			const port: PortConfig = {
				transport: "usb",
				vendorId,
				productId,
				...(serialNumber === null ? {} : { serialNumber }),
			};
			const node: DeviceNode = { kind: "usblp", path, names: [], usb: identity, driver: null };
			return {
				kind: "usb",
				port,
				name: portText(port),
				node: path,
				usb: identity,
				owner: ownerOfUsb("usb", identity, devices),
				proposals: proposalsFor(node, "usb", shelf),
			};
		});

const judgeNodes = (found: FoundSystem, devices: readonly DeviceConfig[], shelf: ProfileShelf): readonly FoundPort[] =>
	found.nodes.map((node) => {
		const [name = node.path] = stableNames(node, found.nodes);
		const port = portOf(node, name);
		const text = port === null ? name : portText(port);
		return {
			kind: node.kind,
			port,
			name: text,
			node: text === node.path ? null : node.path,
			usb: node.usb,
			owner:
				node.kind === "scanner"
					? ownerOfUsb("hid", node.usb, devices)
					: (ownerOf([node.path, ...node.names], devices) ??
						(node.kind === "usblp" ? ownerOfUsb("usb", node.usb, devices) : null)),
			proposals: port === null ? [] : proposalsFor(node, port.transport, shelf),
		};
	});

/** A device on the network that takes connections: nothing tells its model before it is asked (tillctl device probe). */
export const networkPort = (host: string, port: number, devices: readonly DeviceConfig[]): FoundPort => ({
	kind: "network",
	port: { transport: "tcp", host, port },
	name: `${host}:${port}`,
	node: null,
	usb: null,
	owner:
		devices.find(
			(device) =>
				"port" in device && device.port.transport === "tcp" && device.port.host === host && device.port.port === port,
		)?.id ?? null,
	proposals: [],
});

/**
 * The names of a node that stay, the one to use first. Units without a serial number of their own share one by-id name,
 * which then leads to the one that was plugged in last: with two of them the socket (by-path) tells them apart.
 */
const stableNames = (node: DeviceNode, all: readonly DeviceNode[]): readonly string[] => {
	const isTwin = (other: DeviceNode): boolean =>
		other !== node &&
		other.kind === node.kind &&
		other.usb?.vendorId === node.usb?.vendorId &&
		other.usb?.productId === node.usb?.productId;
	if (node.usb === null || node.usb.serialNumber !== null || !all.some(isTwin)) return node.names;
	return node.names.toSorted((a, b) => Number(b.includes("by-path")) - Number(a.includes("by-path")));
};

/** Profiles of printers of no known maker: what is left when a printer answers and does not say who it is. */
export const genericPrinters = (transport: Transport, { profiles, serves }: ProfileShelf): readonly Proposal[] =>
	[...profiles]
		.filter(([, profile]) => profile.deviceClass === "POSPrinter" && profile.vendor === NO_MAKER)
		.filter(([, profile]) => serves(profile, transport))
		.map(([name, profile]) => proposal(name, profile, "escpos"))
		.toSorted(byEvidence);

/** The profiles whose `reportedModel` is what the device said of itself, letter case and blanks aside. */
export const proposalsByModel = (
	reported: string,
	transport: Transport,
	{ profiles, serves }: ProfileShelf,
): readonly Proposal[] => {
	const plain = (text: string): string => text.replace(/[\s_-]/g, "").toUpperCase();
	return [...profiles]
		.filter(([, profile]) => serves(profile, transport))
		.filter(([, profile]) => profile.identity.reportedModel.some((model) => plain(model) === plain(reported)))
		.map(([name, profile]) => proposal(name, profile, "reportedModel"))
		.toSorted(byEvidence);
};

/** The configured device whose port this is, by any name of the node behind it. */
export const ownerOfPort = (
	port: PortConfig,
	found: FoundSystem,
	devices: readonly DeviceConfig[],
): { readonly owner: string | null; readonly node: DeviceNode | null } => {
	if (port.transport === "tcp") return { owner: networkPort(port.host, port.port, devices).owner, node: null };
	if (port.transport === "virtual" || port.transport === "shared") return { owner: null, node: null };
	if (port.transport === "usb" || port.transport === "hid") {
		const text = portText(port);
		return {
			owner: devices.find((device) => "port" in device && portText(device.port) === text)?.id ?? null,
			node: null,
		};
	}
	const node = found.nodes.find(({ path, names }) => path === port.path || names.includes(port.path)) ?? null;
	return { owner: ownerOf(node === null ? [port.path] : [node.path, ...node.names], devices), node };
};

const ownerOf = (paths: readonly string[], devices: readonly DeviceConfig[]): string | null =>
	devices.find((device) => "port" in device && "path" in device.port && paths.includes(device.port.path))?.id ?? null;

/** What is configured by its USB ids; without serial number it stands for every unit of its model. */
const ownerOfUsb = (
	transport: "usb" | "hid",
	usb: UsbIdentity | null,
	devices: readonly DeviceConfig[],
): string | null =>
	devices.find(
		(device) =>
			"port" in device &&
			device.port.transport === transport &&
			device.port.vendorId === usb?.vendorId &&
			device.port.productId === usb.productId &&
			(device.port.serialNumber === undefined || device.port.serialNumber === usb.serialNumber),
	)?.id ?? null;

const portOf = ({ kind, usb }: DeviceNode, path: string): PortConfig | null => {
	if (kind === "serial" || kind === "usblp") return { transport: kind, path };
	if (kind !== "scanner" || usb === null) return null;
	const { vendorId, productId, serialNumber } = usb;
	return { transport: "hid", vendorId, productId, ...(serialNumber === null ? {} : { serialNumber }) };
};

const proposalsFor = (
	node: DeviceNode,
	transport: Transport,
	{ profiles, serves }: ProfileShelf,
): readonly Proposal[] => {
	const proposals = [...profiles].flatMap(([name, profile]): Proposal[] => {
		const because = serves(profile, transport) ? reasonFor(node, profile) : null;
		return because === null ? [] : [proposal(name, profile, because)];
	});
	const known = proposals.filter(({ because }) => KNOWN.includes(because));
	const rank = ({ because }: Proposal): number => REASONS.indexOf(because);
	return (known.length > 0 ? known : proposals)
		.toSorted((a, b) => rank(a) - rank(b) || byEvidence(a, b))
		.slice(0, PROPOSALS_MAX);
};

const reasonFor = (node: DeviceNode, profile: DeviceProfile): ProposalReason | null => {
	const { usb, byId } = profile.identity;
	const ids = usb.filter(({ vendorId }) => vendorId === node.usb?.vendorId);
	if (ids.some(({ productId }) => productId === node.usb?.productId)) return "usbProduct";
	const names = node.names.filter((name) => name.includes("/by-id/")).map((name) => name.replace(/^.*\//, ""));
	if (byId.some((pattern) => names.some((name) => matches(name, pattern)))) return "byIdName";
	if (ids.some(({ productId }) => productId === undefined)) return "usbMaker";
	return node.kind === "usblp" && profile.vendor === NO_MAKER ? "usbClass" : null;
};

/** A file name against a pattern with * for anything. */
const matches = (name: string, pattern: string): boolean =>
	new RegExp(`^${pattern.split("*").map(literal).join(".*")}$`).test(name);

const literal = (text: string): string => text.replace(/[\\^$.|?+()[\]{}]/g, "\\$&");

const proposal = (name: string, profile: DeviceProfile, because: ProposalReason): Proposal => ({
	profile: name,
	deviceClass: profile.deviceClass,
	vendor: profile.vendor,
	model: profile.model,
	evidence: profile.evidence,
	because,
});

const LEVELS: readonly Proposal["evidence"]["level"][] = ["verified", "manual", "unverified"];

const byEvidence = (a: Proposal, b: Proposal): number =>
	LEVELS.indexOf(a.evidence.level) - LEVELS.indexOf(b.evidence.level) || a.profile.localeCompare(b.profile, "en");
