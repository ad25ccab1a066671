import { z } from "zod";
import { mappingSchema } from "./relay-mapping.ts";
import { mqttSchema } from "./till-config.ts";

const httpUrl = z
	.url({ protocol: /^https?$/ })
	.refine((url) => !url.endsWith("/"), "without a slash at its end")
	.refine(
		(url) => /^(https:|http:\/\/(127\.0\.0\.1|localhost|\[::1\])(?=[:/]|$))/.test(url),
		"secrets travel by https:// only",
	)
	.describe("https://; http:// to this machine only");

/** How the relay signs in to M3 (m3.md section 4). */
const m3AccessSchema = z.discriminatedUnion("kind", [
	z.strictObject({
		kind: z.literal("ionapi"),
		/** The .ionapi file of a Backend Service app with its service account: addresses and secrets in one. */
		ionapiFile: z.string(),
	}),
	z.strictObject({
		kind: z.literal("basic"),
		/** Address up to and including /m3api-rest, without the version. */
		baseUrl: httpUrl,
		user: z.string().min(1),
		passwordFile: z.string(),
	}),
]);

const interfaceSwitch = z.boolean().describe("Whether BchPrcRound asks M3 to do this at once");

/** Infor M3: OPS270MI. */
export const m3ConfigSchema = z.strictObject({
	access: m3AccessSchema,
	/** Whether the user may read tables back (EXPORTMI). With none a ticket ends as acknowledged, with EXPORTMI as booked. */
	readBack: z.enum(["none", "EXPORTMI"]).default("none"),
	/** What CUAM of a ticket line holds on this tenant (OPS700). */
	cuam: z.enum(["net", "gross"]).default("net"),
	/** How quantity and amounts of a return are signed on this tenant. */
	returnSign: z.enum(["negative", "positive"]).default("negative"),
	/** Only when this tenant is known to tolerate a second BchPrcRound for a round: it is then repeated after a lost answer. */
	repeatBchPrcRound: z.boolean().default(false),
	/** When a round is closed and sent, whichever comes first. */
	round: z
		.strictObject({
			ticketCountMax: z.int().min(1).max(10_000).default(100),
			intervalMs: z.int().min(0).max(86_400_000).default(60_000),
		})
		.prefault({}),
	/** Most rows of one bulk request. */
	bulkRowsMax: z.int().min(1).max(10_000).default(500),
	requestTimeoutMs: z.int().min(100).max(600_000).default(60_000),
	/** BchPrcRound's OPMM, OPSS and OPGL. Stock at once, statistics and ledger in M3's own batch OPS280 (M3 cash sale document). */
	opmm: interfaceSwitch.default(true),
	opss: interfaceSwitch.default(false),
	opgl: interfaceSwitch.default(false),
	/** Tickets settled on a customer's account: M3 has no known record type for them, so they wait, or another system books them. */
	creditSales: z.enum(["wait", "elsewhere"]).default("wait"),
});

/** PowerOffice Go API v2. */
export const powerOfficeConfigSchema = z.strictObject({
	baseUrl: httpUrl.default("https://goapi.poweroffice.net/v2"),
	tokenUrl: httpUrl.default("https://goapi.poweroffice.net/OAuth/Token"),
	applicationKeyFile: z.string(),
	subscriptionKeyFile: z.string(),
	/** Requests a second of the subscription key, over everything that uses it. */
	ratePerSecond: z.int().min(1).max(1_000).default(10),
	requestTimeoutMs: z.int().min(100).max(600_000).default(60_000),
	/** SAF-T trail: the system id of the tills' own SAF-T files. */
	saftSourceId: z.string().max(35).optional(),
});

/** What head office's relay is told: /etc/tilld/relay.yaml. An ERP that is left out is not booked to. */
export const relayConfigSchema = z
	.strictObject({
		version: z.literal(1),
		ledger: z.strictObject({ file: z.string().default("/var/lib/tilld/relay.sqlite") }).prefault({}),
		mqtt: mqttSchema,
		m3: m3ConfigSchema.optional(),
		powerOffice: powerOfficeConfigSchema.optional(),
		mapping: mappingSchema.prefault({}),
		log: z.strictObject({ level: z.enum(["debug", "info", "warn", "error"]).default("info") }).prefault({}),
	})
	.check((context) => {
		const problem = (path: (string | number)[], message: string): void => {
			context.issues.push({ code: "custom", input: context.value, path, message });
		};
		const { mqtt, mapping } = context.value;
		const host = /^mqtt:\/\/(\[[^\]]*\]|[^:/]+)/.exec(mqtt.url)?.[1];
		if (host !== undefined && !["127.0.0.1", "localhost", "[::1]"].includes(host) && !mqtt.insecure) {
			problem(["mqtt", "url"], "plain TCP to another machine; use mqtts://, or say insecure: true");
		}
		const warehouses = new Map<string, string>();
		for (const [store, { company, cono, whlo }] of Object.entries(mapping.stores)) {
			if (mapping.companies[company] === undefined && context.value.powerOffice !== undefined) {
				problem(["mapping", "stores", store, "company"], `${company} is not in companies`);
			}
			const warehouse = `${cono}/${whlo}`;
			const other = warehouses.get(warehouse);
			if (other !== undefined) problem(["mapping", "stores", store, "whlo"], `is the warehouse of store ${other}`);
			warehouses.set(warehouse, store);
		}
	});

/** See {@link relayConfigSchema}. */
export type RelayConfig = z.output<typeof relayConfigSchema>;
/** See {@link m3ConfigSchema}. */
export type M3Config = z.output<typeof m3ConfigSchema>;
/** See {@link powerOfficeConfigSchema}. */
export type PowerOfficeConfig = z.output<typeof powerOfficeConfigSchema>;
