/**
 * `node scripts/generate-config-docs.ts`: writes the tables of all settings and the JSON Schemas for editor completion
 * from the schemas of till.yaml and relay.yaml. Run it after a change in src/config/schema; the test that compares them
 * says when it was forgotten.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describeConfig, settingsJsonSchema } from "../src/config/load/describe-config.ts";
import type { SettingsSchema } from "../src/config/load/load-config.ts";
import { relayConfigSchema } from "../src/config/schema/relay-config.ts";
import { tillConfigSchema } from "../src/config/schema/till-config.ts";

/** Where the documents lie. */
export const CONFIG_SCHEMA_DIRECTORY = join(import.meta.dirname, "..", "src", "config", "schema");

const FILES: readonly { readonly name: string; readonly title: string; readonly schema: SettingsSchema }[] = [
	{ name: "till", title: "what belongs to the box", schema: tillConfigSchema },
	{ name: "relay", title: "what head office's relay is told", schema: relayConfigSchema },
];

/** The documents' texts by file name. */
export const configDocuments = (): ReadonlyMap<string, string> =>
	new Map(
		FILES.flatMap(({ name, title, schema }): [string, string][] => [
			[
				`generated/${name}.md`,
				[
					`# ${name}.yaml: ${title}`,
					"",
					`Written by \`scripts/generate-config-docs.ts\` from \`${name}-config.ts\`. \`<name>\` stands for a key that the file`,
					"chooses, `[]` for each entry of a list; an empty default means that the setting may be left out.",
					"",
					describeConfig(schema),
				].join("\n"),
			],
			[`generated/${name}.schema.json`, `${JSON.stringify(settingsJsonSchema(schema), undefined, "\t")}\n`],
		]),
	);

if (import.meta.main) {
	for (const [name, text] of configDocuments()) {
		const path = join(CONFIG_SCHEMA_DIRECTORY, name);
		mkdirSync(dirname(path), { recursive: true });
		writeFileSync(path, text);
	}
	console.log(`written: ${[...configDocuments().keys()].join(", ")}`);
}
