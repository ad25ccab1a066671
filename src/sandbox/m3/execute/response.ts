import type { MiTransaction } from "../metadata/field-table.ts";
import type { MiRefusal } from "./mi-call.ts";
import type { ExecuteSettings } from "./settings.ts";

/** One transaction's part of a v2 answer (m3.md section 4, "v2 response"). */
export interface MiResult {
	transaction: string;
	parameters?: Readonly<Record<string, string>>;
	records?: readonly Readonly<Record<string, string>>[];
	errorMessage?: string;
	errorCode?: string;
	errorField?: string;
	errorType?: string;
	notProcessed?: boolean;
}

/** A v2 answer; `nrOfSuccessfullTransactions` with its double l is Infor's spelling (m3.md section 4). */
export interface ExecuteResponse {
	results: readonly MiResult[];
	wasTerminated: boolean;
	terminationReason?: string;
	terminationErrorType?: string;
	nrOfSuccessfullTransactions: number;
	nrOfFailedTransactions: number;
	nrOfNotProcessedTransactions?: number;
	bulkJobId?: string;
}

/** errorMessage is padded and "may contain code and field" (m3.md section 4): text, then both, at these widths. */
const MESSAGE_WIDTH = 80;
const CODE_WIDTH = 10;
const FIELD_WIDTH = 12;

/** The answer's totals over its results. */
export function summarize(results: readonly MiResult[]): ExecuteResponse {
	const notProcessed = results.filter((result) => result.notProcessed === true).length;
	const failed = results.filter((result) => result.errorType !== undefined).length;
	return {
		results,
		wasTerminated: false,
		nrOfSuccessfullTransactions: results.length - failed - notProcessed,
		nrOfFailedTransactions: failed,
		...(notProcessed === 0 ? {} : { nrOfNotProcessedTransactions: notProcessed }),
	};
}

/** The error members of a result, message padded as M3 pads it. */
export function errorMembers(refusal: MiRefusal): Omit<MiResult, "transaction"> {
	const { errorType, errorCode, errorField, message } = refusal;
	const errorMessage = message.padEnd(MESSAGE_WIDTH) + errorCode.padEnd(CODE_WIDTH) + errorField.padEnd(FIELD_WIDTH);
	return { errorMessage, errorCode, errorField, errorType };
}

/**
 * A transaction's records as they are answered: every output field as a string, also the empty ones unless excluded,
 * right-padded to the field's length unless trimmed (m3.md section 4).
 */
export function shapeRecords(
	records: readonly Readonly<Record<string, string>>[],
	transaction: MiTransaction | undefined,
	settings: ExecuteSettings,
	limit: number,
): readonly Readonly<Record<string, string>>[] {
	const output = transaction?.output ?? [];
	const wanted = output.filter((field) => settings.columns?.includes(field.name) ?? true);
	return records.slice(0, limit).map((record) => {
		const shaped: Record<string, string> = {};
		for (const field of wanted) {
			const value = record[field.name] ?? "";
			if (value.trim() === "" && settings.excludeEmpty) continue;
			shaped[field.name] = settings.rightTrim ? value.trimEnd() : value.padEnd(field.length);
		}
		return shaped;
	});
}
