import { parseDecimal } from "../decimal.ts";
import type { MiField, MiTransaction } from "../metadata/field-table.ts";
import type { M3Switches } from "../switches.ts";
import type { MiErrorType, MiRefusal } from "./mi-call.ts";

/**
 * Checks a record against the transaction's metadata, in the order unknown field, too long, mandatory, form of the value.
 * Lengths and mandatory marks are Infor's (m3/*.json), the errorType of each is in m3.md section 4 ("errorType values
 * seen"); value forms are those of "Formats" there: dates yyyyMMdd, decimals with '.', no separators, a leading '-'.
 */
export function checkInput(
	transaction: MiTransaction,
	record: Readonly<Record<string, string>>,
	switches: M3Switches,
): MiRefusal | undefined {
	const known = new Map(transaction.input.map((field) => [field.name, field]));
	for (const [name, value] of Object.entries(record)) {
		const field = known.get(name);
		if (field === undefined) {
			if (switches.unknownField === "ignored") continue;
			return refusal("InputFieldNotFound", "XMI0001", name, `Input field ${name} is not in ${transaction.name}`);
		}
		if (value.length > field.length) {
			const text = `Input field ${name} is too long: ${value.length} characters, at most ${field.length}`;
			return refusal("InputFieldTooLong", "XMI0002", name, text);
		}
	}
	for (const field of transaction.input) {
		if (field.mandatory && (record[field.name] ?? "").trim() === "") {
			const text = `Mandatory input field ${field.name} was not found`;
			return refusal("MandatoryInputFieldNotFound", "XMI0003", field.name, text);
		}
	}
	for (const field of transaction.input) {
		const value = record[field.name] ?? "";
		if (value !== "" && !hasForm(field, value)) {
			const text = `${field.description} "${value}" is not ${field.type === "D" ? "a date yyyyMMdd" : "numeric"}`;
			return refusal("ServerReturnedNOK", "XMI0004", field.name, text);
		}
	}
	return undefined;
}

/** True for a calendar date written yyyyMMdd. */
function isDate(text: string): boolean {
	if (!/^\d{8}$/.test(text)) return false;
	const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(4, 6)), Number(text.slice(6))];
	const date = new Date(Date.UTC(year, month - 1, day));
	return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

function hasForm(field: MiField, value: string): boolean {
	if (field.type === "D") return isDate(value);
	if (field.type === "N") return parseDecimal(value) !== undefined;
	return true;
}

function refusal(errorType: MiErrorType, errorCode: string, errorField: string, message: string): MiRefusal {
	return { errorType, errorCode, errorField, message };
}
