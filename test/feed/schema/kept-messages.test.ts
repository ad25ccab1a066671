import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { FEED_FORMS, type FeedFormName, jsonSchemaOf } from "../../../scripts/feed-documents/json-schemas.ts";
import { readFeedFile } from "../../../src/feed/file/read-feed-file.ts";
import { envelopeSchema, feedMessageSchema } from "../../../src/feed/schema/message.ts";
import { sha256 } from "../test-till.ts";

const KEPT = join(import.meta.dirname, "..", "kept");
const SUMS = new Map(
	readFileSync(join(KEPT, "sha256sums.txt"), "utf8")
		.trimEnd()
		.split("\n")
		.map((line): [string, string] => [line.slice(66), line.slice(0, 64)]),
);
const messages = [...SUMS.keys()].filter((name) => name.endsWith(".message"));

const read = (name: string): { text: string; json: unknown } => {
	const text = readFileSync(join(KEPT, name), "utf8");
	return { text, json: JSON.parse(text) };
};

const formOf = (name: string): FeedFormName => {
	const form = /^v1-([a-z]+)/.exec(name)?.[1];
	if (form !== undefined && form in FEED_FORMS) return form as FeedFormName;
	throw new Error(`no form in the name ${name}`);
};

describe("what version 1 wrote", () => {
	it("lies here unchanged", () => {
		const names = readdirSync(KEPT).filter((name) => name.startsWith("v1-"));
		expect(names.sort()).toEqual([...SUMS.keys()].sort());
		for (const name of names) expect(sha256(readFileSync(join(KEPT, name)))).toBe(SUMS.get(name));
	});

	it.each(messages)("%s is read, by the program and by its JSON Schema", (name) => {
		const form = formOf(name);
		const schema: z.ZodType = FEED_FORMS[form].schema;
		const { json } = read(name);
		expect(() => z.decode(schema, json)).not.toThrow();
		expect(new Ajv2020({ formats: { date: true } }).validate(jsonSchemaOf(form), json)).toBe(true);
	});

	it.each(messages.filter((name) => !/-(later|unknown)/.test(name)))(
		"%s is written today byte for byte as then",
		(name) => {
			const schema: z.ZodType = FEED_FORMS[formOf(name)].schema;
			const { text, json } = read(name);
			expect(JSON.stringify(z.encode(schema, z.decode(schema, json)))).toBe(text);
		},
	);

	it("v1-ticket-later-minor.message is booked by what is known of it, and its key and chain need nothing else", () => {
		const { json } = read("v1-ticket-later-minor.message");
		const message = feedMessageSchema.parse(json);
		expect(message.kind === "ticket" && message.body.due).toBe(9995n);
		expect(envelopeSchema.parse(json)).toMatchObject({ feedSeq: 18, kindSeq: 4 });
	});

	it("v1-event-unknown-type.message keeps the fields of an event nobody knows yet", () => {
		const message = feedMessageSchema.parse(read("v1-event-unknown-type.message").json);
		expect(message.body).toEqual({ type: "ScaleCalibrated", grams: 1000 });
	});

	it("v1-feed-file.jsonl is taken in", async () => {
		const file = await readFeedFile(join(KEPT, "v1-feed-file.jsonl"));
		const numbers: number[] = [];
		for await (const { bytes } of file.messages()) {
			numbers.push(envelopeSchema.parse(JSON.parse(Buffer.from(bytes).toString())).feedSeq);
		}
		await file.close();
		expect(numbers).toEqual([1, 2, 3]);
	});
});
