import type { UsbDevice, UsbEndpoint, UsbInterface, UsbInterfaceDescriptor, UsbLibrary } from "./usb-library.ts";

/** Which printer of the bus. Ids as four hexadecimal digits. */
export interface UsbAddress {
	readonly vendorId: string;
	readonly productId: string;
	/** Needed where two of the same model are plugged in. */
	readonly serialNumber?: string | undefined;
}

/** A printer that nobody else has. */
export interface ClaimedPrinter {
	readonly device: UsbDevice;
	readonly out: UsbEndpoint;
	/** Null: it has one direction only. */
	readonly in: UsbEndpoint | null;
	/** Gives it back to the system. No transfer may be under way. */
	release(): Promise<void>;
}

/** Classes of interfaces: a printer (USB device class definition for printing devices, section 4.2), or the maker's own. */
const PRINTER_CLASS = 7;
const VENDOR_CLASS = 0xff;

/** Protocols of a printer's interface: 2 has replies, 1 has none; 3 packs both in IEEE 1284.4, which nobody here speaks. */
const TWO_WAYS = 2;
const ONE_WAY = 1;

const BULK = 2;

const REASONS: readonly (readonly [string, string])[] = [
	["LIBUSB_ERROR_ACCESS", "the udev rules do not let this program open it"],
	["LIBUSB_ERROR_BUSY", "another program has it"],
];

const because = (thrown: unknown): string => {
	const message = thrown instanceof Error ? thrown.message : String(thrown);
	const reason = REASONS.find(([name]) => message.includes(name))?.[1];
	return reason === undefined ? message : `${reason} (${message})`;
};

/** Whether this is the model that is looked for. */
export const isModel = ({ deviceDescriptor }: UsbDevice, wanted: UsbAddress): boolean =>
	deviceDescriptor.idVendor === Number.parseInt(wanted.vendorId, 16) &&
	deviceDescriptor.idProduct === Number.parseInt(wanted.productId, 16);

/** The address in words. */
export const usbName = ({ vendorId, productId, serialNumber }: UsbAddress): string =>
	`USB ${vendorId}:${productId}${serialNumber === undefined ? "" : ` ${serialNumber}`}`;

const serialNumberOf = (device: UsbDevice): Promise<string | null> =>
	new Promise((resolve, reject) => {
		const { iSerialNumber } = device.deviceDescriptor;
		if (iSerialNumber === 0) resolve(null);
		else {
			device.getStringDescriptor(iSerialNumber, (error, value) => {
				if (error === undefined) resolve(value ?? null);
				else reject(new Error(error.message));
			});
		}
	});

/** A device that was unplugged answers all of this with an error, and there is nobody left to give it back to. */
const evenIfGone = (act: () => void): void => {
	try {
		act();
	} catch {
		// gone
	}
};

/** Opens the one device that is meant. */
const openDevice = async (library: UsbLibrary, wanted: UsbAddress): Promise<UsbDevice> => {
	const models = library.getDeviceList().filter((device) => isModel(device, wanted));
	const [first] = models;
	if (first === undefined) throw new Error(`${usbName(wanted)} is not plugged in`);
	if (wanted.serialNumber === undefined) {
		if (models.length > 1)
			throw new Error(`${models.length} of ${usbName(wanted)} are plugged in: serialNumber must say which`);
		first.open();
		return first;
	}
	const troubles: string[] = [];
	for (const device of models) {
		try {
			device.open();
			const serialNumber = await serialNumberOf(device);
			if (serialNumber === wanted.serialNumber) return device;
			troubles.push(`one has the serial number ${serialNumber ?? "none"}`);
		} catch (thrown) {
			troubles.push(because(thrown));
		}
		evenIfGone(() => device.close());
	}
	throw new Error(`${usbName(wanted)} is not plugged in: ${troubles.join("; ")}`);
};

interface Place {
	readonly interface: UsbInterface;
	readonly setting: number;
}

const hasBulkOut = ({ endpoints }: UsbInterfaceDescriptor): boolean =>
	endpoints.some((endpoint) => (endpoint.bEndpointAddress & 0x80) === 0 && (endpoint.bmAttributes & 0x03) === BULK);

/** How much a setting suits: the more the better, 0 not at all. Printers can be set to the maker's own class, too. */
const suits = (descriptor: UsbInterfaceDescriptor): number => {
	const { bInterfaceClass, bInterfaceProtocol } = descriptor;
	if (!hasBulkOut(descriptor)) return 0;
	if (bInterfaceClass === VENDOR_CLASS) return 1;
	if (bInterfaceClass !== PRINTER_CLASS) return 0;
	return [ONE_WAY, TWO_WAYS].indexOf(bInterfaceProtocol) < 0 ? 0 : 1 + bInterfaceProtocol;
};

const placeOf = (device: UsbDevice): Place | null => {
	let best: Place | null = null;
	let most = 0;
	(device.configDescriptor?.interfaces ?? []).forEach((settings, index) => {
		const found = device.interfaces?.[index];
		for (const descriptor of settings) {
			if (found === undefined || suits(descriptor) <= most) continue;
			most = suits(descriptor);
			best = { interface: found, setting: descriptor.bAlternateSetting };
		}
	});
	return best;
};

const setSetting = ({ interface: chosen, setting }: Place): Promise<void> =>
	new Promise((resolve, reject) => {
		if (setting === 0) resolve();
		else chosen.setAltSetting(setting, (error) => (error === undefined ? resolve() : reject(new Error(error.message))));
	});

/** Takes a printer away from the kernel's driver and from everybody else; rejects with the reason in words. */
export const claimPrinter = async (library: UsbLibrary, wanted: UsbAddress): Promise<ClaimedPrinter> => {
	let device: UsbDevice | null = null;
	let giveBack: () => void = () => undefined;
	try {
		device = await openDevice(library, wanted);
		const opened = device;
		const place = placeOf(opened);
		if (place === null) throw new Error(`${usbName(wanted)} has no printer's interface`);
		const { interface: chosen } = place;
		if (chosen.isKernelDriverActive()) {
			chosen.detachKernelDriver();
			giveBack = () => chosen.attachKernelDriver();
		}
		chosen.claim();
		await setSetting(place);
		const bulk = chosen.endpoints.filter((endpoint) => endpoint.transferType === BULK);
		const out = bulk.find((endpoint) => endpoint.direction === "out");
		if (out === undefined) throw new Error(`${usbName(wanted)} takes no bytes`);
		const released = (): void => {
			evenIfGone(giveBack);
			evenIfGone(() => opened.close());
		};
		return {
			device: opened,
			out,
			in: bulk.find((endpoint) => endpoint.direction === "in") ?? null,
			release: () =>
				new Promise((resolve) => {
					chosen.release(() => {
						released();
						resolve();
					});
				}),
		};
	} catch (thrown) {
		evenIfGone(giveBack);
		evenIfGone(() => device?.close());
		throw new Error(because(thrown), { cause: thrown });
	}
};
