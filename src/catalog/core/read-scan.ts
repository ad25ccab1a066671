import { isRefusal, type Refusal, refuse } from "../../events/refusal.ts";
import type { ScanCode } from "../../events/ticket-document.ts";
import { cardNumberLength, withoutCardDigits } from "./card-number.ts";
import { readDigitalLink } from "./gs1/digital-link.ts";
import type { Element } from "./gs1/element.ts";
import { GS, looksLikeElementString, readElementString } from "./gs1/element-string.ts";
import { gs1Content } from "./gs1/gs1-content.ts";
import { expandUpcE, gtin14, isGtin, looksLikeGtin } from "./gtin.ts";
import { readInStore } from "./in-store/read-in-store.ts";
import type { InStoreTemplate } from "./in-store/template.ts";
import { keptData, keptLink } from "./kept-data.ts";
import type { LabelValue } from "./label-value.ts";
import { CODE_LENGTH_MAX, gtinKey, ownKey } from "./scan-code.ts";

/** The longest read that is looked into: more than the largest Data Matrix or QR Code of a product carries. */
const READ_LENGTH_MAX = 4_296;

/** What a code is read with. */
export interface ScanContext {
	/** The store's own price and weight codes. */
	readonly templates: readonly InStoreTemplate[];
	/** The year of the till's local time: GS1 dates have two digits of theirs. */
	readonly presentYear: number;
}

/** A key to look an item up by, and what the code says of quantity and price if it is found by this one. */
export interface Candidate {
	readonly key: string;
	readonly label: LabelValue | undefined;
}

/** What a read or typed code means. */
export interface ScanMeaning {
	/** The best one first. */
	readonly candidates: readonly Candidate[];
	/** 14 digits; undefined for a store's own code. */
	readonly gtin: string | undefined;
	readonly batch: string | undefined;
	readonly serial: string | undefined;
	/** The last second it may be sold in, local: "2026-11-30T23:59:59". */
	readonly expiresAt: string | undefined;
	/** What the ticket keeps of the read. */
	readonly kept: string;
}

/** Symbologies whose data are element strings, by UnifiedPOS name or, for DotCode, in its style. */
const GS1_SYMBOLOGIES = ["GS1_128", "GS1DataBar", "GS1DataMatrix", "GS1DotCode", "GS1QRCode"];

/** Symbologies that promise a check digit, and how many digits they have; with an add-on behind them 2 or 5 more. */
const CHECKED_LENGTHS: Readonly<Record<string, readonly number[]>> = {
	EAN8: [8],
	EAN13: [12, 13],
	UPCA: [12, 13],
	UPCE: [12, 13],
	ITF: [14],
};

/** Symbologies with an add-on (the issue of a magazine), by how many digits the code before it has. */
const WITH_ADD_ON: Readonly<Record<string, number>> = { EAN8_S: 8, EAN13_S: 13, UPCA_S: 12 };

/** The code without its add-on. */
const withoutAddOn = ({ symbology, data }: ScanCode): ScanCode => {
	const length = WITH_ADD_ON[symbology];
	if (length === undefined || !/^[0-9]+$/.test(data)) return { symbology, data };
	const isLonger = data.length === length + 2 || data.length === length + 5;
	return { symbology: symbology.slice(0, -2), data: isLonger ? data.slice(0, length) : data };
};

/**
 * What was read or typed, and what it means: an item by its GTIN or by a code of the store, quantity or price of a label,
 * batch, serial and expiry. Refusals: TILL-0401 for nothing or too much, TILL-0421 for a wrong check digit, TILL-0425 to
 * 0427 for a GS1 code, TILL-0432 for what looks like a card number.
 */
export const readScan = (read: ScanCode, context: ScanContext): ScanMeaning | Refusal => {
	const data = read.data.trim();
	if (data === "" || data.length > READ_LENGTH_MAX) return unknownCode(data);
	const { symbology, data: code } = withoutAddOn({ symbology: read.symbology, data });
	const link = readDigitalLink(code);
	if (link !== undefined) return isRefusal(link) ? link : gs1Meaning(link, data, keptLink(data, link), context);
	const retail = symbology === "UPCE" ? (expandUpcE(code) ?? code) : code;
	if (isGtin(retail)) return gtinMeaning(retail, code, context);
	if (GS1_SYMBOLOGIES.includes(symbology) || code.includes(GS) || looksLikeElementString(code)) {
		const elements = readElementString(code);
		return isRefusal(elements) ? elements : gs1Meaning(elements, data, keptData(data, elements), context);
	}
	if (looksLikeGtin(retail) && CHECKED_LENGTHS[symbology]?.includes(retail.length) === true) {
		return refuse("TILL-0421", { code: withoutCardDigits(code) });
	}
	return code.length > CODE_LENGTH_MAX ? unknownCode(code) : ownMeaning(code);
};

/** Why a code that is found nowhere is refused: TILL-0432 when it may be a card's, whose digits nobody is to see; or TILL-0401. */
export const unknownCode = (data: string): Refusal => {
	const length = cardNumberLength(data);
	return length === undefined
		? refuse("TILL-0401", { code: data.slice(0, CODE_LENGTH_MAX) })
		: refuse("TILL-0432", { length: length.toString() });
};

const ownMeaning = (code: string): ScanMeaning => ({
	candidates: [{ key: ownKey(code), label: undefined }],
	gtin: undefined,
	batch: undefined,
	serial: undefined,
	expiresAt: undefined,
	kept: keptData(code, []),
});

/** An own number that happens to have the digits of a GTIN is found too, after the GTIN. */
const gtinMeaning = (gtin: string, code: string, { templates }: ScanContext): ScanMeaning | Refusal => {
	const inStore = readInStore(gtin14(gtin), templates);
	if (inStore !== undefined && isRefusal(inStore)) return inStore;
	const own = ownMeaning(code);
	const plain: Candidate = { key: gtinKey(gtin), label: undefined };
	return {
		...own,
		candidates: [...(inStore === undefined ? [] : [inStore]), plain, ...own.candidates],
		gtin: gtin14(gtin),
	};
};

/** What elements say beside a store's own code: the amount to pay stands in one of the two, and neither makes the other void. */
const joined = (elements: LabelValue | undefined, own: LabelValue): LabelValue => ({
	isVariable: own.isVariable,
	measures: [...(elements?.measures ?? []), ...own.measures],
	countMillionths: elements?.countMillionths ?? own.countMillionths,
	price: elements?.price ?? own.price,
});

const gs1Meaning = (
	elements: readonly Element[],
	data: string,
	kept: string,
	{ templates, presentYear }: ScanContext,
): ScanMeaning | Refusal => {
	const content = gs1Content(elements, presentYear);
	if (isRefusal(content)) return content;
	const { gtin, label, batch, serial, expiresAt } = content;
	const inStore = readInStore(gtin, templates);
	if (inStore !== undefined && isRefusal(inStore)) return inStore;
	return {
		candidates: [
			...(inStore === undefined ? [] : [{ key: inStore.key, label: joined(label, inStore.label) }]),
			{ key: gtinKey(gtin), label },
			// An own code may look like an element string.
			...(data.length > CODE_LENGTH_MAX ? [] : [{ key: ownKey(data), label: undefined }]),
		],
		gtin,
		batch,
		serial,
		expiresAt,
		kept,
	};
};
