import { describe, expect, it } from "vitest";
import type { FaultName } from "./support/failing-printer.ts";
import { type MatrixTill, matrixTill } from "./support/matrix-till.ts";
import type { Piece } from "./support/paper-roll.ts";
import { FAULTS, type Place, TRANSPORTS } from "./support/printer-faults.ts";

const FAULT_NAMES = Object.keys(FAULTS) as FaultName[];
const PLACES = ["start", "middle", "end"] as const satisfies readonly Place[];

/** A pulse later than this would open the drawer when nobody stands before it (effect-runner, DRAWER_EXPIRY_MS). */
const PULSE_LATE_MS = 2_000;

/** No customer comes sooner behind another; until then the next pulse would wait, and its receipt behind it. */
const REST_MS = 1_000;

/** How long a fault stands that no receipt waits for: several rounds of questions. */
const STANDS_MS = 60_000;

const CASES = FAULT_NAMES.flatMap((fault) => PLACES.map((place) => ({ fault, place, ...FAULTS[fault][place] })));

/** Faults that keep a receipt waiting. */
const LASTING = CASES.filter(({ place, answer }) => place === "start" && answer !== null);

/** What the cashier is told of the printer and what hangs on it. */
const deviceCodes = ({ till }: MatrixTill): string[] =>
	till.view().conditions.filter((code) => !code.startsWith("Scanner."));

/** A receipt's lines but for its number and the time. */
const same = (lines: readonly string[]): string[] =>
	lines.map((line) => line.replace(/^Receipt No\. \d+$/, "Receipt No. N").replace(/\d\d:\d\d:\d\d/, "TIME"));

/** The pieces of paper with a receipt on them, whole or not. */
const papersOf = (shop: MatrixTill, receiptNumber: number, original: Piece) => {
	const whole = same(original.lines);
	const named = shop.printer.roll.pieces.filter(({ lines }) => lines.includes(`Receipt No. ${receiptNumber}`));
	const isWhole = ({ lines, isCut }: Piece): boolean => isCut && same(lines).join("\n") === whole.join("\n");
	const isCopy = ({ lines, isCut }: Piece): boolean =>
		isCut && lines[0] === "COPY" && same(lines.slice(1)).join("\n") === whole.join("\n");
	return {
		originals: named.filter(isWhole).length,
		copies: named.filter(isCopy).length,
		others: named.filter((piece) => !isWhole(piece) && !isCopy(piece)),
	};
};

describe.each(TRANSPORTS)("a printer on $transport", ({ makeEnd, powerLoss }) => {
	it.each(CASES)("$fault at the $place of a receipt: $outcome, $paper on paper", async (expected) => {
		const shop = await matrixTill(makeEnd, powerLoss);
		const { printer, till } = shop;
		const sell = (): number => {
			shop.scan();
			return shop.pay();
		};
		const first = sell();
		await shop.until("the first receipt", () => shop.outcomesOf(first).length === 1);
		await shop.pass("the solenoid's rest", () => shop.nowMs() >= REST_MS);
		const [original] = printer.roll.pieces;
		if (original === undefined) throw new Error("nothing came out");

		const length = printer.jobBytes;
		const atByte = { start: 2, middle: Math.floor(length / 2), end: length - 1 }[expected.place];
		// The cashier has it open: its switch must not be taken for anything else.
		printer.openDrawer();
		printer.failAt(atByte, expected.fault);
		const sold = [shop.nowMs()];
		const hit = sell();
		await shop.until("the fault", () => printer.standing !== null);

		// The next customer is served at once.
		shop.shown.length = 0;
		sold.push(shop.nowMs());
		shop.scan();
		await shop.until("the item on the display", () => shop.shown.some((rows) => rows.includes("Beer")));
		const next = shop.pay();
		expect(next).toBe(hit + 1);
		await shop.until("the change on the display", () => shop.shown.some((rows) => rows.includes("400.00")));

		const conditions = (): string[] => deviceCodes(shop);
		const told = new Set<string>();
		const tell = (): void => {
			for (const code of conditions()) told.add(code);
		};
		till.listenStatus(tell);
		await shop.pass("the outcome", () => shop.outcomesOf(hit).length === 1);
		await shop.pass("what the cashier is told", () => conditions().join() === expected.codes.join());
		// Where the next receipt does not wait for it, the fault stands on: nothing wrong is told later either.
		const stands = shop.nowMs() + (expected.answer === null ? STANDS_MS : 0);
		await shop.pass("the end of the fault", () => shop.nowMs() >= stands);
		tell();
		const doubts = () => till.view().doubts.filter(({ what }) => what === "print");
		expect(doubts().map(({ number }) => number)).toEqual(expected.answer === null ? [] : [hit]);
		expect(till.status().warnings.includes("Doubt")).toBe(expected.answer !== null);
		expect(till.status().readiness?.sell.able).toBe(true);

		await printer.mend();
		await shop.pass("the next receipt", () => shop.outcomesOf(next).length === 1);
		await shop.pass("nothing the matter", () => conditions().length === 0);
		expect([...told].sort()).toEqual([...expected.codes].sort());
		const paper = papersOf(shop, hit, original);
		expect({ originals: paper.originals, copies: paper.copies }).toEqual({
			originals: expected.paper === "whole" ? 1 : 0,
			copies: 0,
		});
		for (const { jobId } of doubts()) {
			const remedy = expected.answer ?? "itCameOut";
			till.submit("operator", { type: "DoubtSettleRequested", jobId, remedy });
		}
		sold.push(shop.nowMs());
		const last = sell();
		await shop.pass("all papers", () => shop.finishedCount() === shop.started().length);

		const outcome = (receiptNumber: number) => shop.outcomesOf(receiptNumber).map((finished) => finished.outcome);
		expect([first, hit, next, last].map(outcome)).toEqual([
			["confirmed"],
			[expected.outcome],
			["confirmed"],
			["confirmed"],
		]);
		expect([expected.level, null]).toContain(shop.outcomesOf(hit)[0]?.confirmation);
		expect(shop.unrecorded).toEqual([]);
		for (const number of [first, next, last]) {
			expect(papersOf(shop, number, original)).toEqual({ originals: 1, copies: 0, others: [] });
		}
		const after = papersOf(shop, hit, original);
		expect([after.originals, after.copies]).toEqual(expected.paper === "whole" ? [1, 0] : [0, 1]);
		expect(doubts()).toEqual([]);
		// The solenoid rests between its pulses, and nothing else may have taken any time.
		await shop.pass("the drawer", () => shop.pulses().length === 4);
		const isLate = (pulsedAtMs: number) => sold.every((at) => pulsedAtMs < at || pulsedAtMs > at + PULSE_LATE_MS);
		expect(printer.pulsedAtMs.slice(1).filter(isLate)).toEqual([]);
		expect(till.status().readiness).toMatchObject({ print: { able: true }, takeCash: { able: true } });
	});

	it.each(LASTING)(
		"$fault that lasts: what waited is not printed late, the cashier knows, and has it printed",
		async ({ fault, codes }) => {
			const shop = await matrixTill(makeEnd, powerLoss);
			const { printer, till } = shop;
			const sell = (): number => {
				shop.scan();
				return shop.pay();
			};
			const first = sell();
			await shop.until("the first receipt", () => shop.outcomesOf(first).length === 1);
			await shop.pass("the solenoid's rest", () => shop.nowMs() >= REST_MS);
			const [original] = printer.roll.pieces;
			if (original === undefined) throw new Error("nothing came out");
			printer.failAt(2, fault);
			const hit = sell();
			await shop.until("the fault", () => printer.standing !== null);
			await shop.pass("the hit one's outcome", () => shop.outcomesOf(hit).length === 1);
			await shop.pass("the fault to be known", () => deviceCodes(shop).join() === codes.join());
			const pulses = printer.pulsedAtMs.length;
			const waited = sell();
			await shop.pass("the waiting one's outcome", () => shop.outcomesOf(waited).length === 1);
			expect(shop.outcomesOf(waited)).toMatchObject([{ outcome: "failed", confirmation: null }]);
			expect(shop.pulses().at(-1)?.outcome).toBe("expired");
			expect(till.view().notPrinted).toEqual([{ paper: "receipt", number: waited }]);
			expect(till.status().warnings).toContain("NotPrinted");

			await printer.mend();
			await shop.pass("nothing the matter", () => deviceCodes(shop).length === 0);
			till.submit("operator", { type: "CopyRequested", receiptNumber: waited });
			await shop.pass("the paper", () => shop.finishedCount() === shop.started().length);
			// Nothing of it had come out, so this is its original.
			expect(papersOf(shop, waited, original)).toEqual({ originals: 1, copies: 0, others: [] });
			expect(till.view().notPrinted).toEqual([]);
			expect(printer.pulsedAtMs).toHaveLength(pulses);
			expect(papersOf(shop, hit, original).originals).toBeLessThanOrEqual(1);
		},
	);
});
