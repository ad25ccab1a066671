import { describe, expect, it } from "vitest";
import type { Label, MakeScannerBench, ScannerBench, ScannerBenchOptions } from "../drivers/support/scanner-bench.ts";

const MILK: Label = { aim: "]E0", symbology: "EAN13", data: "7038010001659" };
const SWEETS: Label = { aim: "]E4", symbology: "EAN8", data: "57012345" };
const CHEESE: Label = { aim: "]C1", symbology: "GS1_128", data: "0107038010001659\x1d10A5" };
const TICKET: Label = { aim: "]Q1", symbology: "QRCode", data: `https://x.example/${"0123456789".repeat(20)}` };

/** What every Scanner must do, whatever it hangs on and however it marks a read. Call it once for each. */
export const scannerContract = (name: string, make: MakeScannerBench): void => {
	const online = async (options?: ScannerBenchOptions): Promise<ScannerBench> => {
		const bench = await make(options);
		bench.device.open();
		await bench.online();
		return bench;
	};
	const scanned = (bench: ScannerBench, ...labels: readonly Label[]) =>
		expect(bench.time.scans).toEqual(
			labels.map(({ symbology, data }) => ({
				deviceId: "scanner",
				symbology: bench.saysSymbology ? symbology : "Unknown",
				data,
			})),
		);

	describe(`scanner contract: ${name}`, () => {
		it("gives reads that come at once out one by one, in order, each with its symbology", async () => {
			const bench = await online();
			await bench.read(MILK, SWEETS, TICKET, CHEESE, MILK);
			scanned(bench, MILK, SWEETS, TICKET, CHEESE, MILK);
			expect(bench.device.state()).toEqual({ power: "online", conditions: [], detail: null });
		});

		it("joins a read that came in pieces", async () => {
			const bench = await online();
			await bench.readInPieces(MILK);
			await bench.readInPieces(CHEESE);
			scanned(bench, MILK, CHEESE);
		});

		it("drops a read that is too long, says so, and is in step with the next one", async () => {
			const bench = await online({ dataLengthMax: 20 });
			await bench.read(TICKET);
			scanned(bench);
			expect(bench.device.state()).toMatchObject({ power: "online", detail: expect.stringContaining("20 bytes") });
			await bench.read(MILK);
			scanned(bench, MILK);
			expect(bench.device.state().detail).toBeNull();
		});

		it("never joins half a read to the next one", async () => {
			const bench = await online();
			await bench.readHalf(TICKET);
			bench.time.timers.advance(1_000);
			const before = bench.time.scans.length;
			await bench.read(MILK);
			expect(bench.time.scans.slice(before).map(({ data }) => data)).toEqual([MILK.data]);
		});

		it("forgets half a read when it is unplugged, and reads on when it is back", async () => {
			const bench = await online();
			await bench.readHalf(TICKET);
			await bench.unplug();
			await bench.time.pass(() => bench.device.state().power === "offline");
			// Where a pause ends a read, half a read in front of one is a read; what counts is that nothing is joined to it.
			const before = bench.time.scans.length;
			await bench.plug();
			await bench.online();
			await bench.read(MILK);
			expect(bench.time.scans.slice(before).map(({ data }) => data)).toEqual([MILK.data]);
		});

		it("counts the same code twice when it is read twice, for two items may be alike", async () => {
			const bench = await online();
			await bench.read(MILK, MILK);
			scanned(bench, MILK, MILK);
		});

		it("counts an echo once where the box asks for it, and the same code again later", async () => {
			const bench = await online({ duplicateGuardMs: 1_000 });
			await bench.read(MILK, MILK);
			scanned(bench, MILK);
			await bench.read(SWEETS);
			scanned(bench, MILK, SWEETS);
			bench.time.timers.advance(1_000);
			await bench.read(SWEETS);
			scanned(bench, MILK, SWEETS, SWEETS);
		});

		it("refuses aloud where it can, and reads on", async () => {
			const bench = await online();
			const before = bench.beeps();
			bench.device.beepError();
			await bench.time.until(() => bench.beeps() === before + (bench.canBeep ? 1 : 0));
			await bench.read(MILK);
			scanned(bench, MILK);
		});

		it("leaves no timer behind when it is closed in the middle of a read", async () => {
			const bench = await online();
			await bench.readHalf(TICKET);
			await bench.device.close();
			expect(bench.time.timers.names()).toEqual([]);
		});
	});
};
