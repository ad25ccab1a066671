import type { BoxFacts, Finding } from "./box-facts.ts";
import type { DeviceNode, UsbDevice } from "./found.ts";

/** What is wrong with the box itself: settings, user, rules, programs that take ports. */
export const diagnoseBox = (facts: BoxFacts): readonly Finding[] => [
	...facts.faults.map(({ code, what }) => ({ code, device: null, what, mend: `tillctl explain ${code}` })),
	...(facts.user === null ? [NO_USER] : []),
	...staleRules(facts),
	...portTakers(facts),
	...typingScanners(facts),
	...hidScannersWithoutLibrary(facts),
];

const NO_USER: Finding = {
	code: "TILL-0740",
	device: null,
	what: "there is no user tilld",
	mend: "scripts/install-on-box.sh",
};

const staleRules = ({ rules }: BoxFacts): Finding[] =>
	rules
		.filter(({ installed, shipped }) => installed !== shipped)
		.map(({ path, installed, mend }) => ({
			code: "TILL-0741",
			device: null,
			what: `${path} is ${installed === null ? "missing" : "not that of this release"}`,
			mend,
		}));

/** USB ids of serial adapters that brltty takes for Braille displays (its 85-brltty.rules: CH340 and CP210x). */
const BRLTTY_TAKES: readonly string[] = ["1a86:7523", "10c4:ea60"];

const usbOf = ({ usb }: DeviceNode): string => (usb === null ? "" : `${usb.vendorId}:${usb.productId}`);

/** Programs that open serial lines by themselves: only where there is a line for them to take. */
const portTakers = ({ processes, hasBrltty, found, rules }: BoxFacts): Finding[] => {
	const lines = found.nodes.filter(({ kind, usb }) => kind === "serial" && usb !== null);
	const taken = found.usbDevices.filter(({ identity }) =>
		BRLTTY_TAKES.includes(`${identity.vendorId}:${identity.productId}`),
	);
	const isManaged = processes.some(({ name }) => name === "ModemManager");
	const hasRules = rules.every(({ installed, shipped }) => installed === shipped);
	return [
		...(hasBrltty && taken.length > 0
			? [
					{
						code: "TILL-0742",
						device: null,
						what: `brltty is installed and takes serial adapters as ${taken.map(({ place }) => place).join(", ")} for Braille displays`,
						mend: "apt-get purge brltty",
					},
				]
			: []),
		...(isManaged && !hasRules && lines.length > 0
			? [
					{
						code: "TILL-0743",
						device: null,
						what: `ModemManager runs and asks ${lines.map((line) => `${line.path} (${usbOf(line)})`).join(", ")} for a modem`,
						mend: "systemctl disable --now ModemManager",
					},
				]
			: []),
	];
};

/** USB class HID, and its protocol of keyboards (USB HID 1.11, section 4.3). */
const isKeyboard = ({ interfaces }: UsbDevice): boolean =>
	interfaces.some(({ interfaceClass, protocol }) => interfaceClass === "03" && protocol === "01");

/** Scanners that type: a maker of scanners, a keyboard, and no other way in. */
const typingScanners = ({ found, shelf }: BoxFacts): Finding[] => {
	const scannerMakers = new Set(
		[...shelf.profiles.values()]
			.filter(({ deviceClass }) => deviceClass === "Scanner")
			.flatMap(({ identity }) => identity.usb.map(({ vendorId }) => vendorId)),
	);
	const hasOtherWay = ({ identity }: UsbDevice): boolean =>
		found.nodes.some(
			({ kind, usb }) =>
				(kind === "serial" || kind === "scanner") &&
				usb?.vendorId === identity.vendorId &&
				usb.productId === identity.productId,
		);
	return found.usbDevices
		.filter((device) => scannerMakers.has(device.identity.vendorId) && isKeyboard(device) && !hasOtherWay(device))
		.map(({ identity, place }) => ({
			code: "TILL-0744",
			device: null,
			what: `${identity.product ?? "a scanner"} (USB ${identity.vendorId}:${identity.productId} at ${place}) types like a keyboard`,
			mend: "scan the code for USB COM (CDC) or USB HID-POS in its manual, then: tillctl device detect",
		}));
};

const hidScannersWithoutLibrary = ({ devices, hasLibusb }: BoxFacts): Finding[] =>
	devices
		.filter((device) => !hasLibusb && device.deviceClass === "Scanner" && device.port.transport === "hid")
		.map(({ id }) => ({
			code: "TILL-0752",
			device: id,
			what: "libusb-1.0.so.0 is not there",
			mend: "apt-get install libusb-1.0-0",
		}));
