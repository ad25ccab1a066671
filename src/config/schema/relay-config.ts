import { z } from "zod";
import { mappingSchema } from "./relay-mapping.ts";
import { logSchema, mqttSchema } from "./till-config.ts";

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
		kind: z.literal("ionapi").describe("Infor OS: OAuth 2.0 of a Backend Service app"),
		ionapiFile: z
			.string()
			.min(1)
			.describe("The .ionapi file of the app with its service account: addresses and secrets in one"),
	}),
	z.strictObject({
		kind: z.literal("basic").describe("M3 on its own: user and password"),
		baseUrl: httpUrl.describe("Address up to and including /m3api-rest, without the version"),
		user: z.string().min(1).describe("M3 user"),
		passwordFile: z.string().min(1).describe("File with the user's password"),
	}),
]);

const interfaceSwitch = (what: string) => z.boolean().describe(`Whether BchPrcRound has M3 update ${what} at once`);

const requestTimeout = z
	.int()
	.min(100)
	.max(600_000)
	.default(60_000)
	.describe("Milliseconds after which an answer counts as lost");

/** Infor M3: OPS270MI. */
export const m3ConfigSchema = z.strictObject({
	access: m3AccessSchema.describe("How the relay signs in"),
	readBack: z
		.enum(["none", "EXPORTMI"])
		.default("none")
		.describe("Whether tables may be read back: with none a ticket ends as acknowledged, with EXPORTMI as booked"),
	cuam: z.enum(["net", "gross"]).default("net").describe("What CUAM of a ticket line holds on this tenant (OPS700)"),
	returnSign: z
		.enum(["negative", "positive"])
		.default("negative")
		.describe("How quantity and amounts of a return are signed on this tenant"),
	repeatBchPrcRound: z
		.boolean()
		.default(false)
		.describe(
			"Only when this tenant is known to tolerate a second BchPrcRound of a round: repeats it after a lost answer",
		),
	/** When a round is closed and sent, whichever comes first. */
	round: z
		.strictObject({
			ticketCountMax: z.int().min(1).max(10_000).default(100).describe("A round with so many tickets is sent"),
			intervalMs: z.int().min(0).max(86_400_000).default(60_000).describe("A round of this age is sent"),
		})
		.prefault({}),
	bulkRowsMax: z.int().min(1).max(10_000).default(500).describe("Most rows of one bulk request"),
	requestTimeoutMs: requestTimeout,
	/** Stock at once, statistics and ledger in M3's own batch OPS280 (M3 cash sale document). */
	opmm: interfaceSwitch("stock").default(true),
	opss: interfaceSwitch("statistics").default(false),
	opgl: interfaceSwitch("the ledger").default(false),
	creditSales: z
		.enum(["wait", "elsewhere"])
		.default("wait")
		.describe(
			"Tickets on a customer's account, for which M3 has no known record type: they wait, or another system books them",
		),
});

/** PowerOffice Go API v2. */
export const powerOfficeConfigSchema = z.strictObject({
	baseUrl: httpUrl.default("https://goapi.poweroffice.net/v2").describe("Address of the API, with its version"),
	tokenUrl: httpUrl.default("https://goapi.poweroffice.net/OAuth/Token").describe("Address that gives access tokens"),
	applicationKeyFile: z.string().min(1).describe("File with the application key"),
	subscriptionKeyFile: z.string().min(1).describe("File with the subscription key"),
	ratePerSecond: z
		.int()
		.min(1)
		.max(1_000)
		.default(10)
		.describe("Requests a second of the subscription key, over everything that uses it"),
	requestTimeoutMs: requestTimeout,
	saftSourceId: z.string().max(35).optional().describe("SAF-T trail: the system id of the tills' own SAF-T files"),
});

/** What head office's relay is told: /etc/tilld/relay.yaml. An ERP that is left out is not booked to. */
export const relayConfigSchema = z
	.strictObject({
		version: z.literal(1).describe("Version of the form of this file"),
		ledger: z
			.strictObject({
				file: z.string().min(1).default("/var/lib/till-relay/relay.sqlite").describe("Where the relay keeps its books"),
			})
			.prefault({}),
		controlSocket: z
			.string()
			.default("/run/till-relay/control.sock")
			.describe("Where `till-relay status` and the like ask"),
		mqtt: mqttSchema,
		m3: m3ConfigSchema.optional().describe("Infor M3; left out: nothing is booked there"),
		powerOffice: powerOfficeConfigSchema.optional().describe("PowerOffice Go; left out: nothing is booked there"),
		mapping: mappingSchema.prefault({}),
		log: logSchema,
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
		for (const [tender, { paymentMethod, cashCode }] of Object.entries(mapping.tenders)) {
			if (paymentMethod === mapping.m3.roundingPaymentMethod && cashCode === undefined) {
				problem(
					["mapping", "tenders", tender, "paymentMethod"],
					"is that of cash rounding: M3 could not tell them apart",
				);
			}
		}
	});

/** See {@link relayConfigSchema}. */
export type RelayConfig = z.output<typeof relayConfigSchema>;
/** See {@link m3ConfigSchema}. */
export type M3Config = z.output<typeof m3ConfigSchema>;
/** See {@link powerOfficeConfigSchema}. */
export type PowerOfficeConfig = z.output<typeof powerOfficeConfigSchema>;
