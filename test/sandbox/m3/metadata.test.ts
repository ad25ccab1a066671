import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fields, type MiField } from "../../../src/sandbox/m3/metadata/field-table.ts";
import { PROGRAMS } from "../../../src/sandbox/m3/metadata/programs.ts";

interface ReferenceField {
	readonly f: string;
	readonly t: string | null;
	readonly l: number;
	readonly m?: boolean;
}

interface ReferenceTransaction {
	readonly name: string;
	readonly input: readonly ReferenceField[];
	readonly output: readonly ReferenceField[];
}

const REFERENCE = join(import.meta.dirname, "../../../../shared/reference/m3");

/** Name, type (where the reference knows it), length and mandatory mark. */
function facts(table: readonly MiField[], reference: readonly ReferenceField[]): readonly unknown[] {
	return table.map(({ name, type, length, mandatory }, index) => {
		return { f: name, t: reference[index]?.t === null ? null : type, l: length, m: mandatory };
	});
}

describe("the embedded metadata", () => {
	// Infor's field facts lie beside the checkout and are not part of the repository.
	if (!existsSync(REFERENCE)) {
		console.warn(`not compared with Infor's metadata: ${REFERENCE} is not there`);
	}

	it.each(PROGRAMS.filter((program) => existsSync(join(REFERENCE, `${program.name}.json`))))(
		"of $name is Infor's, field by field",
		(program) => {
			const reference: { transactions: readonly ReferenceTransaction[] } = JSON.parse(
				readFileSync(join(REFERENCE, `${program.name}.json`), "utf8"),
			);
			for (const transaction of program.transactions) {
				const expected = reference.transactions.find(({ name }) => name === transaction.name);
				expect(facts(transaction.input, expected?.input ?? [])).toEqual(
					expected?.input.map(({ f, t, l, m }) => ({ f, t, l, m })),
				);
				expect(facts(transaction.output, expected?.output ?? [])).toEqual(
					expected?.output.map(({ f, t, l }) => ({ f, t, l, m: false })),
				);
			}
		},
	);

	it("has all eight transactions of OPS270MI", () => {
		const ops270 = PROGRAMS.find((program) => program.name === "OPS270MI");
		expect(ops270?.transactions.map(({ name }) => name).sort()).toEqual([
			"AddRoundNumber",
			"AddSlsTicketLin",
			"AddSlsTicketPay",
			"BchPrcRound",
			"DelRoundNumber",
			"GetRoundNumber",
			"SndSlsTicketLin",
			"SndSlsTicketPay",
		]);
	});

	it.each(["ITRN", "ITRN X16 Round", "ITRN N Round", "ITRN N16"])("is not read from a line like %o", (line) => {
		expect(() => fields(line)).toThrow(line);
	});
});
