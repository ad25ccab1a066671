import { expect, it } from "vitest";
import { fuzzHidReports } from "./hid-reports.ts";
import { fuzzPrinterReplies } from "./printer.ts";
import { fuzzProfiles } from "./profiles.ts";
import { fuzzScanCodes } from "./scan-codes.ts";
import { fuzzScanner } from "./scanner.ts";
import { fuzz } from "./support/fuzz.ts";

const ROUNDS = 50_000;

const SEED = 20_261_123;

it("finds a parser that fails, and one that keeps what it was given", () => {
	const failing = (bytes: Buffer): void => {
		if (bytes.includes(0x1d)) throw new RangeError("a separator");
	};
	const samples = [Buffer.from("sample")];
	expect(() => fuzz({ rounds: 1_000, seed: SEED, samples, target: failing })).toThrow(
		/round \d+, bytes .*1d.*separator/,
	);
	const kept: Buffer[] = [];
	const hoarding = (): void => {
		kept.push(Buffer.from(Array.from({ length: 64 }, () => 1)), ...Array.from({ length: 40 }, () => Buffer.of(1)));
	};
	expect(() => fuzz({ rounds: 20_000, seed: SEED, samples, target: hoarding })).toThrow();
});

it(`reads ${ROUNDS} answers of broken printers`, () => fuzzPrinterReplies(ROUNDS, SEED));

it(`reads ${ROUNDS} profiles with mistakes`, () => fuzzProfiles(ROUNDS, SEED));

it(`reads ${ROUNDS} bursts of a scanner`, () => fuzzScanner(ROUNDS, SEED));

it(`reads ${ROUNDS} reports of HID scanners that are broken`, () => fuzzHidReports(ROUNDS, SEED));

it(`reads ${ROUNDS} codes of torn and strange labels`, () => fuzzScanCodes(ROUNDS, SEED));
