import { describe, expect, it } from "vitest";
import type { Mapping } from "../../src/config/schema/relay-mapping.ts";
import { startMosquitto } from "../feed/mosquitto.ts";
import { headOffice } from "../support/head-office.ts";
import { until } from "../support/program.ts";
import { tempDir } from "../support/temp-dir.ts";
import { endsWithTest } from "./support/ends-with-test.ts";
import { BEER, DINNER, SODA, shopTill, TAKE_AWAY } from "./support/shop-till.ts";

/** Head office has not yet heard that the shop sells food to be taken away: no account, and no M3 code of its VAT. */
const withoutTakeAway = (mapping: Mapping): Mapping => {
	const { "take-away": _account, ...itemGroups } = mapping.itemGroups;
	const { "31": _code, ...vatCodes } = mapping.m3.vatCodes;
	return { ...mapping, itemGroups, m3: { ...mapping.m3, vatCodes } };
};

describe("head office has not mapped one item group", () => {
	it("that ticket waits in M3 and that Z in PowerOffice; everything else is booked, and the rest when it is mapped", async () => {
		const directory = tempDir();
		const broker = await endsWithTest(startMosquitto());
		const office = await headOffice(directory, broker.url);
		office.configure((config) => ({ ...config, mapping: withoutTakeAway(config.mapping) }));
		await office.startRelay();
		const shop = { directory, brokerUrl: broker.url };
		const [first, second] = [await shopTill({ ...shop, name: "1" }), await shopTill({ ...shop, name: "2" })];
		await first.openDay("2026-11-20");
		await second.openDay("2026-11-20");
		await first.sell([DINNER, BEER], "cash");
		await first.sell([TAKE_AWAY], "visa");
		await first.sell([SODA], "visa");
		await second.sell([BEER], "cash");
		await first.closeDay();
		await second.closeDay();
		await first.openDay("2026-11-21");
		await first.sell([BEER], "visa");
		await first.closeDay();

		// The other till's day, and this till's next day, do not wait.
		await office.expectBooked("1/2", "2/1");
		expect(await office.receiptsInM3("1")).toEqual([1, 3, 4]);
		expect(await office.receiptsInM3("2")).toEqual([1]);
		expect([...(await office.vouchers()).keys()].sort()).toEqual(["1/2", "2/1"]);
		const words = (await office.says("status")).out;
		expect(words).toMatch(/OSLO1\/1 +1 wait: RELAY-2104 .*31/);
		expect(words).toMatch(/take-away/);
		const waiting = (await office.reconciliations()).find(({ till, z }) => till === "1" && z === 1);
		expect(waiting).toMatchObject({ equal: false, evidence: { powerOffice: null } });

		await office.stopRelay();
		office.configure((config) => config);
		await office.startRelay();
		await office.expectBooked("1/1", "1/2", "2/1");
		expect(await office.receiptsInM3("1")).toEqual([1, 2, 3, 4]);
		expect((await office.vouchers()).get("1/1")).toEqual([
			["1901", "0", "225.00"],
			["1910", "0", "165.00"],
			["3000", "3", "-125.00"],
			["3001", "31", "-115.00"],
			["3002", "3", "-100.00"],
			["3003", "3", "-50.00"],
		]);
		await until("the alarms to end", async () => (await office.status()).alarms.length === 0);
	});
});
