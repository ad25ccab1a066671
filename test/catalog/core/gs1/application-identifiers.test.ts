import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
	APPLICATION_IDENTIFIERS,
	identifierAt,
	PART_CHECKS,
	type Part,
} from "../../../../src/catalog/core/gs1/application-identifiers.ts";

/** GS1's own file lies beside the checkout, not in it. */
const DICTIONARY = join(import.meta.dirname, "../../../../../shared/reference/gs1/gs1-syntax-dictionary.txt");

const ENTRY = /^(\d{2,4})(?:-(\d{2,4}))?\s+([*?]*)\s*((?:\[?[NXYZ][.\d]+\]?[\w,]*(?:\s+|$))+)/;

/** A part in the dictionary's notation, with the checks that the table keeps. */
const partText = ({ letters, lengthMin, lengthMax, isOptional, check }: Part): string => {
	const length = lengthMin === lengthMax ? lengthMax.toString() : `..${lengthMax}`;
	return `${isOptional ? `[${letters}${length}]` : `${letters}${length}`}${check === undefined ? "" : `,${check}`}`;
};

const withKeptChecks = (part: string): string => {
	const [form = "", ...checks] = part.split(",");
	return [form, ...checks.filter((check) => PART_CHECKS.some((kept) => kept === check))].join();
};

/** Every AI of the dictionary with its format: "*N14,csum". */
const dictionaryFormats = (text: string): ReadonlyMap<string, string> =>
	new Map(
		text.split("\n").flatMap((line) => {
			const [, first = "", last = first, flags = "", format = ""] = ENTRY.exec(line) ?? [];
			if (first === "") return [];
			const count = Number(last) - Number(first) + 1;
			const parts = format.trim().split(/\s+/).map(withKeptChecks).join(" ");
			return Array.from({ length: count }, (_, index): [string, string] => [
				(Number(first) + index).toString().padStart(first.length, "0"),
				`${flags.includes("*") ? "*" : ""}${parts}`,
			]);
		}),
	);

describe("the table of application identifiers", () => {
	if (!existsSync(DICTIONARY)) console.warn(`not compared with GS1's dictionary, which is not here: ${DICTIONARY}`);

	it.each([DICTIONARY].filter((file) => existsSync(file)))("is the one of %s", (file) => {
		const own = [...APPLICATION_IDENTIFIERS.values()].map(({ ai, predefinedLength, parts }) => [
			ai,
			`${predefinedLength === undefined ? "" : "*"}${parts.map(partText).join(" ")}`,
		]);
		const dictionary = dictionaryFormats(readFileSync(file, "utf8"));
		expect(dictionary.size).toBeGreaterThan(450);
		expect(Object.fromEntries(own)).toEqual(Object.fromEntries(dictionary));
	});

	it("has no AI that begins another, so that reading needs no guess", () => {
		const all = [...APPLICATION_IDENTIFIERS.keys()];
		expect(all.filter((ai) => all.some((other) => other !== ai && other.startsWith(ai)))).toEqual([]);
	});

	it("finds the AI at a place", () => {
		expect(
			["01", "235", "3103", "7003", "99", "05", "3106", ""].map((text) => identifierAt(`x${text}00`, 1)?.ai),
		).toEqual(["01", "235", "3103", "7003", "99", undefined, undefined, "00"]);
	});
});
