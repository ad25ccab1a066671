import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readElementString } from "../../../../src/catalog/core/gs1/element-string.ts";
import { checkDigit } from "../../../../src/catalog/core/gtin.ts";
import { isRefusal } from "../../../../src/events/refusal.ts";

const GS = "\u001d";
const CSET_82 = "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";

/** An element, and whether its length is predefined: written down here apart from the program's table. */
interface Written {
	readonly ai: string;
	readonly value: string;
	readonly isFixed: boolean;
}

const digits = (length: number): fc.Arbitrary<string> =>
	fc.bigInt({ min: 0n, max: 10n ** BigInt(length) - 1n }).map((value) => value.toString().padStart(length, "0"));
const text = (max: number): fc.Arbitrary<string> =>
	fc.string({ unit: fc.constantFrom(...CSET_82), minLength: 1, maxLength: max });
const upTo = (max: number): fc.Arbitrary<string> => fc.integer({ min: 1, max }).chain(digits);
const pad = (value: number): string => value.toString().padStart(2, "0");
const date = (dayMin: number): fc.Arbitrary<string> =>
	fc
		.tuple(fc.nat({ max: 99 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: dayMin, max: 28 }))
		.map(([year, month, day]) => `${pad(year)}${pad(month)}${pad(day)}`);
const time = fc.tuple(fc.nat({ max: 23 }), fc.nat({ max: 59 })).map(([hour, minute]) => `${pad(hour)}${pad(minute)}`);
const fixed = (ai: string, value: fc.Arbitrary<string>): fc.Arbitrary<Written> =>
	value.map((v) => ({ ai, value: v, isFixed: true }));
const open = (ai: string, value: fc.Arbitrary<string>): fc.Arbitrary<Written> =>
	value.map((v) => ({ ai, value: v, isFixed: false }));
const withDecimals = (start: string, max: number): fc.Arbitrary<string> =>
	fc.nat({ max }).map((decimals) => `${start}${decimals}`);

/** The elements a till meets, by the General Specifications. */
const ELEMENTS: readonly fc.Arbitrary<Written>[] = [
	fixed(
		"01",
		digits(13).map((gtin) => `${gtin}${checkDigit(gtin)}`),
	),
	...["11", "13", "15", "16", "17"].map((ai) => fixed(ai, date(0))),
	open("10", text(20)),
	open("21", text(20)),
	open("22", text(20)),
	open("235", text(28)),
	open("240", text(30)),
	open("30", upTo(8)),
	open("37", upTo(8)),
	...["310", "311", "312", "313", "314", "315", "316"].map((start) =>
		withDecimals(start, 5).chain((ai) => fixed(ai, digits(6))),
	),
	withDecimals("392", 9).chain((ai) => open(ai, upTo(15))),
	withDecimals("393", 9).chain((ai) =>
		open(
			ai,
			upTo(15).map((price) => `578${price}`),
		),
	),
	withDecimals("395", 5).chain((ai) => open(ai, digits(6))),
	open(
		"7003",
		fc.tuple(date(1), time).map(([day, minute]) => day + minute),
	),
	open("8005", digits(6)),
	open(
		"8008",
		fc.tuple(date(1), time).map(([day, minute]) => day + minute),
	),
	open("8200", text(70)),
	...["91", "92", "93", "94", "95", "96", "97", "98", "99"].map((ai) => open(ai, text(90))),
];

/** Some of them in any order. */
const labels = fc
	.shuffledSubarray([...ELEMENTS], { minLength: 1, maxLength: 8 })
	.chain((chosen) => fc.tuple(...chosen) as fc.Arbitrary<Written[]>);

/** An encoder of its own: a separator where one is needed, and as many as `extra` says where none is. */
const written = (elements: readonly Written[], extra: (place: number) => number): string =>
	GS.repeat(extra(0)) +
	elements
		.map(({ ai, value, isFixed }, index) => {
			const isLast = index === elements.length - 1;
			return ai + value + GS.repeat((isFixed || isLast ? 0 : 1) + extra(index + 1));
		})
		.join("");

const plain = (elements: readonly Written[]): unknown => elements.map(({ ai, value }) => ({ ai, value }));

describe("an element string", () => {
	it("that an encoder made says what the encoder was given, in any order of AIs", () => {
		fc.assert(
			fc.property(labels, (elements) => {
				expect(readElementString(written(elements, () => 0))).toEqual(plain(elements));
			}),
			{ numRuns: 500 },
		);
	});

	it("says the same with separators at the beginning, the end, doubled, and behind fixed lengths", () => {
		fc.assert(
			fc.property(labels, fc.infiniteStream(fc.nat({ max: 2 })), (elements, stream) => {
				const counts = [...stream.take(elements.length + 1)];
				expect(readElementString(written(elements, (place) => counts[place] ?? 0))).toEqual(plain(elements));
			}),
			{ numRuns: 500 },
		);
	});

	it("that was cut, changed or mixed is read or refused, and never breaks the reader", () => {
		const mutation = fc.tuple(fc.nat({ max: 200 }), fc.nat({ max: 3 }), fc.string({ unit: "binary", maxLength: 3 }));
		fc.assert(
			fc.property(labels, fc.array(mutation, { minLength: 1, maxLength: 5 }), (elements, mutations) => {
				let data = written(elements, () => 0);
				for (const [place, count, by] of mutations) data = data.slice(0, place) + by + data.slice(place + count);
				const read = readElementString(data);
				if (isRefusal(read)) expect(["TILL-0421", "TILL-0425", "TILL-0426"]).toContain(read.code);
				else expect(read.every(({ ai, value }) => data.includes(ai + value))).toBe(true);
			}),
			{ numRuns: 500 },
		);
	});

	it.each<[string, string, string, string]>([
		["an AI there is none of", "010703801000165905", "TILL-0425", "05"],
		["an AI that is cut off", `10A${GS}3`, "TILL-0425", "3"],
		["a measure with six decimals", "3106001234", "TILL-0425", "3106"],
		["a letter in a number", "3103O01234", "TILL-0426", "3103"],
		["a value that is cut off", "3103001", "TILL-0426", "3103"],
		["a separator within a fixed length", `17261${GS}130`, "TILL-0426", "17"],
		["nothing behind an AI", "10", "TILL-0426", "10"],
		["nothing between AI and separator", `10${GS}17261130`, "TILL-0426", "10"],
		["too long a batch, or no separator behind it", `10${"A".repeat(21)}`, "TILL-0426", "10"],
		["a letter that GS1 does not allow", "10A B", "TILL-0426", "10"],
		["a letter of a country", "10Å", "TILL-0426", "10"],
		["the 31st of November", "17261131", "TILL-0426", "17"],
		["a month as the day of a minute", "70032611001200", "TILL-0426", "7003"],
		["the 25th hour", "70032611302500", "TILL-0426", "7003"],
		["a wrong check digit", "0107038010001658", "TILL-0421", "01"],
		["an AI twice with two values", `10A${GS}10B`, "TILL-0426", "10"],
	])("with %s is refused", (_name, data, code, ai) => {
		expect(readElementString(data)).toMatchObject({ code, details: { ai } });
	});

	it("with an AI twice that says the same, as a composite has, says it once", () => {
		expect(readElementString(`10A${GS}17261130${GS}10A`)).toEqual([
			{ ai: "10", value: "A" },
			{ ai: "17", value: "261130" },
		]);
	});

	it("of nothing but separators has nothing in it", () => {
		expect(readElementString(GS.repeat(3))).toEqual([]);
	});
});
