/**
 * `node scripts/generate-conformance-schema.ts`: writes the JSON Schema of a conformance report from its form. Run it after a
 * change of the form; the test that compares them says when it was forgotten.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { conformanceReportSchema } from "../src/devices/provisioning/conformance-report.ts";

/** Where it lies. */
export const CONFORMANCE_SCHEMA_FILE = join(
	import.meta.dirname,
	"..",
	"src/devices/provisioning/generated/conformance-report.schema.json",
);

/** Its text. */
export const conformanceSchemaText = (): string =>
	`${JSON.stringify(z.toJSONSchema(conformanceReportSchema), undefined, "\t")}\n`;

if (import.meta.main) {
	mkdirSync(dirname(CONFORMANCE_SCHEMA_FILE), { recursive: true });
	writeFileSync(CONFORMANCE_SCHEMA_FILE, conformanceSchemaText());
	console.log(`written: ${CONFORMANCE_SCHEMA_FILE}`);
}
