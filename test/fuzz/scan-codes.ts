import { expect } from "vitest";
import { NATIONAL_TEMPLATES, nationalTemplates } from "../../src/catalog/core/in-store/national.ts";
import { templateOf } from "../../src/catalog/core/in-store/template.ts";
import { KEPT_BYTES_MAX } from "../../src/catalog/core/kept-data.ts";
import { readScan } from "../../src/catalog/core/read-scan.ts";
import { REFUSALS } from "../../src/events/codes.ts";
import { isRefusal } from "../../src/events/refusal.ts";
import { fuzz } from "./support/fuzz.ts";

const SYMBOLOGIES = [
	"EAN13",
	"EAN8",
	"UPCE",
	"ITF",
	"GS1_128",
	"GS1DataBar",
	"GS1DataMatrix",
	"QRCode",
	"Unknown",
	"typed",
];

/** Element strings, Digital Links, in-store codes, a card number; one of each far longer than any label. */
const SAMPLES = [
	"010703801000165917261231\x1d10AB12\x1d3103001250",
	"01970380100016583103001250392201990\x1d8005000100",
	"https://id.example.no/x/01/07038010001659/22/A/10/LOT%2F1/21/S1?17=261231&3103=001250",
	"http://a.b/gtin/7038010001659/lot/1",
	"2312345678901",
	"7038010001659",
	"01234565",
	"4111111111111111",
	`https://a/${"%2F".repeat(400)}/01/07038010001659`,
	`91${"A".repeat(90)}\x1d`.repeat(12),
	"7003261231",
	"9".repeat(2_000),
].map((text) => Buffer.from(text, "latin1"));

const TEMPLATES = NATIONAL_TEMPLATES.map((country) => nationalTemplates(country).map(templateOf));

/** What a scanner reads off a label that somebody printed, or that is torn: a meaning that a ticket can keep, or a refusal. */
export const fuzzScanCodes = (rounds: number, seed: number): void => {
	let round = 0;
	let meanings = 0;
	fuzz({
		rounds,
		seed,
		samples: SAMPLES,
		target: (bytes) => {
			const data = bytes.toString("latin1");
			const symbology = SYMBOLOGIES[round % SYMBOLOGIES.length] ?? "";
			const templates = TEMPLATES[round % TEMPLATES.length] ?? [];
			round += 1;
			const meaning = readScan({ symbology, data }, { templates, presentYear: 2026 });
			if (isRefusal(meaning)) {
				expect(Object.hasOwn(REFUSALS, meaning.code)).toBe(true);
				expect(Object.values(meaning.details).join().length).toBeLessThan(400);
				return;
			}
			meanings += 1;
			expect(meaning.candidates.length).toBeGreaterThan(0);
			expect(meaning.gtin === undefined || /^[0-9]{14}$/.test(meaning.gtin)).toBe(true);
			expect(Buffer.byteLength(JSON.stringify(meaning.kept))).toBeLessThanOrEqual(KEPT_BYTES_MAX + 2);
		},
	});
	expect(meanings).toBeGreaterThan(0);
};
