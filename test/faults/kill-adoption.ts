import { cpSync, existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { STORE } from "../../scripts/shop/shop-data.ts";
import { verifyJournal } from "../../src/journal/sqlite/verify-journal.ts";
import type { TillView } from "../../src/till/view.ts";
import { until } from "../support/program.ts";
import { tempDir } from "../support/temp-dir.ts";
import { startBackOffice } from "./support/back-office.ts";
import { boxConfig } from "./support/box-config.ts";
import { brokerGate } from "./support/broker-gate.ts";
import { randomFrom } from "./support/cashier.ts";
import { openForBusiness } from "./support/kill-till.ts";
import { expectBooks, noSales, statusOf, untilAccepted } from "./support/sales.ts";
import { asked, startTillProcess } from "./support/till-process.ts";

/** The longest time between the first sign of an adoption on disk and the kill. */
const ADOPTION_MS = 25;

const foldersIn = (directory: string): string[] => readdirSync(directory).filter((name) => name.length >= 26);

/** Waits, looking without a pause, until something new is being made in a journal's directory. */
const untilAdopting = async (directory: string): Promise<void> => {
	const before = foldersIn(directory).length;
	const deadline = performance.now() + 10_000;
	while (foldersIn(directory).length === before) {
		if (performance.now() > deadline) throw new Error("no adoption began");
		await new Promise((resolve) => setImmediate(resolve));
	}
};

/** How often which journal was in force after a kill. */
export interface Ends {
	readonly old: number;
	readonly new: number;
}

/**
 * Puts an old copy of a till's journal back `rounds` times, sells two tickets on it while the broker is away, and kills the
 * till at a random moment of the adoption that follows. After each restart one journal is in force, every file is whole, and
 * at the end every ticket of every life is booked once.
 */
export const killAtAdoptions = async (rounds: number, seed: number): Promise<Ends> => {
	const directory = tempDir();
	const random = randomFrom(seed);
	const office = await startBackOffice(directory, { roundMs: 100 });
	const gate = await brokerGate(office.brokerUrl);
	const sales = noSales();
	const config = boxConfig(directory, gate.url, {});
	const [journal, copy] = [join(directory, "journal"), join(directory, "copy")];
	const first = await startTillProcess({ directory, config });
	await openForBusiness(first, directory);
	await sales.sell(first);
	await untilAccepted(first);
	await first.stop();
	cpSync(journal, copy, { recursive: true });
	const second = await startTillProcess({ directory, config });
	await sales.sell(second);
	await untilAccepted(second);
	const { journalId } = await statusOf(second);
	await second.stop();

	const ends = { old: 0, new: 0 };
	for (let round = 0; round < rounds; round += 1) {
		const where = `seed ${seed}, round ${round}`;
		rmSync(journal, { recursive: true });
		cpSync(copy, journal, { recursive: true });
		await gate.shut();
		const doomed = await startTillProcess({ directory, config });
		await sales.sellMany(doomed, 2);
		const adopting = untilAdopting(journal);
		await gate.open();
		await adopting;
		const killAt = performance.now() + random() * ADOPTION_MS;
		while (performance.now() < killAt) await new Promise((resolve) => setImmediate(resolve));
		await doomed.kill();
		await gate.shut();

		const till = await startTillProcess({ directory, config });
		const inForce = (await statusOf(till)).journalId;
		ends[inForce === journalId ? "old" : "new"] += 1;
		expect(
			readdirSync(journal).filter((name) => name.endsWith(".new")),
			where,
		).toEqual([]);
		expect(existsSync(join(journal, inForce)), where).toBe(true);
		await gate.open();
		await until(`a new journal, ${where}`, async () => (await statusOf(till)).journalId !== journalId);
		await until("the day", async () => {
			const view = (await asked(till, { command: "view" })) as TillView;
			// A kill between the new journal and its first day leaves the day to the cashier.
			if (view.day === null) await till.ask({ command: "dayOpen" });
			return view.day !== null;
		});
		await sales.sell(till);
		await asked(till, { command: "dayClose" });
		await untilAccepted(till);
		await till.stop();
		expect(verifyJournal(journal).findings, where).toEqual([]);
	}
	const { unclosedDays } = office.relay().status();
	for (const { z } of unclosedDays) office.relay().closeOrphanDay({ store: STORE, till: "1", z }, "Kari");
	await expectBooks(office, sales, { days: office.relay().status().tills[0]?.series.z ?? 0 });
	expect(office.relay().status().tills).toMatchObject([{ setAside: 0 }]);
	return ends;
};
