import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { CONFORMANCE_SCHEMA_FILE, conformanceSchemaText } from "../../../scripts/generate-conformance-schema.ts";
import { type ConformanceReport, conformanceText } from "../../../src/devices/provisioning/conformance-report.ts";

const REPORT: ConformanceReport = {
	form: "tilld-conformance",
	version: 1,
	at: "2026-11-23T10:00:00+01:00",
	program: { version: "0.1.0", node: "v24.21.0", platform: "linux arm64" },
	device: {
		id: "drawer",
		deviceClass: "CashDrawer",
		profile: "epson-tm-t88v",
		vendor: "Epson",
		model: "TM-T88V",
		evidence: { level: "manual", source: "a document" },
		transport: "usblp",
		usb: "04b8:0202",
	},
	through: "service",
	reported: null,
	checks: [
		{ check: "pulse", result: "passed", detail: "sent", answer: null, code: null },
		{ check: "opened", result: "failed", detail: "Did the drawer open?", answer: false, code: "TILL-0729" },
	],
	verdict: "failed",
};

describe("a conformance report", () => {
	it("has the JSON Schema that scripts/generate-conformance-schema.ts writes today, and keeps to it", () => {
		const text = readFileSync(CONFORMANCE_SCHEMA_FILE, "utf8");
		expect(text).toBe(conformanceSchemaText());
		const isValid = new Ajv2020({ strict: false }).compile(JSON.parse(text) as object);
		expect(isValid(REPORT), JSON.stringify(isValid.errors)).toBe(true);
		expect(isValid({ ...REPORT, cashier: "Kari" })).toBe(false);
	});

	it("says as text what was tried, what the person answered, and what to do about a failure", () => {
		const text = conformanceText(REPORT);
		expect(text).toContain("Epson TM-T88V");
		expect(text).toMatch(
			/FAILED +opened +Did the drawer open\? {2}- the person said no\n +TILL-0729: The drawer did not open\./,
		);
		expect(text).toContain("tried by   the running till");
		expect(text.trimEnd().endsWith("Something does not work.")).toBe(true);
	});
});
