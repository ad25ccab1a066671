import { z } from "zod";
import { scannerSettingsSchema, serialLineFields } from "../../devices/contract/profile.ts";
import { storeSchema, tillSchema } from "../../feed/schema/values.ts";
import { CURRENCY_CODES } from "../../money/currency.ts";
import { inStoreCodesSchema } from "./in-store-codes.ts";

const id = z.string().regex(/^[a-z0-9-]{1,40}$/);

const file = (what: string) => z.string().min(1).describe(`File with ${what}`);

/** Whether this Node knows a zone by that name. */
const isTimeZone = (name: string): boolean => {
	try {
		return new Intl.DateTimeFormat("en-GB", { timeZone: name }).resolvedOptions().timeZone !== "";
	} catch {
		return false;
	}
};

const asSet = "where the device is not set as its profile says";

const usbId = z.string().regex(/^[0-9a-f]{4}$/);

/** Where a port is. */
const port = z.discriminatedUnion("transport", [
	z.strictObject({
		transport: z.literal("serial").describe("A serial port, USB ones too"),
		path: z.string().min(1).describe("A stable name, /dev/serial/by-id/... or a udev link"),
		baudRate: serialLineFields.baudRate.optional().describe(`Baud, ${asSet}`),
		dataBits: serialLineFields.dataBits.optional().describe(`Data bits, ${asSet}`),
		parity: serialLineFields.parity.optional().describe(`Parity, ${asSet}`),
		stopBits: serialLineFields.stopBits.optional().describe(`Stop bits, ${asSet}`),
		flowControl: serialLineFields.flowControl.optional().describe(`Flow control, ${asSet}`),
	}),
	z.strictObject({
		transport: z.literal("tcp").describe("A raw TCP port of a device on the network"),
		host: z.string().min(1).describe("Name or address of the device"),
		port: z.int().min(1).max(65_535).default(9100).describe("TCP port"),
	}),
	z.strictObject({
		transport: z.literal("usblp").describe("A USB printer through the kernel's printer driver"),
		path: z.string().min(1).describe("/dev/usb/lp0, or better a udev link, which stays the same"),
	}),
	z.strictObject({
		transport: z.literal("usb").describe("A USB printer without the kernel's driver, through libusb"),
		vendorId: usbId.describe("Four hexadecimal digits, in quotes"),
		productId: usbId.describe("Four hexadecimal digits, in quotes"),
		serialNumber: z.string().min(1).optional().describe("Where two of the model are plugged in"),
	}),
	z.strictObject({
		transport: z.literal("hid").describe("A scanner set to USB HID-POS"),
		vendorId: usbId.describe("USB vendor, four hexadecimal digits in quotes, as lsusb says it before the colon"),
		productId: usbId.describe("USB product, four hexadecimal digits in quotes; another one when it is set to HID-POS"),
		serialNumber: z.string().min(1).optional().describe("Which one, where two of the same model are plugged in"),
	}),
	z.strictObject({
		transport: z.literal("shared").describe("A display in the line of a printer, which passes on what is not its own"),
		with: id.describe("Id of that printer"),
	}),
	z.strictObject({ transport: z.literal("virtual").describe("No device: one inside the program") }),
]);

const deviceId = id.describe("What log, status and tillctl call the device");
const profile = z.string().min(1).describe("Device profile of the model: its file name without .yaml");

/** One device of the box: which model (profile) on which port. The drawer hangs on a printer. */
export const deviceConfigSchema = z.discriminatedUnion("deviceClass", [
	z.strictObject({
		deviceClass: z.literal("POSPrinter").describe("A receipt printer"),
		id: deviceId,
		profile,
		port,
	}),
	z.strictObject({
		deviceClass: z.literal("LineDisplay").describe("A customer display"),
		id: deviceId,
		profile,
		port,
		brightness: z
			.union([z.literal(25), z.literal(50), z.literal(75), z.literal(100)])
			.optional()
			.describe("Percent; left out: the display's own. Set where the model can be set (profile: CapBrightness)"),
		idleText: z
			.array(z.string().max(40))
			.min(1)
			.max(4)
			.optional()
			.describe("Rows shown while nothing is sold; left out: a word of welcome in the till's language"),
		idleAfterSeconds: z
			.int()
			.min(1)
			.max(600)
			.optional()
			.describe("How long a finished sale stays before the idle text is shown; left out: 8"),
	}),
	z.strictObject({
		deviceClass: z.literal("Scanner").describe("A bar code scanner"),
		id: deviceId,
		profile,
		port,
		duplicateGuardMs: z
			.int()
			.min(0)
			.max(5_000)
			.default(0)
			.describe(
				"The same code read again within this time counts once; 0: every read counts, as two items may be alike",
			),
		settings: scannerSettingsSchema.optional().describe("What this scanner is set to otherwise than its profile says"),
	}),
	z.strictObject({
		deviceClass: z.literal("CashDrawer").describe("A drawer, opened by a printer's pulse"),
		id: deviceId,
		printer: id.describe("Id of the printer whose drawer connector it hangs on"),
		drawer: z.int().min(0).max(1).default(0).describe("Which of the profile's drawers"),
		openWhen: z
			.enum(["high", "low", "none"])
			.optional()
			.describe("Level of the connector's switch while the drawer is open; none: not sensed; left out: the profile's"),
		openTooLongSeconds: z
			.int()
			.min(0)
			.max(86_400)
			.default(300)
			.describe("Open for longer than this, it is an event and a warning; 0: never"),
	}),
]);

/** A tender type the till takes. */
const tenderTypeSchema = z.strictObject({
	id: id.describe("What is typed to take it, and the key of the relay's mapping"),
	description: z.string().min(1).max(30).describe("What screen and receipt call it"),
	safTCode: z
		.string()
		.regex(/^12[0-9]{3}$/)
		.describe(
			"SAF-T payment code: 12001 cash, 12002 debit card, 12003 credit card, 12005 gift token, 12011 mobile app",
		),
	isCash: z.boolean().default(false).describe("Whether it is notes and coins; exactly one type is"),
	change: z
		.enum(["cash", "none"])
		.default("none")
		.describe("When more is given than is left: cash goes back, or it is refused"),
	opensDrawer: z.boolean().default(false).describe("Whether it opens the drawer though no coin moves"),
});

/** How to reach the broker. */
export const mqttSchema = z.strictObject({
	url: z
		.string()
		.regex(/^mqtts?:\/\//)
		.describe("mqtts://host:8883, or mqtt://127.0.0.1:1883"),
	username: z.string().optional().describe("User at the broker"),
	passwordFile: file("the user's password (a systemd credential); a secret never stands in here").optional(),
	caFile: file("the certificates that the broker's is checked against; left out: the system's").optional(),
	certFile: file("this box's client certificate").optional(),
	keyFile: file("the client certificate's key").optional(),
	insecure: z.boolean().default(false).describe("Allows plain TCP to another machine; the status then says so"),
});

const firstNumber = (what: string) =>
	z.int().min(1).default(1).describe(`Number of the first ${what}; counts once, when the journal is made`);

/** How much is written to the log. */
export const logSchema = z
	.strictObject({
		level: z.enum(["debug", "info", "warn", "error"]).default("info").describe("Least level that is written"),
	})
	.prefault({});

/** What belongs to the box: /etc/tilld/till.yaml. Everything a shop changes is a dataset, not in here. */
export const tillConfigSchema = z
	.strictObject({
		version: z.literal(1).describe("Version of the form of this file"),
		store: storeSchema.describe("Fixed for life, shown on paper"),
		till: tillSchema.describe("Fixed for life, shown on paper"),
		country: z.enum(["NO"]).describe("Country of the build, checked against it"),
		language: z.enum(["nb", "nn", "sv", "en"]).default("nb").describe("Language of paper and display"),
		currency: z.enum(CURRENCY_CODES).describe("The one currency of the till"),
		cashRounding: z
			.enum(["byCurrency", "none"])
			.default("byCurrency")
			.describe("none: cash is not rounded, as with EUR in most countries"),
		company: z.strictObject({
			name: z.string().min(1).max(60).describe("Seller's name, on every receipt"),
			organisationNumber: z
				.string()
				.regex(/^[0-9]{9}$/)
				.describe("Nine digits, in quotes"),
			vatRegistered: z.boolean().default(true).describe("Prints MVA behind the number"),
			address: z.array(z.string().max(60)).max(4).default([]).describe("Lines of the address, on every receipt"),
		}),
		cutOverHour: z
			.int()
			.min(0)
			.max(23)
			.default(4)
			.describe("Before this hour the business date proposed is that of the day before"),
		timeZone: z
			.string()
			.refine(isTimeZone, "is no IANA time zone, such as Europe/Oslo")
			.default("Europe/Oslo")
			.describe("Zone of the times on paper and in records (IANA name)"),
		seriesStart: z
			.strictObject({
				receipt: firstNumber("sales receipt"),
				return: firstNumber("return receipt"),
				delivery: firstNumber("delivery receipt"),
				training: firstNumber("training receipt"),
				z: firstNumber("Z report"),
			})
			.prefault({}),
		journal: z
			.strictObject({
				directory: z.string().min(1).default("/var/lib/tilld/journal").describe("Where the journal lies: a local disk"),
				mirror: z.string().min(1).optional().describe("A directory on a second medium, written in the same step"),
				freeBytesMin: z
					.int()
					.min(1_000_000)
					.default(200_000_000)
					.describe("With less free disk no new ticket is begun"),
			})
			.prefault({}),
		catalog: z
			.strictObject({
				file: z.string().min(1).default("/var/lib/tilld/catalog.sqlite").describe("Where the items are kept"),
			})
			.prefault({}),
		controlSocket: z.string().min(1).default("/run/tilld/control.sock").describe("Where tillctl speaks to the service"),
		profileDirectory: z
			.string()
			.min(1)
			.optional()
			.describe(
				"Directory of device profiles beside those that come with the program; one of the same name takes the place of theirs",
			),
		tenderTypes: z.array(tenderTypeSchema).min(1).describe("The ways of paying"),
		inStoreCodes: inStoreCodesSchema,
		devices: z.array(deviceConfigSchema).default([]).describe("The devices of the box"),
		mqtt: mqttSchema,
		operatorId: z.string().min(1).max(10).default("1").describe("The operator who is on the till when nobody signs on"),
		receipt: z
			.strictObject({
				columns: z.int().min(32).max(64).optional().describe("Characters a line; left out: the printer profile's"),
				footer: z.array(z.string().max(60)).max(6).default([]).describe("Lines at the end of each receipt"),
				logo: z
					.string()
					.min(1)
					.optional()
					.describe(
						"PNG file at the head of each receipt, black on white, at most 576 dots wide on 80 mm paper; a serial line takes a second a kilobyte: keep it small there",
					),
			})
			.prefault({}),
		log: logSchema,
	})
	.check((context) => {
		const problem = (path: (string | number)[], message: string): void => {
			context.issues.push({ code: "custom", input: context.value, path, message });
		};
		const { tenderTypes, devices, mqtt } = context.value;
		tenderTypes.forEach((tender, index) => {
			if (tenderTypes.findIndex((t) => t.id === tender.id) !== index)
				problem(["tenderTypes", index, "id"], "stands twice");
		});
		if (tenderTypes.filter((t) => t.isCash).length !== 1) problem(["tenderTypes"], "exactly one tender type is cash");
		devices.forEach((device, index) => {
			if (devices.findIndex((d) => d.id === device.id) !== index) problem(["devices", index, "id"], "stands twice");
			if (
				device.deviceClass === "CashDrawer" &&
				!devices.some((d) => d.id === device.printer && d.deviceClass === "POSPrinter")
			) {
				problem(["devices", index, "printer"], "is no printer of this till");
			}
			const other = devices.slice(0, index).find((d) => isSameConnector(d, device));
			if (other !== undefined)
				problem(["devices", index, "printer"], `its connector is ${other.id}'s: a printer has two, 0 and 1`);
		});
		const host = /^mqtt:\/\/(\[[^\]]*\]|[^:/]+)/.exec(mqtt.url)?.[1];
		if (host !== undefined && !["127.0.0.1", "localhost", "[::1]"].includes(host) && !mqtt.insecure) {
			problem(["mqtt", "url"], "plain TCP to another machine; use mqtts://, or say insecure: true");
		}
	});

/** Whether both are drawers on one connector of one printer: a pulse for the one would open the other. */
const isSameConnector = (one: DeviceConfig, other: DeviceConfig): boolean =>
	one.deviceClass === "CashDrawer" &&
	other.deviceClass === "CashDrawer" &&
	one.printer === other.printer &&
	one.drawer === other.drawer;

/** See {@link tillConfigSchema}. */
export type TillConfig = z.output<typeof tillConfigSchema>;
/** See {@link deviceConfigSchema}. */
export type DeviceConfig = z.output<typeof deviceConfigSchema>;
/** See {@link mqttSchema}. */
export type MqttConfig = z.output<typeof mqttSchema>;
