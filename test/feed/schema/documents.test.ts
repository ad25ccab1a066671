import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { asyncApiDocument } from "../../../scripts/feed-documents/async-api.ts";
import {
	FEED_FORMS,
	type FeedFormName,
	jsonSchemaOf,
	schemaFileName,
} from "../../../scripts/feed-documents/json-schemas.ts";
import { feedDocuments, GENERATED_DIRECTORY } from "../../../scripts/generate-schemas.ts";
import { offlineStatus } from "../../../src/feed/mqtt/feed-publisher.ts";
import { downTopic, upTopic } from "../../../src/feed/schema/topic.ts";
import { WIRE_EXAMPLES } from "../wire-examples.ts";

const NAMES = Object.keys(FEED_FORMS) as FeedFormName[];

/** Decodes and encodes again, as a program of ours writes it. */
const encoded = (name: FeedFormName, value: unknown = WIRE_EXAMPLES[name]): unknown => {
	const schema: z.ZodType = FEED_FORMS[name].schema;
	return JSON.parse(JSON.stringify(z.encode(schema, z.decode(schema, value))));
};

const validatorOf = (name: FeedFormName): ((value: unknown) => boolean) => {
	const text = readFileSync(join(GENERATED_DIRECTORY, schemaFileName(name)), "utf8");
	// The date format is a name for the pattern beside it.
	return new Ajv2020({ strict: true, formats: { date: true } }).compile(JSON.parse(text));
};

/** Every value with one field removed, at any depth. */
const withoutOne = (value: unknown): unknown[] => {
	if (Array.isArray(value)) {
		return value.flatMap((item, at) => withoutOne(item).map((less) => value.with(at, less)));
	}
	if (typeof value !== "object" || value === null) return [];
	return Object.entries(value).flatMap(([key, inner]) => {
		const { [key]: _gone, ...rest } = value as Record<string, unknown>;
		return [rest, ...withoutOne(inner).map((less) => ({ ...value, [key]: less }))];
	});
};

/** Every object of a value with a field that nobody knows. */
const withUnknown = (value: unknown): unknown => {
	if (Array.isArray(value)) return value.map(withUnknown);
	if (typeof value !== "object" || value === null) return value;
	const inner = Object.entries(value).map(([key, one]) => [key, withUnknown(one)]);
	return { ...Object.fromEntries(inner), addedInVersion1_7: { anything: [1, "x", null] } };
};

describe("the generated documents", () => {
	it("are what `node scripts/generate-schemas.ts` writes today", () => {
		const documents = feedDocuments();
		expect(readdirSync(GENERATED_DIRECTORY).sort()).toEqual([...documents.keys()].sort());
		for (const [name, text] of documents) expect(readFileSync(join(GENERATED_DIRECTORY, name), "utf8")).toBe(text);
	});

	it.each(NAMES)("%s: what we encode stands the test of its JSON Schema", (name) => {
		const validate = validatorOf(name);
		expect(encoded(name)).toEqual(WIRE_EXAMPLES[name]);
		expect(validate(encoded(name))).toBe(true);
	});

	it.each(NAMES)("%s: its JSON Schema and the reader agree on every missing field", (name) => {
		const validate = validatorOf(name);
		const schema: z.ZodType = FEED_FORMS[name].schema;
		const variants = withoutOne(WIRE_EXAMPLES[name]);
		expect(variants.length).toBeGreaterThan(3);
		for (const variant of variants) expect(validate(variant)).toBe(schema.safeParse(variant).success);
	});

	it.each(NAMES)("%s: fields of a later minor version disturb neither", (name) => {
		const later = withUnknown(WIRE_EXAMPLES[name]);
		expect(validatorOf(name)(later)).toBe(true);
		const schema: z.ZodType = FEED_FORMS[name].schema;
		expect(schema.safeParse(later).success).toBe(true);
	});

	it("hold for the last will too", () => {
		expect(validatorOf("status")(offlineStatus({ store: "S1", till: "01" }))).toBe(true);
	});

	it("let no fraction into an amount and no number into a quantity", () => {
		const validate = validatorOf("ticket");
		const text = JSON.stringify(WIRE_EXAMPLES.ticket);
		expect(validate(JSON.parse(text.replace('"due":9995', '"due":99.95')))).toBe(false);
		expect(validate(JSON.parse(text.replace('"quantity":"1"', '"quantity":1')))).toBe(false);
		expect(validate(JSON.parse(text.replace('"due":9995', '"due":9007199254740993')))).toBe(false);
	});

	it("carry a title, a description and an id each", () => {
		for (const name of NAMES) {
			expect(jsonSchemaOf(name)).toMatchObject({
				$id: `urn:tilld:feed:1:${name}`,
				title: FEED_FORMS[name].title,
				description: FEED_FORMS[name].description,
			});
		}
	});
});

describe("the AsyncAPI document", () => {
	const document = JSON.parse(JSON.stringify(asyncApiDocument()));

	it("has every topic of the feed at its address", () => {
		const address = { store: "{store}", till: "{till}" };
		const addresses = Object.values<{ address: string }>(document.channels).map((channel) => channel.address);
		const up = (["ticket", "report", "event", "training", "status", "ask"] as const).map((n) => upTopic(address, n));
		const down = (["accepted", "answer", "command", "notice"] as const).map((n) => downTopic(address, n));
		expect(addresses.sort()).toEqual([...up, ...down].sort());
	});

	it("has no reference that leads nowhere", () => {
		const references = JSON.stringify(document).match(/"\$ref":"[^"]+"/g) ?? [];
		expect(references.length).toBeGreaterThan(40);
		for (const reference of references) {
			const target = reference.slice('"$ref":"'.length, -1);
			if (target.startsWith("./")) {
				expect(existsSync(join(GENERATED_DIRECTORY, target))).toBe(true);
				continue;
			}
			const found = target
				.slice(2)
				.split("/")
				.reduce((at, key) => at?.[key], document);
			expect(found, target).toBeDefined();
		}
	});

	it("says what is kept by the broker and who sends it", () => {
		expect(document.operations.sendStatus).toMatchObject({
			action: "send",
			bindings: { mqtt: { qos: 1, retain: true } },
		});
		expect(document.operations.receiveAccepted).toMatchObject({
			action: "receive",
			bindings: { mqtt: { retain: true } },
		});
		expect(document.operations.sendTicket.bindings.mqtt.retain).toBe(false);
		expect(document.operations.receiveCommand.bindings.mqtt.retain).toBe(false);
	});
});
