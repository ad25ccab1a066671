import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { loadConfig, type SettingsSchema } from "../../../src/config/load/load-config.ts";
import type { Migrations } from "../../../src/config/load/migrate.ts";
import { SETTINGS_BYTES_MAX } from "../../../src/config/load/yaml-file.ts";
import { relayConfigSchema } from "../../../src/config/schema/relay-config.ts";
import { tillConfigSchema } from "../../../src/config/schema/till-config.ts";
import { Fault } from "../../../src/runtime/contract/fault.ts";
import { tempDir } from "../../support/temp-dir.ts";

const fileOf = (content: string | Uint8Array): string => {
	const path = join(tempDir(), "till.yaml");
	writeFileSync(path, content);
	return path;
};
const faultOf = (path: string, schema: SettingsSchema = tillConfigSchema, migrations?: Migrations): Fault => {
	try {
		loadConfig(path, schema, migrations);
	} catch (thrown) {
		if (thrown instanceof Fault) return thrown;
		throw thrown;
	}
	throw new Error("it loaded");
};

const LEAST = `version: 1
store: OSLO1
till: "1"
country: NO
currency: NOK
company: { name: Shop, organisationNumber: "987654321" }
tenderTypes:
  - { id: cash, description: Cash, safTCode: "12001", isCash: true, change: cash }
mqtt: { url: "mqtt://127.0.0.1:1883" }
`;

describe("a right file", () => {
	it("gets every default", () => {
		const config = loadConfig(fileOf(LEAST), tillConfigSchema);
		expect(config).toMatchObject({
			store: "OSLO1",
			country: "NO",
			cutOverHour: 4,
			timeZone: "Europe/Oslo",
			seriesStart: { receipt: 1, return: 1, delivery: 1, training: 1, z: 1 },
			journal: { directory: "/var/lib/tilld/journal", freeBytesMin: 200_000_000 },
			devices: [],
			log: { level: "info" },
		});
		expect(config.tenderTypes[0]).toMatchObject({ opensDrawer: false });
	});

	it("may use comments, anchors and any layout of YAML", () => {
		const path = fileOf(`# a comment\n--- \n${LEAST.replace("company:", "company: &c")}`);
		expect(loadConfig(path, tillConfigSchema).company.name).toBe("Shop");
	});
});

describe("a wrong file", () => {
	it("is refused with every problem at once, in the order of its lines", () => {
		const { code, problems, message } = faultOf(
			fileOf(`version: 1
store: oslo
colour: blue
company:
  organisationNumber: 987654321
tenderTypes:
  - id: Cash
    description: ""
    safTCode: "12001"
    rate: 1
devices:
  - deviceClass: Toaster
  - id: printer
    deviceClass: POSPrinter
    profile: x
    port: { transport: serial, speed: 9600 }
cutOverHour: 24
timeZone: Europe/Olso
currency:
mqtt:
  url: http://x
  insecure: "yes"
`),
		);
		expect(code).toBe("TILL-1003");
		expect(problems).toEqual([
			"line 1: till: is missing (string)",
			"line 1: country: is missing (NO)",
			"line 2: store: must match pattern /^[A-Z0-9]{1,8}$/",
			"line 3: colour: is no setting",
			"line 4: company.name: is missing (string)",
			"line 5: company.organisationNumber: is no text: put it in quotes",
			"line 7: tenderTypes[0].id: must match pattern /^[a-z0-9-]{1,40}$/",
			"line 8: tenderTypes[0].description: Too small: expected string to have >=1 characters",
			"line 10: tenderTypes[0].rate: is no setting",
			"line 12: devices[0].deviceClass: Invalid discriminator value. Expected 'POSPrinter' | 'LineDisplay' | 'Scanner' | 'CashDrawer'",
			"line 16: devices[1].port.path: is missing (string)",
			"line 16: devices[1].port.speed: is no setting",
			"line 17: cutOverHour: Too big: expected number to be <=23",
			"line 18: timeZone: is no IANA time zone, such as Europe/Oslo",
			'line 19: currency: Invalid option: expected one of "NOK"|"SEK"|"DKK"|"EUR"|"CHF"|"ISK"',
			"line 21: mqtt.url: must match pattern /^mqtts?:\\/\\//",
			"line 22: mqtt.insecure: expected boolean, received string",
		]);
		expect(message).toMatch(/till\.yaml: line 1: till: is missing \(string\) \(and 16 more\)$/);
	});

	it.each<[string, string, string[]]>([
		[
			"two tender types of one id, two of them cash",
			LEAST.replace("mqtt:", '  - { id: cash, description: Cash, safTCode: "12001", isCash: true }\nmqtt:'),
			["line 7: tenderTypes: exactly one tender type is cash", "line 9: tenderTypes[1].id: stands twice"],
		],
		[
			"plain MQTT to another machine",
			LEAST.replace("127.0.0.1", "broker"),
			["line 9: mqtt.url: plain TCP to another machine; use mqtts://, or say insecure: true"],
		],
		[
			"a drawer on a printer that is none",
			`${LEAST}devices:\n  - { id: drawer, deviceClass: CashDrawer, printer: nothing }\n`,
			["line 11: devices[0].printer: is no printer of this till"],
		],
	])("is told of %s", (_name, text, problems) => {
		expect(faultOf(fileOf(text))).toMatchObject({ code: "TILL-1003", problems });
	});

	it("names a key that may not be used, and never shows a value", () => {
		const text =
			"version: 1\nmqtt: { url: 'mqtt://localhost', passwordFile: 12345 }\nmapping:\n  stores:\n    oslo: { company: a, cono: 1, divi: x, whlo: x }\n";
		const { problems } = faultOf(fileOf(text), relayConfigSchema);
		expect(problems).toEqual([
			"line 2: mqtt.passwordFile: is no text: put it in quotes",
			"line 5: mapping.stores.oslo: is no name to use here: must match pattern /^[A-Z0-9]{1,8}$/",
		]);
	});
});

describe("a file that is no YAML", () => {
	it.each<[string, string, string]>([
		["a setting twice", "version: 1\nstore: A\nstore: B\n", "line 3: Map keys must be unique"],
		["a tab", "version: 1\ncompany:\n\tname: A\n", "line 3: Tabs are not allowed as indentation"],
		["a bracket that is not closed", "version: 1\ndevices: [\n", "line 3: "],
		["two documents", "version: 1\n---\nversion: 1\n", "line 2: "],
	])("is refused with the line of %s", (_name, text, problem) => {
		const { code, problems } = faultOf(fileOf(text));
		expect(code).toBe("TILL-1002");
		expect(problems[0]?.startsWith(problem), problems[0]).toBe(true);
	});

	it("or not UTF-8, too large, or not there, is refused", () => {
		expect(faultOf(fileOf(Buffer.from("version: 1 # Øre", "latin1"))).code).toBe("TILL-1001");
		expect(faultOf(fileOf(`#${"x".repeat(SETTINGS_BYTES_MAX)}`)).code).toBe("TILL-1001");
		expect(faultOf(join(tempDir(), "missing.yaml"))).toMatchObject({
			code: "TILL-1001",
			message: expect.stringMatching(/ENOENT/),
		});
		expect(faultOf(tempDir()).code).toBe("TILL-1001");
	});
});

describe("versions", () => {
	const schema = z.strictObject({ version: z.literal(3), size: z.int(), colour: z.string() });
	const migrations: Migrations = [
		{ from: 1, migrate: (document) => document.set("colour", "red") },
		{
			from: 2,
			migrate: (document) => {
				document.set("size", document.get("width"));
				document.delete("width");
			},
		},
	];

	it("an old file is brought forward step by step, its comments kept, the old one beside it", () => {
		const old = "# ours\nversion: 1 # first\nwidth: 7\n";
		const path = fileOf(old);
		expect(loadConfig(path, schema, migrations)).toEqual({ version: 3, size: 7, colour: "red" });
		expect(readFileSync(`${path}.bak`, "utf8")).toBe(old);
		expect(readFileSync(path, "utf8")).toBe("# ours\nversion: 3 # first\ncolour: red\nsize: 7\n");
		expect(statSync(path).mode).toBe(statSync(`${path}.bak`).mode);
		expect(loadConfig(path, schema, migrations)).toEqual({ version: 3, size: 7, colour: "red" });
		expect(readFileSync(`${path}.bak`, "utf8")).toBe(old);
		expect(readdirSync(join(path, "..")).toSorted()).toEqual(["till.yaml", "till.yaml.bak"]);
	});

	it("one that comes out wrong is left as it was", () => {
		const path = fileOf("version: 2\nwidth: wide\ncolour: red\n");
		expect(faultOf(path, schema, migrations)).toMatchObject({ code: "TILL-1003" });
		expect(readdirSync(join(path, ".."))).toEqual(["till.yaml"]);
		expect(readFileSync(path, "utf8")).toBe("version: 2\nwidth: wide\ncolour: red\n");
	});

	it.each<[string, string, string]>([
		["no version", "size: 1\n", "TILL-1004"],
		["an empty file", "", "TILL-1004"],
		["a list", "- 1\n", "TILL-1004"],
		["a version of words", "version: new\n", "TILL-1004"],
		["a version that never was", "version: 0\n", "TILL-1004"],
		["a newer version", "version: 4\nsize: 1\n", "TILL-1005"],
	])("%s is refused", (_name, text, code) => {
		expect(faultOf(fileOf(text), schema, migrations).code).toBe(code);
	});

	it("a version that nothing leads on from is refused", () => {
		expect(faultOf(fileOf("version: 1\n"), schema, migrations.slice(1)).code).toBe("TILL-1004");
	});
});
