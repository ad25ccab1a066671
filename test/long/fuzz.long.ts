import { it } from "vitest";
import { fuzzHidReports } from "../fuzz/hid-reports.ts";
import { fuzzPrinterReplies } from "../fuzz/printer.ts";
import { fuzzProfiles } from "../fuzz/profiles.ts";
import { fuzzScanCodes } from "../fuzz/scan-codes.ts";
import { fuzzScanner } from "../fuzz/scanner.ts";

const ROUNDS = 1_000_000;

const seed = Number.parseInt(process.env["TILLD_SEED"] ?? "20261123", 10);
const scale = Number.parseFloat(process.env["TILLD_SCALE"] ?? "1");
const rounds = Math.max(4, Math.round(ROUNDS * scale));

it(`reads ${rounds} answers of broken printers (seed ${seed})`, () => fuzzPrinterReplies(rounds, seed));

it(`reads ${rounds} profiles with mistakes (seed ${seed})`, () => fuzzProfiles(rounds, seed));

it(`reads ${rounds} bursts of a scanner (seed ${seed})`, () => fuzzScanner(rounds, seed));

it(`reads ${rounds} reports of HID scanners that are broken (seed ${seed})`, () => fuzzHidReports(rounds, seed));

it(`reads ${rounds} codes of torn and strange labels (seed ${seed})`, () => fuzzScanCodes(rounds, seed));
