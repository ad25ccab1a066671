import type { DeviceConfig } from "../../config/schema/till-config.ts";
import type { PortConfig } from "../contract/driver.ts";
import type { BoxFacts, Finding, ServiceUser } from "./box-facts.ts";
import type { DeviceNode } from "./found.ts";
import { portText } from "./port-text.ts";
import { judgePorts } from "./propose.ts";
import type { FileOwner } from "./system-files.ts";

/** So few framing errors come of plugging a cable in. */
const FRAMING_ERRORS_MAX = 10;

/** What is wrong with the port of each configured device. */
export const diagnosePorts = (facts: BoxFacts): readonly Finding[] =>
	facts.devices.flatMap((device) => ("port" in device ? diagnosePort(device, facts) : offline(device, facts)));

type Ported = Extract<DeviceConfig, { port: PortConfig }>;

const diagnosePort = (device: Ported, facts: BoxFacts): Finding[] => {
	const { port } = device;
	const finding = findingsOf(device.id);
	if (port.transport === "tcp" || port.transport === "shared" || port.transport === "virtual")
		return offline(device, facts);
	const file = deviceFile(port, facts);
	if (file === null) return [finding("TILL-0745", `${portText(port)} is not there`, "tillctl device detect")];
	const trouble = [
		...permission(file.path, facts, finding),
		...holders(file.path, facts, finding),
		...("path" in port ? unstableName(port.path, file.node, facts, finding) : []),
		...driverConflict(device, file.node, facts, finding),
		...framing(file.path, facts, finding),
	];
	// What keeps a port from being opened explains that the device is offline.
	return trouble.some(({ code }) => code !== "TILL-0748") ? trouble : [...trouble, ...offline(device, facts)];
};

type Make = (code: string, what: string, mend: string) => Finding;

const findingsOf =
	(device: string): Make =>
	(code, what, mend) => ({ code, device, what, mend });

/** The file that is opened for a port, and the node behind it; null when it is not there. */
const deviceFile = (
	port: Exclude<PortConfig, { transport: "tcp" | "shared" | "virtual" }>,
	{ found, ownerOf }: BoxFacts,
): { readonly path: string; readonly node: DeviceNode | null } | null => {
	if ("path" in port) {
		const node = found.nodes.find(({ path, names }) => path === port.path || names.includes(port.path)) ?? null;
		if (node !== null) return { path: node.path, node };
		return ownerOf(port.path) === null ? null : { path: port.path, node: null };
	}
	const isIt = (usb: DeviceNode["usb"]): boolean =>
		usb?.vendorId === port.vendorId &&
		usb.productId === port.productId &&
		(port.serialNumber === undefined || port.serialNumber === usb.serialNumber);
	if (port.transport === "hid") {
		const node = found.nodes.find(({ kind, usb }) => kind === "scanner" && isIt(usb));
		return node === undefined ? null : { path: node.path, node };
	}
	const device = found.usbDevices.find(({ identity }) => isIt(identity));
	const node = found.nodes.find(({ kind, usb }) => kind === "usblp" && isIt(usb)) ?? null;
	return device === undefined ? null : { path: device.path, node };
};

/** Whether the kernel lets this user read and write a file: the first class that fits decides. */
export const mayUse = (user: ServiceUser, { uid, gid, mode }: FileOwner): boolean => {
	const bits = user.uid === uid ? mode >> 6 : user.gids.has(gid) ? mode >> 3 : mode;
	return (bits & 0o6) === 0o6;
};

const permission = (path: string, { user, ownerOf, groupName }: BoxFacts, finding: Make): Finding[] => {
	const owner = ownerOf(path);
	if (user === null || owner === null || mayUse(user, owner)) return [];
	const group = groupName(owner.gid);
	const rights = owner.mode.toString(8).padStart(4, "0");
	const isGroupEnough = (owner.mode & 0o60) === 0o60 && owner.gid !== 0;
	return [
		finding(
			"TILL-0746",
			`${path} is for uid ${owner.uid} and group ${group} (${rights}), and ${user.name} is not in it`,
			isGroupEnough
				? `usermod -aG ${group} ${user.name} && systemctl restart tilld`
				: "udevadm control --reload && udevadm trigger && systemctl restart tilld",
		),
	];
};

const holders = (path: string, { processes }: BoxFacts, finding: Make): Finding[] =>
	processes
		.filter(({ isTill, open }) => !isTill && open.includes(path))
		.map(({ pid, name }) =>
			finding(
				"TILL-0747",
				`${name} (process ${pid}) has ${path} open`,
				name === "brltty" ? "apt-get purge brltty" : `systemctl disable --now ${name}, or: kill ${pid}`,
			),
		);

/** A name that another boot or another socket gives to another device, where there is a better one. */
const unstableName = (path: string, node: DeviceNode | null, facts: BoxFacts, finding: Make): Finding[] => {
	if (node === null) return [];
	const best = judgePorts({ ...facts.found, usbDevices: [] }, [], { profiles: new Map(), serves: () => false }).find(
		(port) => port.port !== null && "path" in port.port && (port.node ?? port.name) === node.path,
	)?.name;
	const isTwinName = best?.includes("by-path") === true && path.includes("by-id");
	if (best === undefined || best === node.path || (path !== node.path && !isTwinName)) return [];
	return [
		finding(
			"TILL-0748",
			isTwinName
				? `${path} is the name of two adapters: it leads to the one plugged in last`
				: `${path} is given to another device when plugs are changed`,
			`sed -i 's#${path}#${best}#' ${facts.configFile} && systemctl restart tilld`,
		),
	];
};

/** A printer that the kernel's usblp and libusb would take from each other. */
const driverConflict = (device: Ported, node: DeviceNode | null, facts: BoxFacts, finding: Make): Finding[] => {
	const { port } = device;
	if (port.transport !== "usb" || node === null) return [];
	const rival = facts.devices.find(
		(other) =>
			"port" in other &&
			other.port.transport === "usblp" &&
			(other.port.path === node.path || node.names.includes(other.port.path)),
	);
	if (rival === undefined) return [];
	return [
		finding(
			"TILL-0749",
			`${portText(port)} and ${rival.id}'s ${portText((rival as Ported).port)} are one printer`,
			`take ${rival.id} or ${device.id} out of ${facts.configFile}, then: systemctl restart tilld`,
		),
	];
};

const framing = (path: string, { lineErrors }: BoxFacts, finding: Make): Finding[] =>
	lineErrors
		.filter((line) => line.path === path && line.framing >= FRAMING_ERRORS_MAX)
		.map((line) =>
			finding(
				"TILL-0750",
				`${line.framing} damaged characters came on ${path} since the boot`,
				`systemctl stop tilld && tillctl device probe ${path}`,
			),
		);

/** What the running till says of a device that is not well. */
const offline = ({ id }: DeviceConfig, { running }: BoxFacts): Finding[] => {
	if (running === null) return [];
	const state = running.get(id);
	if (state === undefined)
		return [findingsOf(id)("TILL-0736", "the running till does not know it yet", "systemctl restart tilld")];
	if (state.power === "online") return [];
	const detail = state.detail === null ? "" : `: ${state.detail}`;
	return [
		findingsOf(id)("TILL-0724", `${state.power}${detail}`, `check plug and power, then: tillctl device test ${id}`),
	];
};
