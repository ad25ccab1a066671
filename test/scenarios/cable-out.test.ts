import { describe, expect, it } from "vitest";
import { verifyJournal } from "../../src/journal/sqlite/verify-journal.ts";
import { headOffice } from "../support/head-office.ts";
import { paperPrinter } from "../support/paper-printer.ts";
import { until } from "../support/program.ts";
import { tempDir } from "../support/temp-dir.ts";
import { feedObserver } from "./support/feed-observer.ts";
import { rememberingBroker } from "./support/remembering-broker.ts";
import { BEER, DINNER, ITEM_A, SODA, shopTill, TAKE_AWAY } from "./support/shop-till.ts";

describe("the network cable is out before the shop opens", () => {
	it("two days are sold and closed with their Z; plugged in again, everything leaves in order and is booked once", async () => {
		const directory = tempDir();
		const broker = await rememberingBroker();
		const observer = await feedObserver(broker.url);
		const office = await headOffice(directory, broker.url);
		await office.startRelay();
		await until("the relay to listen", async () => (await office.status()).connected);
		await broker.stop();

		const till = await shopTill({ directory, brokerUrl: broker.url, printer: await paperPrinter() });
		await till.openDay("2026-11-20");
		for (const tender of ["cash", "visa", "cash"]) await till.sell([DINNER, BEER], tender);
		await till.sell([ITEM_A], "cash");
		await till.expectChange("0.00");
		await till.closeDay();
		await till.expectPaper("Z report 1", "Business date 2026-11-20", "Total cash sales 774.95", "Sales receipts 4");
		// The box is switched off over night, still without a network.
		await till.stop();
		await till.start();
		await till.openDay("2026-11-21");
		await till.sell([TAKE_AWAY, SODA], "visa");
		await till.closeDay();
		await till.expectPaper("Z report 2", "Business date 2026-11-21", "Receipt numbers 5 - 5");

		const before = await till.status();
		expect(before.warnings).toContain("Feed.Offline");
		expect(before.backlog).toBe(before.feedSeq);
		expect(await till.statusWords()).toMatch(/relay +has not answered yet/);
		expect((await office.status()).tills).toEqual([]);
		expect(verifyJournal(`${till.directory}/journal`).findings).toEqual([]);

		await broker.start();
		await till.expectDelivered();
		const { feedSeq } = await till.status();
		const all = Array.from({ length: feedSeq ?? 0 }, (_, index) => index + 1);
		await until("head office to hear everything", () => observer.feedSeqsOf("1").length === all.length);
		expect(observer.feedSeqsOf("1")).toEqual(all);
		await office.expectBooked("1/1", "1/2");
		expect(await office.receiptsInM3("1")).toEqual([1, 2, 3, 4, 5]);
		expect((await office.vouchers()).get("1/2")).toEqual([
			["1910", "0", "165.00"],
			["3001", "31", "-115.00"],
			["3003", "3", "-50.00"],
		]);
		await until("the status", async () => !(await till.status()).warnings.includes("Feed.Offline"));
	});
});
