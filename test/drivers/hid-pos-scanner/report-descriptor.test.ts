import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { posReportsOf } from "../../../drivers/hid-pos-scanner/pos-reports.ts";
import { parseReportDescriptor } from "../../../drivers/hid-pos-scanner/report-descriptor.ts";
import { type BegunScan, joinReport } from "../../../drivers/hid-pos-scanner/scan-joiner.ts";
import { NUMBERED, UNNUMBERED } from "../support/hid-scanner-models.ts";
import { scannerProfile } from "../support/profiles.ts";

const PROFILE = scannerProfile("generic-hid-pos-scanner");
const DESCRIPTOR = NUMBERED.descriptor ?? new Uint8Array();

describe("parseReportDescriptor", () => {
	it("puts the fields of each report behind each other, whatever stands between them", () => {
		const fields = parseReportDescriptor(DESCRIPTOR) ?? [];
		const input = fields.filter(({ kind, reportId }) => kind === "input" && reportId === 2);
		expect(input.map(({ bitOffset, bitSize, count }) => [bitOffset, bitSize, count])).toEqual([
			[0, 8, 1],
			[8, 8, 3],
			[32, 8, 56],
			[480, 8, 2],
			[496, 1, 8],
		]);
		expect(fields.find(({ kind }) => kind === "feature")).toMatchObject({ reportId: 254, bitOffset: 0 });
	});

	it("knows push and pop, long items, ranges and usages that bring their page", () => {
		const descriptor = Uint8Array.from([
			...[0x05, 0x8c, 0x75, 0x08, 0x95, 0x03, 0xa4],
			...[0xfe, 0x02, 0x10, 0xaa, 0xbb],
			...[0x05, 0x01, 0x95, 0x01, 0x0b, 0x3b, 0x00, 0x01, 0x00, 0x81, 0x02],
			...[0xb4, 0x19, 0xfb, 0x29, 0xfd, 0x81, 0x02],
		]);
		expect(parseReportDescriptor(descriptor)).toEqual([
			{ kind: "input", reportId: 0, usages: [0x01_003b], bitOffset: 0, bitSize: 8, count: 1 },
			{ kind: "input", reportId: 0, usages: [0x8c_00fb, 0x8c_00fc, 0x8c_00fd], bitOffset: 8, bitSize: 8, count: 3 },
		]);
	});

	it.each([
		["is cut short", [0x26, 0xff]],
		["is cut short in a long item", [0xfe]],
		["pops what was not pushed", [0xb4]],
		["numbers a report 0", [0x85, 0x00]],
		["has a report larger than the kernel takes", [0x76, 0xff, 0xff, 0x96, 0xff, 0xff, 0x81, 0x02]],
		["has a range of usages without end", [0x1b, 0, 0, 0, 0, 0x2b, 0xff, 0xff, 0xff, 0xff]],
	])("takes none that %s", (_, bytes) => {
		expect(parseReportDescriptor(Uint8Array.from(bytes))).toBeNull();
	});

	it("ends on any bytes", () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
				const reports = posReportsOf(bytes, PROFILE);
				expect(reports.scans.length).toBeGreaterThan(0);
			}),
		);
	});
});

describe("posReportsOf", () => {
	it("finds where a read stands, and the report that sounds the error beep", () => {
		expect(posReportsOf(DESCRIPTOR, PROFILE)).toEqual({
			scans: [
				{
					reportId: 2,
					byteCountAt: 1,
					identifierAt: [2, 3, 4],
					dataAt: 5,
					dataLength: 56,
					continued: { at: 63, mask: 1 },
				},
			],
			errorBeep: Uint8Array.of(4, 0b0010_0000),
		});
		expect(posReportsOf(UNNUMBERED.descriptor, PROFILE).scans[0]).toMatchObject({
			dataAt: 1,
			identifierAt: [33, 34, 35],
		});
	});

	it("makes no beep of a field without bits", () => {
		const descriptor = Uint8Array.from([0x05, 0x8c, 0x75, 0x00, 0x95, 0x01, 0x09, 0x85, 0x91, 0x02]);
		expect(posReportsOf(descriptor, PROFILE).errorBeep).toBeNull();
	});

	it("takes the profile's word where the descriptor is none of a scanner's: the same place as Honeywell's", () => {
		const scan = posReportsOf(DESCRIPTOR, PROFILE).scans;
		expect(posReportsOf(null, PROFILE)).toEqual({ scans: scan, errorBeep: null });
		expect(posReportsOf(DESCRIPTOR.subarray(0, 30), PROFILE)).toEqual({ scans: scan, errorBeep: null });
	});
});

describe("joinReport", () => {
	it("never holds nor gives more than the limit, whatever reports come", () => {
		const { scans } = posReportsOf(DESCRIPTOR, PROFILE);
		const report = fc
			.tuple(fc.constantFrom(2, 2, 2, 4), fc.integer({ min: 0, max: 60 }), fc.constantFrom(0, 1, 1), fc.boolean())
			.map(([id, count, flag, whole]) => {
				const bytes = Buffer.alloc(whole ? 64 : 40, 0x31);
				bytes.set([id, count]);
				if (whole) bytes.set([flag], 63);
				return bytes;
			});
		fc.assert(
			fc.property(fc.array(report, { maxLength: 30 }), (reports) => {
				let begun: BegunScan | null = null;
				for (const one of reports) {
					const step = joinReport(begun, one, scans, 100);
					begun = step.step === "begun" ? step.begun : step.step === "other" ? begun : null;
					expect(begun?.data.length ?? 0).toBeLessThanOrEqual(100);
					if (step.step === "read") expect(step.data.length).toBeLessThanOrEqual(100);
				}
			}),
		);
	});

	it("gives what was sent, for all data and both forms of report", () => {
		const data = fc
			.array(fc.integer({ min: 1, max: 255 }), { maxLength: 300 })
			.map((codes) => String.fromCharCode(...codes));
		fc.assert(
			fc.property(data, fc.constantFrom(NUMBERED, UNNUMBERED), (sent, model) => {
				const { scans } = posReportsOf(model.descriptor, PROFILE);
				let begun: BegunScan | null = null;
				let read: string | null = null;
				for (const report of model.reports("]Q1", sent)) {
					const step = joinReport(begun, report, scans, 4296);
					begun = step.step === "begun" ? step.begun : null;
					if (step.step === "read") read = step.identifier + step.data;
				}
				expect(read).toBe(`]Q1${sent}`);
			}),
		);
	});
});
