import { describe, expect, it } from "vitest";
import { pureCodeFindings } from "../../../scripts/tidy/pure-code.ts";

const messages = (path: string, text: string): string[] =>
	pureCodeFindings({ path, text }).map(({ message }) => message);

describe("pureCodeFindings in a pure folder", () => {
	it.each([
		["Math.random() < 1", "Math.random"],
		["new Date()", "new Date"],
		["Date.now()", "Date.now"],
		["(async () => {})()", "waiting"],
		["await answer", "waiting"],
		["amount.toLocaleString()", "toLocale"],
		["name.toLocaleUpperCase()", "toLocale"],
	])("refuses %s", (expression, named) => {
		expect(messages("src/till/loop.ts", `export const value = ${expression};`)).toEqual([
			expect.stringContaining(named),
		]);
	});

	it("names the line", () => {
		const text = "\n/* a comment */ export const id =\n\tMath.random();\n";
		expect(pureCodeFindings({ path: "src/receipt/line.ts", text })).toMatchObject([{ line: 3 }]);
	});

	it("takes no offence at comments and texts", () => {
		const text =
			'// new Date, Math.random, 0.5\nexport const help = "await Date.now() / 1.5";\nexport const t = `1.5`;';
		expect(messages("src/money/amount.ts", text)).toEqual([]);
	});

	it.each([
		"src/journal/sqlite/append.ts",
		"src/fiscal/sign/sign.ts",
		"src/catalog/sqlite/store.ts",
		"drivers/clock.ts",
	])("leaves the adapter %s alone", (path) => {
		expect(messages(path, "export const value = async () => Math.random() + Date.now() + 0.5;")).toEqual([]);
	});

	it("covers a country's rules", () => {
		expect(messages("src/fiscal/no/rules.ts", "export const at = Date.now();")).toHaveLength(1);
	});
});

describe("pureCodeFindings in a money folder", () => {
	it.each([
		"0.25",
		"1.",
		".5",
		"1e3",
		"Math.round(a)",
		"Number(a)",
		"globalThis.Number(a)",
		"parseFloat(a)",
		"Number.parseFloat(a)",
	])("refuses %s", (expression) => {
		expect(messages("src/ticket/line.ts", `export const value = ${expression};`)).toHaveLength(1);
	});

	it.each(["25n", "1_000", "0xe1", "Number.isSafeInteger(a)", "Number.MAX_SAFE_INTEGER"])(
		"lets %s pass",
		(expression) => {
			expect(messages("src/ticket/line.ts", `export const value = ${expression};`)).toEqual([]);
		},
	);

	it("lets decimals pass where no money is counted", () => {
		expect(messages("src/receipt/layout.ts", "export const share = 0.5;")).toEqual([]);
	});
});
