import { cpSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import mqtt from "mqtt";
import { describe, expect, it } from "vitest";
import { STORE } from "../../scripts/shop/shop-data.ts";
import { upTopic } from "../../src/feed/schema/topic.ts";
import { until } from "../support/program.ts";
import { tempDir } from "../support/temp-dir.ts";
import { type BackOffice, startBackOffice } from "./support/back-office.ts";
import { boxConfig } from "./support/box-config.ts";
import { brokerGate } from "./support/broker-gate.ts";
import { openForBusiness } from "./support/kill-till.ts";
import { expectBooks, noSales, statusOf, untilAccepted } from "./support/sales.ts";
import { asked, startTillProcess } from "./support/till-process.ts";

const TILL = { store: STORE, till: "1" };
const DAY = { ...TILL, z: 1 };

const alarmsOf = (office: BackOffice): string[] =>
	office
		.relay()
		.status()
		.alarms.map(({ code, subject }) => `${code} ${subject}`)
		.toSorted();

/** What a technician types into the new box: the numbers behind those that the relay has seen of this till. */
const seriesStartOf = (office: BackOffice) => {
	const { receipt = 0, z = 0 } = office.relay().status().tills[0]?.series ?? {};
	return { receipt: receipt + 1, z: z + 1 };
};

/** Box 1 sells two tickets that are accepted and two that never leave it, and dies; box 2 takes its place and sells two. */
const swapBoxes = async () => {
	const directory = tempDir();
	const office = await startBackOffice(directory, { roundMs: 100 });
	const gate = await brokerGate(office.brokerUrl);
	const sales = noSales();
	const [dead, lost] = [noSales(101), join(directory, "box-1")];
	mkdirSync(lost);
	const config = boxConfig(lost, gate.url, {});
	const box1 = await startTillProcess({ directory: lost, config });
	await openForBusiness(box1, lost);
	await sales.sellMany(box1, 2);
	await untilAccepted(box1);
	await gate.shut();
	await dead.sellMany(box1, 2);
	const { journalId, feedSeq } = await statusOf(box1);
	await box1.kill();
	const disk = join(directory, "disk");
	cpSync(lost, disk, { recursive: true });
	rmSync(lost, { recursive: true });

	const place = join(directory, "box-2");
	mkdirSync(place);
	const more = { seriesStart: seriesStartOf(office) };
	const box2 = await startTillProcess({ directory: place, config: boxConfig(place, office.brokerUrl, {}, more) });
	await openForBusiness(box2, place);
	const sold = await sales.sellMany(box2, 2);
	await untilAccepted(box2);
	expect(sold.map((sale) => sale.receiptNumber)).toEqual([3, 4]);
	expect(alarmsOf(office)).toEqual([`RELAY-1113 ${STORE}/1 Z 1`]);
	return { office, sales, dead, box2, gate, disk, journalId, feedSeq };
};

describe("a box in the place of one that died", () => {
	it("sells on behind its numbers; what was accepted of the dead one is booked when a person closes its day", async () => {
		const { office, sales, box2, journalId } = await swapBoxes();
		// The dead box told nothing of what it had not sent: that cannot be known, and the relay does not say that nothing is missing.
		expect(office.relay().status().unclosedDays).toMatchObject([
			{ ...DAY, state: "orphan", ticketCount: 2, journals: [{ journalId, missing: [], ahead: 0, setAside: 0 }] },
		]);
		office.relay().closeOrphanDay(DAY, "Kari");
		await asked(box2, { command: "dayClose" });
		await expectBooks(office, sales, { days: 2 });
		expect(alarmsOf(office)).toEqual([]);
		await box2.stop();
	});

	it("is told apart from it when it comes back: both are booked, and the day is closed again, whole", async () => {
		const { office, sales, dead, box2, gate, disk, journalId, feedSeq } = await swapBoxes();
		// The last that the broker was told by box 1: two tickets more than the relay ever got.
		const client = await mqtt.connectAsync(office.brokerUrl);
		const told = { ...(await statusOf(box2)), journalId, feedSeq, backlog: 2, atUtcMs: 1 };
		await client.publishAsync(upTopic(TILL, "status"), JSON.stringify(told), { qos: 1 });
		await client.endAsync();
		const missing = [{ from: feedSeq - 1, to: feedSeq }];
		await until("the claim", () => office.relay().status().unclosedDays[0]?.journals[0]?.missing.length === 1);
		expect(office.relay().status().unclosedDays).toMatchObject([{ ...DAY, journals: [{ journalId, missing }] }]);
		expect(() => office.relay().closeOrphanDay(DAY, "Kari")).toThrow(/RELAY-1118/);
		office.relay().closeOrphanDay(DAY, "Kari", { acceptMissing: true });
		await asked(box2, { command: "dayClose" });
		await expectBooks(office, sales, { days: 2 });
		expect(
			office
				.relay()
				.reconciliations()
				.find((row) => row.z === 1)?.findings,
		).toMatchObject([
			{ code: "RELAY-4008", detail: expect.stringContaining(`messages ${feedSeq - 1} to ${feedSeq} of ${journalId}`) },
		]);

		await gate.open();
		const back = await startTillProcess({ directory: disk, config: boxConfig(disk, gate.url, {}) });
		await untilAccepted(back);
		sales.all.push(...dead.all);
		await asked(back, { command: "dayClose" });
		await untilAccepted(back);
		expect(alarmsOf(office).map((alarm) => alarm.slice(0, 10))).toEqual(["RELAY-1109", "RELAY-1114", "RELAY-1115"]);
		office.relay().closeOrphanDay(DAY, "Kari");
		await expectBooks(office, sales, { days: 2 });
		await Promise.all([back.stop(), box2.stop()]);
	});
});
