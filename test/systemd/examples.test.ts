import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { relayConfigSchema } from "../../src/config/schema/relay-config.ts";
import { tillConfigSchema } from "../../src/config/schema/till-config.ts";
import { REPOSITORY } from "./support/command.ts";
import { readUnit, valuesOf } from "./support/unit-file.ts";

const example = (name: string): string => readFileSync(join(REPOSITORY, "systemd/examples", name), "utf8");

/** What a technician makes of an example: every placeholder filled in. */
const filledIn = (name: string): string =>
	example(name)
		.replace("<STORE>", "S01")
		.replace("<TILL>", "T1")
		.replace("<NINE DIGITS>", '"999999999"')
		.replace(/name: ""/, "name: Butikk AS")
		.replaceAll("<mqtts://BROKER:8883>", "mqtts://broker.example:8883");

/** The same with every offer taken up: "#setting", where "# words" stay a comment. */
const takenUp = (name: string): string =>
	filledIn(name)
		.replaceAll(/^(devices|\s+stores|\s+companies): (\[\]|\{\})/gm, "$1:")
		.replaceAll(/^( *)#(?=\S| {2,}\S)/gm, "$1");

const problemPaths = (issues: readonly { readonly path: readonly PropertyKey[] }[]): string[] =>
	issues.map(({ path }) => path.join("."));

describe("systemd/examples", () => {
	it("are refused as they are, so that no journal begins under a made-up till", () => {
		const till = tillConfigSchema.safeParse(parse(example("till.yaml")));
		expect(problemPaths(till.error?.issues ?? [])).toEqual([
			"store",
			"till",
			"company.name",
			"company.organisationNumber",
			"mqtt.url",
		]);
		const relay = relayConfigSchema.safeParse(parse(example("relay.yaml")));
		expect(problemPaths(relay.error?.issues ?? [])).toEqual(["mqtt.url"]);
	});

	it.each([
		["till.yaml", tillConfigSchema],
		["relay.yaml", relayConfigSchema],
	])("are whole once filled in, with and without what %s offers in comments", (name, schema) => {
		for (const text of [filledIn(name), takenUp(name)]) {
			const { success, error } = schema.safeParse(parse(text));
			expect(problemPaths(error?.issues ?? [])).toEqual([]);
			expect(success).toBe(true);
		}
		expect(takenUp(name)).not.toBe(filledIn(name));
		expect(Object.keys(parse(takenUp(name)))).toEqual(expect.arrayContaining(["mqtt"]));
	});

	it.each([
		["till.yaml", "tilld.service"],
		["relay.yaml", "till-relay.service"],
	])("name in %s only secrets that %s is given", (name, unit) => {
		const given = valuesOf(readUnit(unit), "Service", "LoadCredential").map((credential) => credential.split(":")[0]);
		const named = [...example(name).matchAll(/\/run\/credentials\/([a-z.-]+)\/([a-z0-9._-]+)/g)];
		expect(named.length).toBeGreaterThan(0);
		for (const [, service, secret = ""] of named) {
			expect(service).toBe(unit);
			expect(given).toContain(secret.replace(/_.*/, ""));
		}
	});

	it("name folders, profiles and files that are there on a box", () => {
		const till = tillConfigSchema.parse(parse(takenUp("till.yaml")));
		expect([till.journal.directory, till.catalog.file, till.controlSocket, till.journal.mirror]).toEqual([
			"/var/lib/tilld/journal",
			"/var/lib/tilld/catalog.sqlite",
			"/run/tilld/control.sock",
			"/mnt/tilld-mirror",
		]);
		expect(valuesOf(readUnit("tilld.service"), "Service", "ReadWritePaths")).toEqual([
			"-/run/tilld -/var/spool/tilld -/mnt/tilld-mirror",
		]);
		for (const device of till.devices) {
			if ("profile" in device)
				expect(readdirSync(join(REPOSITORY, "device-profiles"))).toContain(`${device.profile}.yaml`);
		}
		expect(till.devices.map(({ id }) => id)).toEqual(["printer", "drawer", "scanner", "scanner-2"]);
		const relay = relayConfigSchema.parse(parse(takenUp("relay.yaml")));
		expect(relay.ledger.file).toMatch(/^\/var\/lib\/till-relay\//);
		expect(relay.controlSocket).toBe("/run/till-relay/control.sock");
		expect(relay.m3).toBeDefined();
		expect(relay.powerOffice).toBeDefined();
	});
});
