/**
 * JSON whose numbers never pass through floating point: PowerOffice's amounts are JSON numbers with decimals and its ids
 * are int64 (poweroffice.md section 1.5), so a number is the text it was written with (DESIGN section 5).
 */

/** A JSON number as the text it stands in the document with: `12500.00`, `9007199254740993`. */
export class JsonNumber {
	readonly text: string;
	/** Throws a SyntaxError when `text` is no JSON number (RFC 8259 section 6). */
	constructor(text: string) {
		if (!/^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$/.test(text)) {
			throw new SyntaxError(`${JSON.stringify(text)} is no JSON number`);
		}
		this.text = text;
	}
}

/** A JSON value whose numbers are {@link JsonNumber}. */
export type ExactJson = null | boolean | string | JsonNumber | readonly ExactJson[] | ExactJsonObject;

/** A JSON object; a property that is undefined is not written. */
export type ExactJsonObject = { readonly [name: string]: ExactJson | undefined };

/** Reads JSON text. Throws a SyntaxError when it is none. */
export const parseExactJson = (text: string): ExactJson =>
	JSON.parse(text, (_name, value: unknown, context?: { readonly source?: string }) =>
		typeof value === "number" && context?.source !== undefined ? new JsonNumber(context.source) : value,
	) as ExactJson;

/** Writes JSON text, properties in their own order, numbers exactly as their text. */
export const writeExactJson = (value: ExactJson): string => {
	if (value === null || typeof value !== "object") return JSON.stringify(value);
	if (value instanceof JsonNumber) return value.text;
	if (isList(value)) return `[${value.map(writeExactJson).join(",")}]`;
	const members = Object.entries(value).flatMap(([name, member]) =>
		member === undefined ? [] : [`${JSON.stringify(name)}:${writeExactJson(member)}`],
	);
	return `{${members.join(",")}}`;
};

const isList = (value: ExactJson): value is readonly ExactJson[] => Array.isArray(value);

/** A value as an object, or undefined when it is something else. */
export const objectOf = (value: ExactJson | undefined): ExactJsonObject | undefined =>
	value === undefined || value === null || typeof value !== "object" || isList(value) || value instanceof JsonNumber
		? undefined
		: value;

/** A value as a list, or undefined when it is something else. */
export const listOf = (value: ExactJson | undefined): readonly ExactJson[] | undefined =>
	value !== undefined && value !== null && typeof value === "object" && !(value instanceof JsonNumber) && isList(value)
		? value
		: undefined;

/** A value as text, or undefined when it is something else. */
export const textOf = (value: ExactJson | undefined): string | undefined =>
	typeof value === "string" ? value : undefined;

/** A number's text, or undefined when the value is something else. */
export const numberTextOf = (value: ExactJson | undefined): string | undefined =>
	value instanceof JsonNumber ? value.text : undefined;

/** A JSON number as minor units of a currency with `minorDigits` decimals; undefined when it is no number or is finer. */
export const minorOf = (value: ExactJson | undefined, minorDigits: number): bigint | undefined => {
	const match = /^(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]{1,3}))?$/.exec(numberTextOf(value) ?? "");
	if (match === null) return undefined;
	const [, sign = "", whole = "", fraction = "", exponent = "0"] = match;
	const shift = minorDigits + Number(exponent) - fraction.length;
	const digits = BigInt(`${whole}${fraction}`);
	const scale = 10n ** BigInt(Math.abs(shift));
	if (shift < 0 && digits % scale !== 0n) return undefined;
	const units = shift < 0 ? digits / scale : digits * scale;
	return sign === "-" ? -units : units;
};
