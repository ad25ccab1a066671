import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { CONFIG_SCHEMA_DIRECTORY, configDocuments } from "../../../scripts/generate-config-docs.ts";
import { settingsJsonSchema, settingsOf } from "../../../src/config/load/describe-config.ts";
import { loadConfig, type SettingsSchema } from "../../../src/config/load/load-config.ts";
import { relayConfigSchema } from "../../../src/config/schema/relay-config.ts";
import { tillConfigSchema } from "../../../src/config/schema/till-config.ts";

const FILES: readonly [string, SettingsSchema][] = [
	["till", tillConfigSchema],
	["relay", relayConfigSchema],
];

describe("the documents of the settings", () => {
	it.each([...configDocuments()])("%s is what scripts/generate-config-docs.ts writes today", (name, text) => {
		expect(readFileSync(join(CONFIG_SCHEMA_DIRECTORY, name), "utf8")).toBe(text);
	});

	it.each(FILES)("of %s.yaml describe every setting", (_name, schema) => {
		const settings = settingsOf(schema);
		expect(settings.length).toBeGreaterThan(20);
		expect(settings.filter(({ description }) => description === "")).toEqual([]);
	});

	it("show what a setting takes and what it is when it is left out", () => {
		const row = (path: string): unknown => settingsOf(tillConfigSchema).find((setting) => setting.path === path);
		expect(row("company.name")).toMatchObject({ type: "text of 1 to 60 letters", fallback: undefined });
		expect(row("receipt.columns")).toMatchObject({ type: "whole number, 32 to 64", fallback: "" });
		expect(row("devices[].port.port")).toMatchObject({ fallback: "`9100`" });
		expect(settingsOf(relayConfigSchema).find(({ path }) => path.endsWith("giftCardIssue.xrcd"))).toMatchObject({
			fallback: '`"1100"`',
		});
	});
});

describe("the examples", () => {
	it.each(FILES)("%s.example.yaml is right, for the program and for an editor", (name, schema) => {
		const path = join(CONFIG_SCHEMA_DIRECTORY, "examples", `${name}.example.yaml`);
		expect(loadConfig(path, schema)).toMatchObject({ version: 1 });
		const isValid = new Ajv2020({ strict: false, validateFormats: false }).compile(settingsJsonSchema(schema));
		expect(isValid(parse(readFileSync(path, "utf8"))), JSON.stringify(isValid.errors)).toBe(true);
		expect(isValid({ ...parse(readFileSync(path, "utf8")), colour: "blue" })).toBe(false);
	});
});
