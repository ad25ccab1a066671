import type { DeviceProfile } from "../../../devices/contract/profile.ts";
import type { UsbIdentity } from "../../../devices/provisioning/found.ts";
import type { FoundPort, Proposal, ProposalReason } from "../../../devices/provisioning/propose.ts";

const EVIDENCE: Readonly<Record<DeviceProfile["evidence"]["level"], string>> = {
	verified: "tried on a unit",
	manual: "from the maker's manual, not tried on a unit",
	unverified: "neither tried nor found in a manual",
};

/** How well a profile is known, in words. */
export const evidenceText = (level: DeviceProfile["evidence"]["level"]): string => `${level}: ${EVIDENCE[level]}`;

const REASONS: Readonly<Record<ProposalReason, string>> = {
	usbProduct: "its USB product id",
	byIdName: "its name in /dev/serial/by-id",
	reportedModel: "what it says of itself",
	usbMaker: "its maker's USB id only",
	usbClass: "any USB printer",
	escpos: "any printer that speaks ESC/POS",
};

/** A USB device in words: maker and product as it says them, and its ids. */
const usbText = ({ vendorId, productId, manufacturer, product }: UsbIdentity): string =>
	[manufacturer, product, `(USB ${vendorId}:${productId})`].filter((part) => part !== null).join(" ");

/** A proposed profile in one line. */
export const proposalText = (one: Proposal): string =>
	`${one.profile}: ${one.vendor} ${one.model}, by ${REASONS[one.because]}; ${evidenceText(one.evidence.level)}`;

const KINDS: Readonly<Record<FoundPort["kind"], string>> = {
	serial: "serial line",
	usblp: "USB printer",
	usb: "USB printer that no kernel driver holds",
	scanner: "HID scanner",
	keyboard: "keyboard",
	network: "network device",
};

const adviceText = (port: FoundPort): string => {
	if (port.kind === "keyboard") return "types like a keyboard: a scanner in this mode belongs to the cashier's screen";
	if (port.port === null) return "this version speaks to no device there";
	return `the port does not say what hangs on it; a printer does when asked: tillctl device probe ${port.name}`;
};

/** A port and what is known of it, in lines. */
export const foundPortText = (port: FoundPort): string =>
	[
		`${port.name}${port.node === null ? "" : `  (now ${port.node})`}`,
		`  ${KINDS[port.kind]}${port.usb === null ? "" : `, ${usbText(port.usb)}`}`,
		...(port.owner === null ? [] : [`  configured as ${port.owner}`]),
		...port.proposals.map((one) => `  may be ${proposalText(one)}`),
		...(port.owner === null && port.proposals.length === 0 ? [`  ${adviceText(port)}`] : []),
	].join("\n");
