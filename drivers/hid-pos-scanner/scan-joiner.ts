import type { ScanLayout } from "./pos-reports.ts";

/** A read whose last report has not come: its text with the AIM identifier, or that it is too long and dropped to its end. */
export interface BegunScan {
	readonly identifier: string;
	readonly data: string;
	readonly tooLong: boolean;
}

/** What one report brought. `damaged`: it cannot be one of this scanner's, and what was begun before it is dropped. */
export type ScanStep =
	| { readonly step: "read"; readonly identifier: string; readonly data: string }
	| { readonly step: "begun"; readonly begun: BegunScan }
	| { readonly step: "tooLong" | "damaged" | "other" };

const NULS = /\0+$/;

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1");

/**
 * Joins one input report to what was begun. A read ends with the report whose Decode Data Continued is not set; what goes on
 * with another AIM identifier than it began with has lost its end on the way. Pure.
 */
export const joinReport = (
	begun: BegunScan | null,
	report: Uint8Array,
	layouts: readonly ScanLayout[],
	dataLengthMax: number,
): ScanStep => {
	const layout = layouts.find(({ reportId }) => reportId === 0 || report[0] === reportId);
	if (layout === undefined) return { step: "other" };
	const field = report.subarray(layout.dataAt, layout.dataAt + layout.dataLength);
	const count = layout.byteCountAt === null ? null : (report[layout.byteCountAt] ?? null);
	const flags = layout.continued === null ? 0 : report[layout.continued.at];
	const identifier = textOf(Uint8Array.from(layout.identifierAt.map((at) => report[at] ?? 0))).replace(NULS, "");
	const short =
		field.length < layout.dataLength || flags === undefined || (layout.byteCountAt !== null && count === null);
	if (short || (count !== null && count > layout.dataLength)) return { step: "damaged" };
	const part = count === null ? textOf(field).replace(NULS, "") : textOf(field.subarray(0, count));
	const before = begun?.identifier === identifier ? begun : null;
	const data = before === null ? part : before.data + part;
	const tooLong = before?.tooLong === true || data.length > dataLengthMax;
	const goesOn = layout.continued !== null && (flags & layout.continued.mask) !== 0;
	if (goesOn) return { step: "begun", begun: { identifier, data: tooLong ? "" : data, tooLong } };
	return tooLong ? { step: "tooLong" } : { step: "read", identifier, data: data.replaceAll("\0", "") };
};
