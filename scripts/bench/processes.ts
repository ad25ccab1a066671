import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { startBenchTill } from "./bench-till.ts";
import { type Finding, judged } from "./budget.ts";
import { median, spreadOf } from "./figures.ts";
import { sellTickets } from "./sell-tickets.ts";

const RECORDS_SHORT = 1_000;
const RECORDS_LONG = 100_000;

const TICKETS_FEW = 1_000;
const TICKETS_MANY = 10_000;

const ROUNDS = 9;

/** A disk in memory: what is only prepared, or has nothing to do with the disk, need not wait for syncs. */
const SHARED_MEMORY = "/dev/shm";

/** The options and variables that the service gives to Node (systemd/tilld.service). */
const NODE_OPTIONS = ["--max-semi-space-size=4"];

/** Runs a child as the service is run: with its options and with Node's cache of the checked source. */
const childOf = async (cache: string, args: readonly string[]): Promise<number[]> => {
	const command = [...NODE_OPTIONS, join(import.meta.dirname, "child.ts"), ...args];
	const { stdout } = await promisify(execFile)(process.execPath, command, {
		env: { ...process.env, NODE_COMPILE_CACHE: cache, MALLOC_ARENA_MAX: "1" },
	});
	const answer: number[] = JSON.parse(stdout);
	return answer;
};

/** Makes a directory in memory where there is one, uses it, and removes it. */
const inFastDirectory = async <T>(directory: string, use: (fast: string) => Promise<T>): Promise<T> => {
	const fast = mkdtempSync(join(existsSync(SHARED_MEMORY) ? SHARED_MEMORY : directory, "tilld-bench-"));
	try {
		return await use(fast);
	} finally {
		rmSync(fast, { recursive: true, force: true });
	}
};

/** Sells until the journal holds so many records, and puts the till's files where they are to be measured. */
const prepared = (directory: string, recordCount: number): Promise<string> =>
	inFastDirectory(directory, async (fast) => {
		const till = await startBenchTill(fast);
		await sellTickets(till, () => till.running.journal().head().seq < recordCount);
		await till.stop();
		const place = join(directory, `records-${recordCount}`);
		cpSync(fast, place, { recursive: true });
		return place;
	});

/** A restart after few and after many records, in turns: from the start of the process to the first item on the display. */
export const measureRestart = async (directory: string, progress: (text: string) => void): Promise<Finding[]> => {
	progress(`restart: selling until the journal holds ${RECORDS_LONG} records`);
	const short = await prepared(directory, RECORDS_SHORT);
	const long = await prepared(directory, RECORDS_LONG);
	const cache = join(directory, "cache");
	const readyMs = async (place: string): Promise<number> => (await childOf(cache, ["ready", place]))[0] ?? Number.NaN;
	for (const place of [short, long]) await readyMs(place);
	const rounds: { readonly shortMs: number; readonly longMs: number }[] = [];
	while (rounds.length < ROUNDS) {
		rounds.push({ shortMs: await readyMs(short), longMs: await readyMs(long) });
		progress(`restart: round ${rounds.length} of ${ROUNDS}`);
	}
	return [
		judged({
			name: "restart after many records",
			ratioOf: `first item on the display after ${RECORDS_LONG} records / after ${RECORDS_SHORT}`,
			ratio: spreadOf(rounds.map(({ shortMs, longMs }) => longMs / shortMs)),
			budget: { is: "at most", ratio: 1.1 },
			figures: {
				shortMs: median(rounds.map((round) => round.shortMs)),
				longMs: median(rounds.map((round) => round.longMs)),
			},
		}),
	];
};

/** Memory after few and after many tickets of one process. */
export const measureMemory = (directory: string, progress: (text: string) => void): Promise<Finding[]> =>
	inFastDirectory(directory, async (fast) => {
		progress(`memory: selling ${TICKETS_MANY} tickets`);
		const cache = join(fast, "cache");
		await childOf(cache, ["memory", fast, "1"]);
		const counts = [TICKETS_FEW, TICKETS_MANY].map(String);
		const [few = Number.NaN, many = Number.NaN] = await childOf(cache, ["memory", fast, ...counts]);
		return [
			judged({
				name: "memory over many tickets",
				ratioOf: `resident after ${TICKETS_MANY} tickets / after ${TICKETS_FEW}`,
				ratio: spreadOf([many / few]),
				budget: { is: "at most", ratio: 1.1 },
				figures: { fewMb: few / 1_048_576, manyMb: many / 1_048_576 },
			}),
		];
	});
