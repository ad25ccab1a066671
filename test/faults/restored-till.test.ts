import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import mqtt from "mqtt";
import { describe, expect, it, onTestFinished } from "vitest";
import { STORE } from "../../scripts/shop/shop-data.ts";
import { downTopic, upTopic } from "../../src/feed/schema/topic.ts";
import { verifyJournal } from "../../src/journal/sqlite/verify-journal.ts";
import type { TillView } from "../../src/till/view.ts";
import { until } from "../support/program.ts";
import { tempDir } from "../support/temp-dir.ts";
import { startBackOffice } from "./support/back-office.ts";
import { boxConfig } from "./support/box-config.ts";
import { brokerGate } from "./support/broker-gate.ts";
import { openForBusiness } from "./support/kill-till.ts";
import { expectBooks, noSales, statusOf, untilAccepted } from "./support/sales.ts";
import { asked, startTillProcess, type TillProcess } from "./support/till-process.ts";

const TILL = { store: STORE, till: "1" };
const ALARMS = { orphan: "RELAY-1113", split: "RELAY-1114" } as const;

/** Business date of the copy's day: ten days back. */
const LONG_AGO = new Date(Date.now() - 10 * 86_400_000).toISOString().slice(0, 10);

const viewOf = async (till: TillProcess): Promise<TillView> => (await asked(till, { command: "view" })) as TillView;

/** Takes the relay's kept answer away from the broker; answers how many tickets were sent since. */
const takeAnswersAway = async (brokerUrl: string): Promise<() => number> => {
	const client = await mqtt.connectAsync(brokerUrl);
	onTestFinished(() => client.endAsync(true));
	let count = 0;
	client.on("message", () => {
		count += 1;
	});
	await client.publishAsync(downTopic(TILL, "accepted"), "", { qos: 1, retain: true });
	await client.subscribeAsync(upTopic(TILL, "ticket"), { qos: 1 });
	return () => count;
};

/** What is left of the days that were open in a journal that is not in force any more. */
interface Left {
	readonly state: keyof typeof ALARMS;
	readonly z: number;
	readonly ticketCount: number;
}

/**
 * Two tickets before the copy is made and two after it. `isOffline`: the broker is away when the copy is started; one more
 * ticket is sold before it comes back and one is open then. `isClosed`: between copy and restore the day was closed, and one ticket sold
 * on the next.
 */
const CASES: readonly { isOffline: boolean; isClosed: boolean; left: readonly Left[]; z: number }[] = [
	{ isOffline: false, isClosed: false, left: [{ state: "orphan", z: 1, ticketCount: 4 }], z: 2 },
	{ isOffline: false, isClosed: true, left: [{ state: "orphan", z: 2, ticketCount: 1 }], z: 3 },
	{ isOffline: true, isClosed: false, left: [{ state: "orphan", z: 1, ticketCount: 6 }], z: 2 },
	{
		isOffline: true,
		isClosed: true,
		left: [
			{ state: "split", z: 1, ticketCount: 6 },
			{ state: "orphan", z: 2, ticketCount: 1 },
		],
		z: 3,
	},
];

describe("a till whose journal was put back from an old copy", () => {
	it.each(CASES)(
		"goes on under a new journal, every ticket of both lives is booked once (offline: $isOffline, closed: $isClosed)",
		async ({ isOffline, isClosed, left, z }) => {
			const directory = tempDir();
			const office = await startBackOffice(directory, { roundMs: 100 });
			const sales = noSales();
			const gate = await brokerGate(office.brokerUrl);
			const config = boxConfig(directory, gate.url, {});
			const journal = join(directory, "journal");
			const start = (): Promise<TillProcess> => startTillProcess({ directory, config });

			const first = await start();
			await asked(first, { command: "dayOpen", businessDate: LONG_AGO });
			await openForBusiness(first, directory);
			await sales.sellMany(first, 2);
			await untilAccepted(first);
			await first.stop();
			cpSync(journal, join(directory, "copy"), { recursive: true });

			const second = await start();
			await sales.sellMany(second, 2);
			if (isClosed) {
				await asked(second, { command: "dayClose" });
				await asked(second, { command: "dayOpen" });
				await sales.sell(second);
			}
			await untilAccepted(second);
			const { journalId } = await statusOf(second);
			await second.stop();
			rmSync(journal, { recursive: true });
			cpSync(join(directory, "copy"), journal, { recursive: true });

			if (isOffline) await gate.shut();
			const third = await start();
			if (isOffline) {
				// Nobody can tell the till: it gives the copy's next numbers again, on paper too.
				const repeated = [await sales.sell(third)];
				const pay = await sales.begin(third);
				// The relay is silent at first, and finds the fork's messages waiting at the broker.
				await office.stopRelay();
				const heard = await takeAnswersAway(office.brokerUrl);
				await gate.open();
				await until("the fork to be sent", () => heard() === 1);
				await office.startRelay();
				await until("the fork to be noticed", () => office.relay().status().tills[0]?.journals[0]?.fork !== null);
				// Told by now or not: the ticket that is open is finished on the journal that it was begun on.
				repeated.push(await pay());
				expect(repeated.map((sale) => sale.receiptNumber)).toEqual([3, 4]);
			}
			await until("a new journal", async () => (await statusOf(third)).journalId !== journalId);
			await until("the day to be open again", async () => (await viewOf(third)).day?.z === z);
			expect((await viewOf(third)).day?.businessDate).not.toBe(LONG_AGO);
			const highest = Math.max(...sales.all.map((sale) => sale.receiptNumber));
			const later = await sales.sellMany(third, 2);
			expect(later.map((sale) => sale.receiptNumber)).toEqual([highest + 1, highest + 2]);
			await asked(third, { command: "dayClose" });
			await untilAccepted(third);

			const status = office.relay().status();
			expect(status.tills).toMatchObject([{ setAside: 0, series: { receipt: highest + 2, z } }]);
			expect(status.unclosedDays).toMatchObject(left);
			expect(status.alarms.map(({ code, subject }) => `${code} ${subject}`)).toEqual(
				left.map((day) => `${ALARMS[day.state]} ${STORE}/1 Z ${day.z}`).toSorted(),
			);
			const resolutions = office.relay().ledger.statement("SELECT resolution FROM set_aside").all();
			if (isOffline) expect(resolutions.length).toBeGreaterThan(0);

			for (const day of left) office.relay().closeOrphanDay({ ...TILL, z: day.z }, "Kari");
			await expectBooks(office, sales, { days: z });
			expect(office.relay().status().alarms).toEqual([]);
			const rows = office.relay().reconciliations();
			expect(rows.filter((row) => row.gross.journal === null).map((row) => row.z)).toEqual(
				left.map((day) => day.z).toReversed(),
			);
			expect(rows.find((row) => row.z === z)).toMatchObject({ equal: true, findings: [] });
			expect(verifyJournal(journal).findings).toEqual([]);
			await third.stop();
		},
	);
});
