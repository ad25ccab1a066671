import { parseInteger } from "./decimal.ts";
import {
	type FieldFact,
	type FieldFacts,
	type FieldType,
	UNITS_OF_MEASURE,
	VAT_RETURN_SPECIFICATIONS,
} from "./dto-fields.ts";
import { isJsonNumber, isJsonObject, type JsonIn, numberText } from "./json.ts";
import type { PowerOfficeSwitches } from "./switches.ts";

/** What a property of each JSON type becomes: integers bigint, a double its exact text, a date `YYYY-MM-DD`. */
type BoundTypes = {
	int64: bigint;
	int32: bigint;
	double: string;
	string: string;
	date: string;
	vatReturn: string;
	unitOfMeasure: string;
	lines: readonly JsonIn[];
};

/** A request object after binding; a property left out or null is null. */
export type Bound<F extends FieldFacts> = { readonly [K in keyof F]: BoundTypes[F[K]["type"]] | null };

/** Collected messages by property path, e.g. `VoucherLines[0].VatId`. */
export type BindingErrors = { [path: string]: string[] };

const INTEGER_LIMIT = { int32: 2n ** 31n, int64: 2n ** 63n } as const;

/**
 * Binds a JSON value to the properties of a DTO. Every fault is added to `errors` under its path; the result is only
 * meant to be used when there is none. Rules: `v2_schema_fields.json` (required, nullable, type) and section 1.5.
 */
export function bindObject<F extends FieldFacts>(
	json: JsonIn | undefined,
	facts: F,
	path: string,
	errors: BindingErrors,
	switches: PowerOfficeSwitches,
): Bound<F> {
	const bound: { [name: string]: unknown } = {};
	for (const name of Object.keys(facts)) bound[name] = null;
	if (json === undefined || !isJsonObject(json)) {
		addError(errors, path === "" ? "$" : path, "An object is expected.");
		return bound as Bound<F>;
	}
	for (const name of Object.keys(json)) {
		// Section 1.5: PascalCase, `additionalProperties: false`, "unknown fields may be rejected" [I].
		if (!Object.hasOwn(facts, name) && switches.unknownProperty === "refuse") {
			addError(errors, join(path, name), `The property ${name} is not known.`);
		}
	}
	for (const [name, fact] of Object.entries(facts)) {
		const message = bindField(Object.hasOwn(json, name) ? json[name] : undefined, fact, (value) => {
			bound[name] = value;
		});
		if (message !== null) addError(errors, join(path, name), message);
	}
	return bound as Bound<F>;
}

function bindField(json: JsonIn | undefined, fact: FieldFact, keep: (value: unknown) => void): string | null {
	if (json === undefined) return fact.required ? "The property is required." : null;
	if (json === null) return fact.required || !fact.nullable ? "The property must not be null." : null;
	const value = readers[fact.type](json);
	if (value === undefined) return `The value does not fit the type ${fact.type}.`;
	keep(value);
	return null;
}

const readers: { readonly [T in FieldType]: (json: JsonIn) => BoundTypes[T] | undefined } = {
	int64: (json) => readInteger(json, INTEGER_LIMIT.int64),
	int32: (json) => readInteger(json, INTEGER_LIMIT.int32),
	double: (json) => (isJsonNumber(json) ? numberText(json) : undefined),
	string: (json) => (typeof json === "string" ? json : undefined),
	date: (json) => (typeof json === "string" ? (readDate(json) ?? undefined) : undefined),
	vatReturn: (json) => VAT_RETURN_SPECIFICATIONS.find((name) => name === json),
	unitOfMeasure: (json) => UNITS_OF_MEASURE.find((name) => name === json),
	lines: (json) => (Array.isArray(json) ? json : undefined),
};

function readInteger(json: JsonIn, limit: bigint): bigint | undefined {
	const integer = isJsonNumber(json) ? parseInteger(numberText(json)) : null;
	return integer !== null && integer >= -limit && integer < limit ? integer : undefined;
}

/**
 * A date as `YYYY-MM-DD`, or null. Section 1.5: plain dates; a date-time is taken as well because one client posts
 * `...T12:00:00Z` successfully, and only its date counts.
 */
export function readDate(text: string): string | null {
	const match = /^(\d{4})-(\d{2})-(\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?)?$/.exec(text);
	if (match === null) return null;
	const [, year = "", month = "", day = ""] = match;
	const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
	const plain = `${year}-${month}-${day}`;
	return date.toISOString().slice(0, 10) === plain ? plain : null;
}

function addError(errors: BindingErrors, path: string, message: string): void {
	const messages = errors[path] ?? [];
	messages.push(message);
	errors[path] = messages;
}

function join(path: string, name: string): string {
	return path === "" ? name : `${path}.${name}`;
}
