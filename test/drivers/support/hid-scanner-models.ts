/** A scanner in HID-POS mode, as its maker would have built it. */
export interface HidScannerModel {
	/** Null: the system does not show it. */
	readonly descriptor: Uint8Array | null;
	/** The input reports of one read, one after the other. */
	reports(aim: string, data: string): readonly Uint8Array[];
	/** Its output and feature reports, by what stands in their first byte: their length in bytes with that byte. */
	readonly outputLengths: ReadonlyMap<number, number>;
	readonly featureLengths: ReadonlyMap<number, number>;
	isErrorBeep(report: Uint8Array): boolean;
	/** Without this feature report it sends nothing. */
	readonly startReport: Uint8Array | null;
}

const PAGE_SCANNER = [0x05, 0x8c];
const PAGE_DESKTOP = [0x05, 0x01];
const LOGICAL = [0xa1, 0x02];
const END = [0xc0];
const BYTES = [0x15, 0x00, 0x26, 0xff, 0x00, 0x75, 0x08];
const BITS = [0x15, 0x00, 0x25, 0x01, 0x75, 0x01];
const count = (number: number): readonly number[] => [0x95, number];
const usages = (...ids: readonly number[]): readonly number[] => ids.flatMap((id) => [0x09, id]);
const INPUT = [0x81, 0x02];
const INPUT_BUFFERED = [0x82, 0x02, 0x01];

const scannerCollection = (...parts: readonly (readonly number[])[]): Uint8Array =>
	Uint8Array.from([...PAGE_SCANNER, ...usages(0x02), 0xa1, 0x01, ...parts.flat(), ...END]);

const inParts = (data: string, length: number): readonly Buffer[] => {
	const bytes = Buffer.from(data, "latin1");
	const parts = Array.from({ length: Math.max(1, Math.ceil(bytes.length / length)) }, (_, index) =>
		bytes.subarray(index * length, (index + 1) * length),
	);
	return parts;
};

/**
 * Report 2 of 64 bytes: byte count, three bytes of AIM identifier, 56 of data, two of the maker's own, eight flags of which
 * the first says that the read goes on. Report 4 takes the trigger and the beeps, feature report 254 says where reads go
 * (Access-IS LSR118 product manual, appendix B; the usages of HID Point of Sale Usage Tables 1.02 section 3).
 */
export const NUMBERED: HidScannerModel = {
	descriptor: scannerCollection(
		[...usages(0x12), ...LOGICAL, 0x85, 2, ...BYTES],
		[...PAGE_DESKTOP, ...count(1), ...usages(0x3b), ...INPUT],
		[...PAGE_SCANNER, ...count(3), ...usages(0xfb, 0xfc, 0xfd), ...INPUT],
		[...count(56), ...usages(0xfe), ...INPUT_BUFFERED],
		[0x06, 0x66, 0xff, ...count(2), ...usages(0x04, 0x00), ...INPUT],
		[...PAGE_SCANNER, ...BITS, ...count(8), ...usages(0xff), ...INPUT, ...END],
		[...usages(0x14), ...LOGICAL, 0x85, 4, ...BITS, ...count(8)],
		[...usages(0x00, 0x5f, 0x60, 0x00, 0x00, 0x85, 0x86), 0x91, 0x86, ...END],
		[0x06, 0x66, 0xff, ...usages(0x03), ...LOGICAL, 0x85, 0xfe, ...BYTES, ...count(1), ...usages(0x03)],
		[0xb2, 0x82, 0x01, ...END],
	),
	reports: (aim, data) =>
		inParts(data, 56).map((part, index, parts) => {
			const report = Buffer.alloc(64);
			report.set([2, part.length]);
			report.write(aim, 2, "latin1");
			report.set(part, 5);
			report.set([0x73, 0, index < parts.length - 1 ? 1 : 0], 61);
			return report;
		}),
	outputLengths: new Map([[4, 2]]),
	featureLengths: new Map([[0xfe, 2]]),
	isErrorBeep: (report) => report[0] === 4 && report[1] === 0b0010_0000,
	startReport: null,
};

/** The same with its descriptor hidden, and mute until it is told where reads go. */
export const HIDDEN: HidScannerModel = {
	...NUMBERED,
	descriptor: null,
	outputLengths: new Map(),
	isErrorBeep: () => false,
	startReport: Uint8Array.of(0xfe, 1),
};

/**
 * What the tables allow and few make: reports without numbers, the flag first, no byte count, so that zeros fill the data
 * up; the beep in the one output report behind seven other bits and a byte.
 */
export const UNNUMBERED: HidScannerModel = {
	descriptor: scannerCollection(
		[...BITS, ...count(1), ...usages(0xff), ...INPUT, 0x75, 7, 0x81, 0x03],
		[...BYTES, ...count(32), 0x0b, 0xfe, 0x00, 0x8c, 0x00, ...INPUT_BUFFERED],
		[...count(3), 0x19, 0xfb, 0x29, 0xfd, ...INPUT],
		[...BYTES, ...count(1), ...usages(0x00), 0x91, 0x02],
		[...BITS, ...count(8), 0x19, 0x7f, 0x29, 0x86, 0x91, 0x02],
	),
	reports: (aim, data) =>
		inParts(data, 32).map((part, index, parts) => {
			const report = Buffer.alloc(36);
			report.set([index < parts.length - 1 ? 1 : 0]);
			report.set(part, 1);
			report.write(aim, 33, "latin1");
			return report;
		}),
	outputLengths: new Map([[0, 3]]),
	featureLengths: new Map(),
	isErrorBeep: (report) => report[0] === 0 && report[1] === 0 && report[2] === 0b0100_0000,
	startReport: null,
};
