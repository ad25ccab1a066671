import { z } from "zod";

const ladder = z.enum(["verified", "manual", "unverified"]);

const source = z.string().min(3).describe("Document and page, or 'observed on firmware x'");

const quirk = z.strictObject({ id: z.string(), why: z.string(), source });

const common = {
	/** The profile this one adds to; its own keys win, `capabilities`, `cut`, `status` and `serial` item by item. */
	inherits: z.string().optional(),
	vendor: z.string(),
	model: z.string(),
	/** How well it is known; the tools say so to the technician. */
	evidence: z.strictObject({ level: ladder, source }),
	identity: z
		.strictObject({
			usb: z
				.array(
					z.strictObject({
						vendorId: z.string().regex(/^[0-9a-f]{4}$/),
						productId: z
							.string()
							.regex(/^[0-9a-f]{4}$/)
							.optional(),
					}),
				)
				.default([]),
			byId: z.array(z.string()).default([]).describe("Patterns of /dev/serial/by-id names"),
			reportedModel: z.array(z.string()).default([]).describe("Answers to the printer's own id question"),
		})
		.prefault({}),
	quirks: z.array(quirk).default([]),
};

/** Settings of a serial line. A port's configuration may say otherwise than the profile: the box may be set differently. */
export const serialLineFields = {
	baudRate: z.int().min(300).max(921_600),
	dataBits: z.union([z.literal(7), z.literal(8)]),
	parity: z.enum(["none", "even", "odd"]),
	stopBits: z.union([z.literal(1), z.literal(2)]),
	flowControl: z.enum(["none", "rtscts", "xonxoff"]),
};

const serialLine = z.strictObject({
	baudRate: serialLineFields.baudRate.default(9600),
	dataBits: serialLineFields.dataBits.default(8),
	parity: serialLineFields.parity.default("none"),
	stopBits: serialLineFields.stopBits.default(1),
	flowControl: serialLineFields.flowControl.default("none"),
});

/** A code page: ESC t number and the encoding behind it. */
const codePage = z.strictObject({
	slot: z.int().min(0).max(255),
	/** `ascii`: what it shows above 7F is not known, so nothing above is sent. */
	encoding: z.enum([
		"ascii",
		"cp437",
		"cp850",
		"cp852",
		"cp858",
		"cp860",
		"cp863",
		"cp865",
		"cp1250",
		"cp1252",
		"iso885915",
	]),
});

/** A duty of 0.2: four parts of rest for one of current. */
const SOLENOID_REST = 4;

/** What one printer model can do. */
export const printerProfileSchema = z.strictObject({
	...common,
	deviceClass: z.literal("POSPrinter"),
	driver: z.enum(["escpos", "virtual-printer"]),
	serial: serialLine.prefault({}),
	capabilities: z.strictObject({
		CapRecPapercut: z.boolean(),
		CapRecEmptySensor: z.boolean().default(false),
		CapRecNearEndSensor: z.boolean().default(false),
		CapCoverSensor: z.boolean().default(false),
		CapRecBold: z.boolean().default(true),
		CapRecDhigh: z.boolean().default(true),
		CapRecDwide: z.boolean().default(true),
		CapRecBarCode: z.boolean().default(true),
		/** Raster pictures (GS v 0): the logo. */
		CapRecBitmap: z.boolean().default(false),
	}),
	/** What it draws by command when CapRecBarCode holds; the data of another is printed as text. */
	barCodeSymbologies: z.array(z.enum(["EAN13", "Code128", "QRCode"])).default(["EAN13", "Code128", "QRCode"]),
	/** UnifiedPOS RecLineChars of font A. */
	recLineChars: z.int().min(20).max(64),
	/** UnifiedPOS RecLineWidth in dots; left out: 12 dots a character, font A of nearly all. */
	recLineWidth: z.int().min(200).max(1_000).optional(),
	codePages: z.array(codePage).min(1).describe("In order of preference"),
	cut: z.strictObject({
		mode: z.enum(["partial", "full", "none"]),
		feedLines: z.int().min(0).max(10),
		/** GS V m, behind the line feeds; ESC i (full) and ESC m (partial) are the older commands that some know only. */
		command: z.enum(["GS V", "ESC i"]).default("GS V"),
	}),
	status: z
		.strictObject({
			asb: z.boolean().default(false).describe("Automatic status back, GS a"),
			dleEot: z.boolean().default(false).describe("Real-time status, DLE EOT"),
			confirmation: z.enum(["processId", "gsr", "written"]).default("written"),
			/** A printer may take 8 s to answer and still be well. */
			confirmTimeoutMs: z.int().min(500).max(60_000).default(15_000),
		})
		.prefault({}),
	drawers: z
		.array(
			z
				.strictObject({
					pin: z.union([z.literal(2), z.literal(5)]),
					/** Solenoid limits: on at most 510 ms (Citizen CT-S601 p 20), duty at most 0.2 (Seiko TM-L60). */
					onMs: z.int().min(10).max(510).default(50),
					offMs: z.int().min(10).max(510).default(250),
					/** Level of the connector's pin 3 while the drawer is open; without it DrawerOpened is not known. */
					openWhen: z.enum(["high", "low"]).optional(),
				})
				.refine(({ onMs, offMs }) => onMs * SOLENOID_REST <= offMs, {
					path: ["offMs"],
					message: "the solenoid burns: it must rest four times as long as it is on",
				}),
		)
		.default([]),
});

/** What one customer display model can do. */
export const displayProfileSchema = z.strictObject({
	...common,
	deviceClass: z.literal("LineDisplay"),
	driver: z.enum([
		"epson-display",
		"cd5220-display",
		"utc-display",
		"aedex-display",
		"adm-display",
		"dsp800-display",
		"virtual-display",
	]),
	serial: serialLine.prefault({}),
	capabilities: z
		.strictObject({
			/** Whether its brightness can be set by command. */
			CapBrightness: z.boolean().default(false),
		})
		.prefault({}),
	deviceRows: z.int().min(1).max(4).default(2),
	deviceColumns: z.int().min(10).max(40).default(20),
	/**
	 * Its letters; the first that has all of a text is taken for the whole of it. Where the language has no command to choose
	 * (UTC, AEDEX, ADM, DSP800) there is one, the page that the unit's switches are set to, and its slot is not sent.
	 */
	codePages: z.array(codePage).min(1),
	/**
	 * National letters in place of ASCII signs, for a display whose code page is not known or lacks them. Chosen by command
	 * (Epson ESC R, CD5220 ESC f); elsewhere it says what the unit's switches are set to.
	 */
	internationalSet: z.enum(["DenmarkI", "DenmarkII", "Norway", "Sweden"]).optional(),
	/** The mode that a UTC display is spoken to in. */
	utcMode: z.enum(["standard", "enhanced"]).default("standard"),
});

const scannerFields = {
	aimPrefix: z.boolean().describe("Whether it sends an AIM symbology identifier before the data"),
	prefix: z.string().max(8).describe('Text before each read that is no part of it, such as STX ("\\x02")'),
	suffix: z
		.enum(["any", "cr", "lf", "crlf", "tab", "etx", "none"])
		.describe("What ends a read. any: CR, LF or both, whichever comes; none: nothing, so that a pause ends it"),
	idleFlushMs: z
		.int()
		.min(0)
		.max(1_000)
		.describe("A pause that ends a read; 0: none does. A scanner without suffix needs one (50 to 100)"),
};

/**
 * What a technician may have set on one scanner otherwise than its profile says (`settings` of a scanner in till.yaml).
 * Every key may be left out: the profile's holds. How its line is set stands with its port.
 */
export const scannerSettingsSchema = z.strictObject({
	aimPrefix: scannerFields.aimPrefix.optional(),
	prefix: scannerFields.prefix.optional(),
	suffix: scannerFields.suffix.optional(),
	idleFlushMs: scannerFields.idleFlushMs.optional(),
});

/** What one scanner model sends. */
export const scannerProfileSchema = z.strictObject({
	...common,
	deviceClass: z.literal("Scanner"),
	driver: z.enum(["serial-scanner", "hid-pos-scanner", "virtual-scanner"]),
	serial: serialLine.prefault({}),
	capabilities: z.strictObject({
		aimPrefix: scannerFields.aimPrefix.default(false),
		/** Whether it beeps when it receives BEL (0x07). */
		beepOnBel: z.boolean().default(false),
	}),
	prefix: scannerFields.prefix.default(""),
	suffix: scannerFields.suffix.default("any"),
	idleFlushMs: scannerFields.idleFlushMs.default(0),
	/**
	 * HID-POS: where things stand in an input report, for a device that does not let its own report descriptor be read. Bytes
	 * from the report's id on, where it has one. The defaults are Honeywell's and Access-IS's (LSR118 manual, appendix B).
	 */
	hidPos: z
		.strictObject({
			/** 0: the device numbers no reports. */
			reportId: z.int().min(0).max(255).default(2),
			/** How much of the data counts; null: zeros at its end do not. */
			byteCountAt: z.int().min(0).max(255).nullable().default(1),
			/** Three bytes of AIM identifier; null: it sends none. */
			identifierAt: z.int().min(0).max(255).nullable().default(2),
			dataAt: z.int().min(0).max(255).default(5),
			dataLength: z.int().min(1).max(255).default(56),
			/** Bit 0: the next report goes on with this read; null: every report is a read. */
			continuedAt: z.int().min(0).max(255).nullable().default(63),
			/** Feature report, in hexadecimal with its id, without which the device sends its reads elsewhere. */
			startReport: z
				.string()
				.regex(/^([0-9a-f]{2}){2,64}$/)
				.optional(),
		})
		.prefault({}),
	/** A read longer than this is dropped and reported: 4296 is the most a QR code holds. */
	dataLengthMax: z.int().min(8).max(8192).default(4296),
});

/** Any profile. One YAML file a model under `device-profiles/`. */
export const deviceProfileSchema = z.discriminatedUnion("deviceClass", [
	printerProfileSchema,
	displayProfileSchema,
	scannerProfileSchema,
]);

/** See {@link printerProfileSchema}. */
export type PrinterProfile = z.output<typeof printerProfileSchema>;
/** See {@link displayProfileSchema}. */
export type DisplayProfile = z.output<typeof displayProfileSchema>;
/** See {@link scannerProfileSchema}. */
export type ScannerProfile = z.output<typeof scannerProfileSchema>;
/** See {@link scannerSettingsSchema}. */
export type ScannerSettings = z.output<typeof scannerSettingsSchema>;
/** See {@link deviceProfileSchema}. */
export type DeviceProfile = z.output<typeof deviceProfileSchema>;
