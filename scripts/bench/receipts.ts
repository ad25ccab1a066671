import iconv from "iconv-lite";
import { loadProfiles, PROFILE_DIRECTORY } from "../../src/devices/supervisor/load-profiles.ts";
import { type Finding, judged } from "./budget.ts";
import { median, spreadOf } from "./figures.ts";
import { BENCH_RECEIPT, OTHER_ENCODERS, ownEncoder, type ReceiptEncoder } from "./receipt-encoders.ts";

const ROUNDS = 9;

/** Milliseconds that an encoder gets at a time. */
const SLICE_MS = 20;

/** Receipts of each before anything counts. */
const WARM_UP_RECEIPTS = 500;

/** Epson's widest-spread model, with code page 865 at number 5. */
const PROFILE = "epson-tm-t88v";

/** The plan's budget against the bare library; against every other it is to be ahead. */
const LEAST_OF_BARE = 0.8;

/** Throws when a text of the receipt is not in the bytes, in order: a library that prints something else is not compared with. */
const mustHoldReceipt = ({ name, encode }: ReceiptEncoder): void => {
	const bytes = Buffer.from(encode());
	let at = 0;
	for (const text of BENCH_RECEIPT.flatMap(({ left, right }) => [left, right])) {
		const found = bytes.indexOf(iconv.encode(text, "cp865"), at);
		if (found < at) throw new Error(`${name} does not print "${text}" in its place`);
		at = found + text.length;
	}
};

/** Receipts a second over one slice. */
const slice = ({ encode }: ReceiptEncoder): { readonly receipts: number; readonly ms: number } => {
	const begunMs = performance.now();
	let receipts = 0;
	let ms = 0;
	while (ms < SLICE_MS) {
		encode();
		receipts += 1;
		ms = performance.now() - begunMs;
	}
	return { receipts, ms };
};

/** One round: receipts a second of each, all in turns, each for so long. */
const playRound = (encoders: readonly ReceiptEncoder[], forMs: number): number[] => {
	const done = encoders.map(() => ({ receipts: 0, ms: 0 }));
	for (let ms = 0; ms < forMs; ms += SLICE_MS) {
		encoders.forEach((encoder, index) => {
			const total = done[index];
			const more = slice(encoder);
			if (total === undefined) return;
			total.receipts += more.receipts;
			total.ms += more.ms;
		});
	}
	return done.map(({ receipts, ms }) => (receipts * 1_000) / ms);
};

/** Receipts encoded a second, beside four libraries, on the same receipt in one run. */
export const measureReceipts = (seconds: number, progress: (text: string) => void): Finding[] => {
	const profile = loadProfiles([PROFILE_DIRECTORY]).get(PROFILE);
	if (profile?.deviceClass !== "POSPrinter") throw new Error(`${PROFILE} is no printer profile`);
	const own = ownEncoder(profile);
	const encoders = [own, ...OTHER_ENCODERS];
	for (const encoder of encoders) {
		mustHoldReceipt(encoder);
		for (let count = 0; count < WARM_UP_RECEIPTS; count += 1) encoder.encode();
	}
	const rounds: number[][] = [];
	while (rounds.length < ROUNDS) {
		rounds.push(playRound(encoders, (seconds * 1_000) / ROUNDS / encoders.length));
		progress(`receipts: round ${rounds.length} of ${ROUNDS}`);
	}
	const ownRates = rounds.map(([rate = Number.NaN]) => rate);
	return OTHER_ENCODERS.map(({ name }, index) => {
		const rates = rounds.map((round) => round[index + 1] ?? Number.NaN);
		return judged({
			name: `receipts beside ${name}`,
			ratioOf: `receipts encoded a second / by ${name}`,
			ratio: spreadOf(ownRates.map((rate, round) => rate / (rates[round] ?? Number.NaN))),
			budget: { is: "at least", ratio: index === 0 ? LEAST_OF_BARE : 1 },
			figures: { receiptsPerSecond: median(ownRates), theirsPerSecond: median(rates) },
		});
	});
};
