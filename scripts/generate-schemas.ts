/**
 * `node scripts/generate-schemas.ts`: writes the JSON Schemas and the AsyncAPI document of the feed from the source.
 * Run it after a change in src/feed/schema; the test that compares them says when it was forgotten.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { asyncApiDocument } from "./feed-documents/async-api.ts";
import { FEED_FORMS, type FeedFormName, jsonSchemaOf, schemaFileName } from "./feed-documents/json-schemas.ts";

/** Where the documents lie. */
export const GENERATED_DIRECTORY = join(import.meta.dirname, "..", "src", "feed", "schema", "generated");

/** The documents' texts by file name. */
export const feedDocuments = (): ReadonlyMap<string, string> => {
	const text = (document: object): string => `${JSON.stringify(document, undefined, "\t")}\n`;
	const names = Object.keys(FEED_FORMS) as FeedFormName[];
	return new Map([
		...names.map((name): [string, string] => [schemaFileName(name), text(jsonSchemaOf(name))]),
		["asyncapi.json", text(asyncApiDocument())],
	]);
};

if (import.meta.main) {
	mkdirSync(GENERATED_DIRECTORY, { recursive: true });
	for (const [name, text] of feedDocuments()) writeFileSync(join(GENERATED_DIRECTORY, name), text);
	console.log(`written: ${[...feedDocuments().keys()].join(", ")}`);
}
