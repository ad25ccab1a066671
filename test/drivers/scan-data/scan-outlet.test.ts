import { describe, expect, it } from "vitest";
import { ScanOutlet } from "../../../drivers/scan-data/scan-outlet.ts";
import type { ScanData } from "../../../src/devices/contract/devices.ts";
import { manualClock, recordingLogger } from "../../support/manual-runtime.ts";

const CARD = { symbology: "Unknown", data: "4111111111111111" };

const outlet = (duplicateGuardMs: number) => {
	const clock = manualClock();
	const logger = recordingLogger();
	const scans: ScanData[] = [];
	const listeners = { onScan: (scan: ScanData) => scans.push(scan), onState: () => undefined };
	return { clock, logger, scans, out: new ScanOutlet({ id: "s", duplicateGuardMs }, { clock, logger, listeners }) };
};

describe("ScanOutlet", () => {
	it("counts what it drops and never logs what was read", () => {
		const { out, logger, scans } = outlet(300);
		for (let read = 0; read < 3; read += 1) out.give(CARD);
		expect(scans).toHaveLength(1);
		expect(logger.lines.map(({ level, fields }) => [level, fields["duplicateCount"]])).toEqual([
			["debug", 1],
			["debug", 2],
		]);
		expect(JSON.stringify(logger.lines)).not.toContain(CARD.data);
	});

	it("measures from the read that counted, so that an item left under the scanner is not silent for ever", () => {
		const { out, clock, scans } = outlet(300);
		for (let read = 0; read < 7; read += 1) {
			out.give(CARD);
			clock.advance(100);
		}
		expect(scans).toHaveLength(3);
	});

	it("is not misled by a wall clock that is set back, nor by the same data of another symbology", () => {
		const { out, clock, scans } = outlet(300);
		out.give(CARD);
		clock.set(0);
		clock.advance(300);
		out.give(CARD);
		out.give({ ...CARD, symbology: "Code128" });
		expect(scans).toHaveLength(3);
	});

	it("drops what comes again of a pack whose two codes are read by turns", () => {
		const { out, clock, scans } = outlet(1_000);
		for (let read = 0; read < 4; read += 1) {
			out.give({ symbology: "EAN13", data: "7038010001659" });
			clock.advance(100);
			out.give({ symbology: "GS1DataMatrix", data: "010703801000165910A1" });
			clock.advance(100);
		}
		expect(scans.map(({ symbology }) => symbology)).toEqual(["EAN13", "GS1DataMatrix"]);
	});

	it("counts an item again when another was read between", () => {
		const { out, clock, scans } = outlet(5_000);
		for (const data of ["4006381333931", "7038010001659", "4006381333931"]) {
			out.give({ symbology: "EAN13", data });
			clock.advance(400);
		}
		expect(scans).toHaveLength(3);
	});

	it("keeps no more of a scanner that sends noise than of a pack", () => {
		const { out, scans } = outlet(5_000);
		for (let read = 0; read < 9; read += 1) out.give({ symbology: "Unknown", data: `${read}` });
		// Eight were taken for one pack, the ninth began the next.
		for (const data of ["8", "0"]) out.give({ symbology: "Unknown", data });
		expect(scans.map(({ data }) => data)).toEqual(["0", "1", "2", "3", "4", "5", "6", "7", "8", "0"]);
	});
});
