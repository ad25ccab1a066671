import { messageOf } from "../../src/runtime/contract/fault.ts";
import type { Logger } from "../../src/runtime/contract/logger.ts";
import { M3Books } from "../shop/books.ts";
import { type Shop, type ShopPlan, type ShopTill, startShop } from "../shop/shop.ts";
import { collect, readBalances } from "./collect.ts";
import { differencesOf } from "./expected.ts";
import { FIRST_RECEIPT, playCashSale, playFridayNight } from "./play.ts";
import { printResult } from "./print.ts";
import type { DemoResult } from "./result.ts";

/** The demo gives up when the books are not complete by then. */
const PATIENCE_MS = 120_000;

const POLL_MS = 20;

const tillOf = (shop: Shop, till: string): ShopTill => {
	const found = shop.tills.get(till);
	if (found === undefined) throw new Error(`till ${till} did not start`);
	return found;
};

/** Waits until something holds; says what it waited for when it never does. */
const until = async (what: string, holds: () => boolean): Promise<void> => {
	const deadline = performance.now() + PATIENCE_MS;
	while (!holds()) {
		if (performance.now() > deadline) throw new Error(`waited ${PATIENCE_MS / 1000} s for ${what}`);
		await new Promise((resolve) => setTimeout(resolve, POLL_MS));
	}
};

const requestDay = (till: ShopTill, type: "DayOpenRequested" | "DayCloseRequested"): void => {
	const body = type === "DayOpenRequested" ? ({ type, businessDate: null } as const) : ({ type } as const);
	const { refusal } = till.running.submit("operator", body);
	if (refusal !== undefined) throw new Error(`${type}: ${refusal.code}`);
};

/** What a test changes about the day. */
export interface DemoOptions {
	/** Head office's settings, changed. */
	readonly relay?: ShopPlan["relay"];
}

/** Plays the store day and reads what became of it. */
export const runDemo = async (directory: string, logger: Logger, options: DemoOptions = {}): Promise<DemoResult> => {
	const papers = new Map<string, string[][]>([
		["1", []],
		["2", []],
	]);
	console.log("Opening a shop: both sandboxes, a broker, the relay, tills 1 and 2 ...");
	const shop = await startShop({
		directory,
		tills: [{ till: "1", receiptStart: FIRST_RECEIPT }, { till: "2" }],
		logger,
		...options,
		events: (till) => ({
			onPaper: (_printer, lines) => papers.get(till)?.push([...lines]),
			onViolation: (device, detail) => {
				throw new Error(`${device} of till ${till} got an unknown command: ${detail}`);
			},
		}),
	});
	try {
		const m3 = new M3Books(shop.m3);
		const before = await readBalances(m3);
		const tills = [tillOf(shop, "1"), tillOf(shop, "2")] as const;
		for (const till of tills) {
			await till.running.importCatalog(shop.catalogFile, undefined, () => undefined);
			requestDay(till, "DayOpenRequested");
		}
		const businessDate = tills[0].running.view().day?.businessDate ?? "";
		console.log(`Business date ${businessDate}. Till 1 sells Item A; till 2 has a Friday night of 35 guests ...`);
		const paperOut = (till: string) => {
			let count = 0;
			return (): Promise<void> => {
				count += 1;
				return until(`paper ${count} of till ${till}`, () => (papers.get(till)?.length ?? 0) >= count);
			};
		};
		await playCashSale(tills[0], paperOut("1"));
		await playFridayNight(tills[1], paperOut("2"));
		for (const till of tills) requestDay(till, "DayCloseRequested");
		console.log(
			"Both days are closed. The relay takes the feed, books every ticket in M3 and one voucher a till in PowerOffice Go ...",
		);
		await until("the relay to take every message", () => tills.every((till) => till.running.status().backlog === 0));
		// What is not booked in time is a difference; what is there is read and shown all the same.
		const late = await until("both days to be booked", () => {
			const rows = shop.relay.reconciliations();
			return (
				rows.length === 2 && rows.every((row) => row.evidence.m3 === "booked" && row.evidence.powerOffice === "booked")
			);
		}).then(
			() => [],
			(thrown: unknown) => [messageOf(thrown)],
		);
		console.log("The M3 administrator runs OPS280 ...");
		await m3.runOps280();
		await until("the Z papers", () => [...papers.values()].flat().length >= 38);
		const collected = await collect(shop, m3, before, papers, businessDate);
		const differences = [...late, ...differencesOf(collected)];
		const result: DemoResult = { ok: differences.length === 0, differences, ...collected };
		printResult(
			result,
			[...papers.values()].flat().filter((lines) => lines.some((line) => line.startsWith("Z report"))),
		);
		return result;
	} finally {
		await shop.stop();
	}
};
