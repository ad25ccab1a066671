import type { BenchTill } from "./bench-till.ts";

/** Items of each ticket. */
export const ITEMS = 5;

/** Sells tickets one after the other, each with {@link ITEMS} items and paid in cash, as long as `goesOn` says so. */
export const sellTickets = async (till: BenchTill, goesOn: (soldCount: number) => boolean): Promise<void> => {
	for (let ticket = 0; goesOn(ticket); ticket += 1) {
		for (let item = 0; item < ITEMS; item += 1) await till.scan();
		await till.pay();
		await till.settled();
	}
};
