import { expect } from "vitest";
import { posReportsOf, type ScanLayout } from "../../drivers/hid-pos-scanner/pos-reports.ts";
import { type BegunScan, joinReport } from "../../drivers/hid-pos-scanner/scan-joiner.ts";
import { NUMBERED, UNNUMBERED } from "../drivers/support/hid-scanner-models.ts";
import { scannerProfile } from "../drivers/support/profiles.ts";
import { fuzz } from "./support/fuzz.ts";

const LENGTH_MAX = 100;

const MODELS = [NUMBERED, UNNUMBERED];

const DESCRIPTORS = MODELS.map(({ descriptor }) => Buffer.from(descriptor ?? []));

const REPORTS = MODELS.flatMap(({ reports }) => reports("]Q1", "0123456789".repeat(15))).map((bytes) =>
	Buffer.from(bytes),
);

/** Report descriptors with mistakes, and after each of them reports, sound and not, read as it says. */
export const fuzzHidReports = (rounds: number, seed: number): void => {
	const profile = scannerProfile("generic-hid-pos-scanner");
	let layouts: readonly ScanLayout[] = [];
	let begun: BegunScan | null = null;
	const take = (report: Uint8Array): void => {
		const step = joinReport(begun, report, layouts, LENGTH_MAX);
		if (step.step === "begun") begun = step.begun;
		else if (step.step !== "other") begun = null;
		const length = step.step === "read" ? step.data.length : (begun?.data.length ?? 0);
		expect(length).toBeLessThanOrEqual(LENGTH_MAX);
	};
	fuzz({
		rounds,
		seed,
		samples: [...DESCRIPTORS, ...REPORTS],
		target: (bytes) => {
			const { scans, errorBeep } = posReportsOf(bytes, profile);
			expect(scans.length).toBeGreaterThan(0);
			expect(errorBeep === null || errorBeep.some((byte, at) => at > 0 && byte !== 0)).toBe(true);
			layouts = scans;
			take(bytes);
			for (const report of REPORTS) take(report);
		},
	});
	// Whatever came before, the scanner's own reports are read by its own descriptor.
	layouts = posReportsOf(NUMBERED.descriptor, profile).scans;
	const [report = new Uint8Array()] = NUMBERED.reports("]E0", "7038010001659");
	expect(joinReport(begun, report, layouts, LENGTH_MAX)).toEqual({
		step: "read",
		identifier: "]E0",
		data: "7038010001659",
	});
};
