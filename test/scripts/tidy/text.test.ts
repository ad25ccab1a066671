import { describe, expect, it } from "vitest";
import { textFindings } from "../../../scripts/tidy/text.ts";

const lines = (count: number): string => "x\n".repeat(count);

describe("textFindings", () => {
	it("finds a note of unfinished work on its line, and not inside a longer word", () => {
		const note = ["TO", "DO"].join("");
		expect(textFindings({ path: "a.md", text: `one\n${note}: two\n${note}S` })).toMatchObject([
			{ path: "a.md", line: 2 },
		]);
	});

	it("refuses the 501st line of code, not that of data", () => {
		expect(textFindings({ path: "src/a.ts", text: lines(500) })).toEqual([]);
		expect(textFindings({ path: "src/a.ts", text: lines(501) })).toHaveLength(1);
		expect(textFindings({ path: "src/data/a.json", text: lines(501) })).toEqual([]);
		expect(textFindings({ path: "src/feed/schema/generated/a.ts", text: lines(501) })).toEqual([]);
	});

	it.each(["src/tillLoop.ts", "src/till_loop.ts", "src/Till/loop.ts", "src/till loop.ts", "src/till-.ts"])(
		"refuses the name %s",
		(path) => {
			expect(textFindings({ path, text: "" })).toHaveLength(1);
		},
	);

	it.each([
		"src/till/loop.test.ts",
		"README.md",
		"LICENSE",
		".ci/run",
		"systemd/tilld@.service",
		"device-profiles/epson-tm-t20iii.yaml",
	])("accepts the name %s", (path) => {
		expect(textFindings({ path, text: "" })).toEqual([]);
	});
});
