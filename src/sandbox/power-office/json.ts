/**
 * JSON whose numbers never become floating point: a number is kept as the text it was written with, and written the
 * same way. Needed because PowerOffice's amounts are JSON numbers with decimals and its ids are int64
 * (poweroffice.md section 1.5; DESIGN section 5: "written ... as exact decimal text and read back the same way").
 */
const NUMBER_TEXT: unique symbol = Symbol("JSON number text");

/** A JSON number as its text, e.g. `12500.00`. Made by {@link exactNumber} and {@link parseJson} only. */
export interface JsonNumber {
	readonly [NUMBER_TEXT]: string;
}

/** A parsed JSON value; every number in it is a {@link JsonNumber}. */
export type JsonIn = null | boolean | string | JsonNumber | readonly JsonIn[] | JsonObjectIn;

/** A parsed JSON object. */
export type JsonObjectIn = { readonly [name: string]: JsonIn };

/** A value to be written; a JavaScript number is not among its types on purpose. An undefined property is left out. */
export type JsonOut = null | boolean | string | bigint | JsonNumber | readonly JsonOut[] | JsonObjectOut;

/** An object to be written; an undefined property is left out. */
export type JsonObjectOut = { readonly [name: string]: JsonOut | undefined };

/** A JSON number from its text. The caller vouches that the text is a JSON number. */
export function exactNumber(text: string): JsonNumber {
	return { [NUMBER_TEXT]: text };
}

/** Whether a parsed value is a number. */
export function isJsonNumber(value: unknown): value is JsonNumber {
	return typeof value === "object" && value !== null && NUMBER_TEXT in value;
}

/** The text of a JSON number. */
export function numberText(value: JsonNumber): string {
	return value[NUMBER_TEXT];
}

/** Whether a parsed value is an object (no array, no number, no null). */
export function isJsonObject(value: JsonIn): value is JsonObjectIn {
	return typeof value === "object" && value !== null && !Array.isArray(value) && !isJsonNumber(value);
}

/** Parses JSON text. Throws `SyntaxError` when it is not JSON. */
export function parseJson(text: string): JsonIn {
	const keepNumberText = (_name: string, value: unknown, context?: { readonly source?: string }): unknown =>
		typeof value === "number" && context?.source !== undefined ? exactNumber(context.source) : value;
	return JSON.parse(text, keepNumberText) as JsonIn;
}

/** Writes JSON text, numbers as exact decimal text. */
export function writeJson(value: JsonOut): string {
	if (typeof value === "bigint") return value.toString();
	if (value === null || typeof value !== "object") return JSON.stringify(value);
	if (isJsonNumber(value)) return numberText(value);
	if (isOutArray(value)) return `[${value.map(writeJson).join(",")}]`;
	const members = Object.entries(value).flatMap(([name, member]) =>
		member === undefined ? [] : [`${JSON.stringify(name)}:${writeJson(member)}`],
	);
	return `{${members.join(",")}}`;
}

function isOutArray(value: JsonOut): value is readonly JsonOut[] {
	return Array.isArray(value);
}
