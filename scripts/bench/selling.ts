import { readFileSync } from "node:fs";
import { AppendSync } from "./append-sync.ts";
import { type BenchTill, startBenchTill, type Took } from "./bench-till.ts";
import { type Finding, judged } from "./budget.ts";
import { median, quantile, spreadOf } from "./figures.ts";
import { ITEMS } from "./sell-tickets.ts";

/** Rounds whose ratios are compared; each stands for itself, so that one bad second spoils one of them. */
const ROUNDS = 9;

/** Tickets before anything counts, or part of the time on a slow disk: a till in a shop has run for days. */
const WARM_UP_TICKETS = 1_000;
const WARM_UP_SHARE = 0.2;

/** Tickets of a round, however slow the disk is: below, a p99 is only the worst one. */
const TICKETS_MIN = 20;

/** Milliseconds of everything that a round did, in order. */
interface Round {
	readonly appends: number[];
	readonly overwrites: number[];
	readonly scans: number[];
	readonly pays: number[];
	/** All scans of the round with what lies between them; the rate is made of it. */
	scanningMs: number;
}

const tookMs = ({ begunMs, endedMs }: Took): number => endedMs - begunMs;

const totalOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

/** Bytes that this process has handed to the system to write so far (proc(5), /proc/PID/io). */
const writtenBytes = (): number => Number(/^wchar: (\d+)$/m.exec(readFileSync("/proc/self/io", "utf8"))?.[1]);

/** What a scan's transaction usually writes: the median leaves out the few that begin a page or empty the log. */
const warmUp = async (till: BenchTill, forMs: number): Promise<number> => {
	const bytes: number[] = [];
	const endMs = performance.now() + forMs;
	for (let ticket = 0; ticket < TICKETS_MIN || (ticket < WARM_UP_TICKETS && performance.now() < endMs); ticket += 1) {
		for (let item = 0; item < ITEMS; item += 1) {
			const before = writtenBytes();
			await till.scan();
			bytes.push(writtenBytes() - before);
		}
		await till.pay();
		await till.settled();
	}
	return median(bytes);
};

/**
 * The three budgets of the selling path, measured together: the disk's syncs and the till's scans take turns one by
 * one, so that whatever else the machine does meets both.
 */
export const measureSelling = async (
	directory: string,
	seconds: number,
	progress: (text: string) => void,
): Promise<Finding[]> => {
	const till = await startBenchTill(directory);
	const disk: AppendSync[] = [];
	try {
		progress("selling: warming up");
		const byteCount = await warmUp(till, seconds * 1_000 * WARM_UP_SHARE);
		const append = new AppendSync(directory, byteCount, "append");
		disk.push(append);
		const overwrite = new AppendSync(directory, byteCount, "overwrite");
		disk.push(overwrite);
		const rounds: Round[] = [];
		while (rounds.length < ROUNDS) {
			append.shrink();
			rounds.push(await playRound(till, append, overwrite, (seconds * 1_000 * (1 - WARM_UP_SHARE)) / ROUNDS));
			progress(`selling: round ${rounds.length} of ${ROUNDS}`);
		}
		return findingsOf(rounds, byteCount);
	} finally {
		for (const part of disk) part.close();
		await till.stop();
	}
};

const playRound = async (till: BenchTill, append: AppendSync, overwrite: AppendSync, forMs: number): Promise<Round> => {
	const round: Round = { appends: [], overwrites: [], scans: [], pays: [], scanningMs: 0 };
	const scan = async (): Promise<void> => {
		const begunMs = performance.now();
		round.scans.push(tookMs(await till.scan()));
		round.scanningMs += performance.now() - begunMs;
	};
	const endMs = performance.now() + forMs;
	for (let ticket = 0; ticket < TICKETS_MIN || performance.now() < endMs; ticket += 1) {
		for (let item = 0; item < ITEMS; item += 1) {
			// Whoever comes second finds the disk as the first one left it: they change places.
			if (ticket % 2 === 0) await scan();
			round.appends.push(...append.run(1));
			if (ticket % 2 === 1) await scan();
		}
		round.pays.push(tookMs(await till.pay()));
		await till.settled();
		round.overwrites.push(...overwrite.run(ITEMS));
	}
	return round;
};

const perSecond = (count: number, ms: number): number => (count * 1_000) / ms;

const findingsOf = (rounds: readonly Round[], byteCount: number): Finding[] => {
	const p99Of = (pick: (round: Round) => readonly number[]): number[] =>
		rounds.map((round) => quantile(pick(round), 0.99));
	const syncP99 = p99Of((round) => round.appends);
	const latency = (name: string, ratioOf: string, ratioMax: number, pick: (round: Round) => readonly number[]) => {
		const p99 = p99Of(pick);
		return judged({
			name,
			ratioOf,
			ratio: spreadOf(p99.map((value, index) => value / (syncP99[index] ?? Number.NaN))),
			budget: { is: "at most", ratio: ratioMax },
			figures: {
				p50Ms: median(rounds.flatMap(pick)),
				p99Ms: median(p99),
				syncP50Ms: median(rounds.flatMap((round) => round.appends)),
				syncP99Ms: median(syncP99),
				samples: rounds.flatMap(pick).length,
			},
		});
	};
	const scanRates = rounds.map((round) => perSecond(round.scans.length, round.scanningMs));
	const rateOf = (pick: (round: Round) => readonly number[]): number[] =>
		rounds.map((round) => perSecond(pick(round).length, totalOf(pick(round))));
	const appendRates = rateOf((round) => round.appends);
	const overwriteRates = rateOf((round) => round.overwrites);
	const ratioTo = (rates: readonly number[]): number[] =>
		scanRates.map((rate, index) => rate / (rates[index] ?? Number.NaN));
	return [
		judged({
			name: "scan -> durable record, whole path",
			ratioOf: "scans a second / appends with fsync a second",
			ratio: spreadOf(ratioTo(appendRates)),
			budget: { is: "at least", ratio: 0.85 },
			figures: {
				scansPerSecond: median(scanRates),
				appendsPerSecond: median(appendRates),
				overwritesPerSecond: median(overwriteRates),
				ratioToOverwrites: median(ratioTo(overwriteRates)),
				appendBytes: byteCount,
				samples: rounds.flatMap((round) => round.scans).length,
			},
		}),
		latency("scan -> display bytes", "p99 of scans / p99 of appends with fsync", 1.5, (round) => round.scans),
		latency(
			"last tender -> drawer pulse bytes",
			"p99 of tenders / p99 of appends with fsync",
			2,
			(round) => round.pays,
		),
	];
};
