import type { ScannerProfile } from "../../src/devices/contract/profile.ts";
import { parseReportDescriptor, type ReportField } from "./report-descriptor.ts";

/** The bar code scanner page, and its application usage, by which a scanner in HID-POS mode is known. */
export const BAR_CODE_SCANNER_PAGE = 0x8c;

/** Usages (HID Point of Sale Usage Tables 1.02 section 3; Byte Count: HID Usage Tables, generic desktop page). */
const USAGE = {
	byteCount: 0x01_003b,
	soundErrorBeep: 0x8c_0085,
	symbologyIdentifier1: 0x8c_00fb,
	symbologyIdentifier2: 0x8c_00fc,
	symbologyIdentifier3: 0x8c_00fd,
	decodedData: 0x8c_00fe,
	decodeDataContinued: 0x8c_00ff,
} as const;

/** One bit of a report; `at` counts bytes from the id on. */
export interface ReportBit {
	readonly at: number;
	readonly mask: number;
}

/** Where a read stands in an input report. Offsets count bytes of the report as it is read, its id included. */
export interface ScanLayout {
	/** 0: the device numbers no reports, and none has an id. */
	readonly reportId: number;
	readonly byteCountAt: number | null;
	/** Three, or none. */
	readonly identifierAt: readonly number[];
	readonly dataAt: number;
	readonly dataLength: number;
	readonly continued: ReportBit | null;
}

/** What a scanner's reports are. */
export interface PosReports {
	/** One for each input report that holds reads. */
	readonly scans: readonly ScanLayout[];
	/** The output report that sounds the error beep; null where the device has none. */
	readonly errorBeep: Uint8Array | null;
}

/** A report's id takes the first byte of every report, where reports are numbered. */
const headLength = (reportId: number): number => (reportId === 0 ? 0 : 1);

/** First element of that usage in the fields: its bit offset and size, or null. */
const elementOf = (fields: readonly ReportField[], usage: number): { bitOffset: number; bitSize: number } | null => {
	for (const { usages, count, bitOffset, bitSize } of fields) {
		const index = usages.indexOf(usage);
		if (index >= 0 && index < count && bitSize > 0) return { bitOffset: bitOffset + index * bitSize, bitSize };
	}
	return null;
};

/** Where a whole byte of that usage stands, or null. */
const byteAt = (fields: readonly ReportField[], usage: number, head: number): number | null => {
	const element = elementOf(fields, usage);
	return element === null || element.bitSize !== 8 || element.bitOffset % 8 !== 0 ? null : head + element.bitOffset / 8;
};

const bitAt = (fields: readonly ReportField[], usage: number, head: number): ReportBit | null => {
	const element = elementOf(fields, usage);
	return element === null ? null : { at: head + Math.floor(element.bitOffset / 8), mask: 1 << (element.bitOffset % 8) };
};

const scanLayout = (fields: readonly ReportField[], data: ReportField): ScanLayout | null => {
	if (data.bitSize !== 8 || data.bitOffset % 8 !== 0 || data.count === 0) return null;
	const head = headLength(data.reportId);
	const own = fields.filter(({ kind, reportId }) => kind === "input" && reportId === data.reportId);
	const identifier = [USAGE.symbologyIdentifier1, USAGE.symbologyIdentifier2, USAGE.symbologyIdentifier3]
		.map((usage) => byteAt(own, usage, head))
		.filter((at) => at !== null);
	return {
		reportId: data.reportId,
		byteCountAt: byteAt(own, USAGE.byteCount, head),
		identifierAt: identifier.length === 3 ? identifier : [],
		dataAt: head + data.bitOffset / 8,
		dataLength: data.count,
		continued: bitAt(own, USAGE.decodeDataContinued, head),
	};
};

const errorBeepOf = (fields: readonly ReportField[]): Uint8Array | null => {
	for (const field of fields) {
		if (field.kind !== "output" || !field.usages.includes(USAGE.soundErrorBeep)) continue;
		const own = fields.filter(({ kind, reportId }) => kind === "output" && reportId === field.reportId);
		const bit = bitAt(own, USAGE.soundErrorBeep, 1);
		if (bit === null) continue;
		const bitLength = Math.max(...own.map(({ bitOffset, bitSize, count }) => bitOffset + bitSize * count));
		// Written reports always begin with the id, 0 where there is none (hidapi, hid_write).
		const report = new Uint8Array(1 + Math.ceil(bitLength / 8));
		report[0] = field.reportId;
		report[bit.at] = bit.mask;
		return report;
	}
	return null;
};

/** The layout that a profile gives, for a device whose own is not to be had. */
const layoutOfProfile = ({ hidPos }: ScannerProfile): ScanLayout => ({
	reportId: hidPos.reportId,
	byteCountAt: hidPos.byteCountAt,
	identifierAt: hidPos.identifierAt === null ? [] : [0, 1, 2].map((index) => (hidPos.identifierAt ?? 0) + index),
	dataAt: hidPos.dataAt,
	dataLength: hidPos.dataLength,
	continued: hidPos.continuedAt === null ? null : { at: hidPos.continuedAt, mask: 0x01 },
});

/**
 * What a scanner's reports are: by its own report descriptor, because makers order and size the fields differently; by its
 * profile where that cannot be read or describes no decoded data. Pure.
 */
export const posReportsOf = (descriptor: Uint8Array | null, profile: ScannerProfile): PosReports => {
	const fields = (descriptor === null ? null : parseReportDescriptor(descriptor)) ?? [];
	const scans = fields
		.filter(({ kind, usages }) => kind === "input" && usages.includes(USAGE.decodedData))
		.map((data) => scanLayout(fields, data))
		.filter((layout) => layout !== null);
	return { scans: scans.length > 0 ? scans : [layoutOfProfile(profile)], errorBeep: errorBeepOf(fields) };
};
