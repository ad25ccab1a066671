import { describe, expect, it } from "vitest";
import { RECALLS_MAX, readRecallList } from "../../../src/catalog/core/recall-list.ts";

describe("a list of recalls", () => {
	it("names GTINs and own codes, of a batch or of all", () => {
		const text = "\uFEFFReason;Code;Batch\r\nSalmonella;7038010001659;l-42\r\n;BUTTER;\r\n";
		expect(readRecallList(text)).toEqual({
			recalls: [
				{ key: "gtin:07038010001659", batch: "L-42", reason: "Salmonella" },
				{ key: "own:BUTTER", batch: undefined, reason: "" },
			],
			problems: [],
		});
	});

	it("that has a header alone ends every recall", () => {
		expect(readRecallList("code,batch,reason\n")).toEqual({ recalls: [], problems: [] });
		expect(readRecallList("code")).toEqual({ recalls: [], problems: [] });
	});

	it("is refused with every problem and its line", () => {
		const lines = [
			"code,batch,reason",
			"7038010001658,,",
			`,${"b".repeat(21)},`,
			"A,B",
			`${"c".repeat(49)},x\u0007,${"r".repeat(61)}`,
		];
		expect(readRecallList(lines.join("\n")).problems).toEqual([
			"line 2, code: has a wrong check digit",
			"line 3, code: is empty",
			"line 3, batch: is longer than 20 letters",
			"line 4: 2 fields, the header has 3",
			"line 5, code: is longer than 48 letters",
			"line 5, reason: is longer than 60 letters",
			"line 5, batch: holds a control character",
		]);
	});

	it.each([
		["nothing at all", "", "line 1: there is no header"],
		["another header", "gtin,batch\n1,2\n", "line 1, gtin: is no column of a recall list"],
		["a column twice", "code,code\n1,2\n", "line 1, code: stands twice"],
		["no code", "batch\nA\n", "line 1, code: is missing"],
		["an open quote", 'code\n"A\n', "line 2: a quote is opened and never closed"],
	])("with %s is none", (_name, text, problem) => {
		expect(readRecallList(text).problems).toContain(problem);
	});

	it("has an end", () => {
		const codes = Array.from({ length: RECALLS_MAX + 1 }, (_, index) => `C${index}`);
		expect(readRecallList(["code", ...codes].join("\n")).problems).toEqual([
			`line 1: more than ${RECALLS_MAX} recalls`,
		]);
		expect(readRecallList(["code", ...codes.slice(1)].join("\n")).problems).toEqual([]);
	});
});
