import { z } from "zod";
import { storeSchema, tillSchema } from "../../feed/schema/values.ts";
import { CURRENCY_CODES } from "../../money/currency.ts";

const id = z.string().regex(/^[a-z0-9-]{1,40}$/);

/** Where a port is. */
const port = z.discriminatedUnion("transport", [
	z.strictObject({
		transport: z.literal("serial"),
		path: z.string().describe("A stable name, /dev/serial/by-id/... or a udev link"),
	}),
	z.strictObject({ transport: z.literal("tcp"), host: z.string(), port: z.int().min(1).max(65_535).default(9100) }),
	z.strictObject({ transport: z.literal("virtual") }),
]);

/** One device of the box: which model (profile) on which port. The drawer hangs on a printer. */
export const deviceConfigSchema = z.discriminatedUnion("deviceClass", [
	z.strictObject({ deviceClass: z.literal("POSPrinter"), id, profile: z.string(), port }),
	z.strictObject({ deviceClass: z.literal("LineDisplay"), id, profile: z.string(), port }),
	z.strictObject({ deviceClass: z.literal("Scanner"), id, profile: z.string(), port }),
	z.strictObject({
		deviceClass: z.literal("CashDrawer"),
		id,
		printer: id.describe("Id of the printer whose drawer connector it hangs on"),
		drawer: z.int().min(0).max(1).default(0).describe("Which of the profile's drawers"),
	}),
]);

/** A tender type the till takes. */
export const tenderTypeSchema = z.strictObject({
	id,
	/** What screen and receipt call it. */
	description: z.string().min(1).max(30),
	/** SAF-T payment code: 12001 cash, 12002 debit card, 12003 credit card, 12005 gift token, 12011 mobile app ... */
	safTCode: z.string().regex(/^12[0-9]{3}$/),
	isCash: z.boolean().default(false),
	/** What happens when more is given than is left: cash goes back, or it is refused. */
	change: z.enum(["cash", "none"]).default("none"),
	opensDrawer: z.boolean().default(false),
});

/** How to reach the broker. */
export const mqttSchema = z.strictObject({
	url: z
		.string()
		.regex(/^mqtts?:\/\//)
		.describe("mqtts://host:8883, or mqtt://127.0.0.1:1883"),
	username: z.string().optional(),
	/** Secrets are files (systemd credentials), never values in here. */
	passwordFile: z.string().optional(),
	caFile: z.string().optional(),
	certFile: z.string().optional(),
	keyFile: z.string().optional(),
	/** Plain TCP to another machine than this one is refused without it, and the status says so. */
	insecure: z.boolean().default(false),
});

/** What belongs to the box: /etc/tilld/till.yaml. Everything a shop changes is a dataset, not in here. */
export const tillConfigSchema = z
	.strictObject({
		version: z.literal(1),
		store: storeSchema.describe("Fixed for life, shown on paper"),
		till: tillSchema.describe("Fixed for life, shown on paper"),
		/** Country of the build; checked against it. */
		country: z.enum(["NO"]),
		language: z.enum(["nb", "nn", "sv", "en"]).default("nb"),
		currency: z.enum(CURRENCY_CODES),
		/** EUR is rounded in some countries only; the others follow the currency. */
		cashRounding: z.enum(["byCurrency", "none"]).default("byCurrency"),
		company: z.strictObject({
			name: z.string().min(1).max(60),
			organisationNumber: z.string().regex(/^[0-9]{9}$/),
			vatRegistered: z.boolean().default(true),
			address: z.array(z.string().max(60)).max(4).default([]),
		}),
		/** The hour at which a new business date is proposed: before it, the date of the day before. */
		cutOverHour: z.int().min(0).max(23).default(4),
		/** Local time when the system knows no zone: minutes east of UTC are taken from here. */
		timeZone: z.string().default("Europe/Oslo"),
		/** The first number of each series, set at provisioning. */
		seriesStart: z
			.strictObject({
				receipt: z.int().min(1).default(1),
				return: z.int().min(1).default(1),
				delivery: z.int().min(1).default(1),
				training: z.int().min(1).default(1),
				z: z.int().min(1).default(1),
			})
			.prefault({}),
		journal: z
			.strictObject({
				directory: z.string().default("/var/lib/tilld/journal"),
				mirror: z.string().optional().describe("A directory on a second medium, written in the same step"),
				/** Below this much free disk no new ticket is begun. */
				freeBytesMin: z.int().min(1_000_000).default(200_000_000),
			})
			.prefault({}),
		catalog: z.strictObject({ file: z.string().default("/var/lib/tilld/catalog.sqlite") }).prefault({}),
		controlSocket: z.string().default("/run/tilld/control.sock"),
		profileDirectory: z.string().optional().describe("More device profiles beside those that come with the program"),
		tenderTypes: z.array(tenderTypeSchema).min(1),
		devices: z.array(deviceConfigSchema).default([]),
		mqtt: mqttSchema,
		/** The operator who is on the till when nobody signs on. */
		operatorId: z.string().min(1).max(10).default("1"),
		receipt: z
			.strictObject({
				columns: z.int().min(32).max(64).optional(),
				footer: z.array(z.string().max(60)).max(6).default([]),
			})
			.prefault({}),
		log: z.strictObject({ level: z.enum(["debug", "info", "warn", "error"]).default("info") }).prefault({}),
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
		});
		const host = /^mqtt:\/\/(\[[^\]]*\]|[^:/]+)/.exec(mqtt.url)?.[1];
		if (host !== undefined && !["127.0.0.1", "localhost", "[::1]"].includes(host) && !mqtt.insecure) {
			problem(["mqtt", "url"], "plain TCP to another machine; use mqtts://, or say insecure: true");
		}
	});

/** See {@link tillConfigSchema}. */
export type TillConfig = z.output<typeof tillConfigSchema>;
/** See {@link deviceConfigSchema}. */
export type DeviceConfig = z.output<typeof deviceConfigSchema>;
/** See {@link tenderTypeSchema}. */
export type TenderType = z.output<typeof tenderTypeSchema>;
/** See {@link mqttSchema}. */
export type MqttConfig = z.output<typeof mqttSchema>;
