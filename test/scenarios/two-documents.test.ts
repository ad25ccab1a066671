import { describe, expect, it } from "vitest";
import { startMosquitto } from "../feed/mosquitto.ts";
import { headOffice } from "../support/head-office.ts";
import { paperPrinter } from "../support/paper-printer.ts";
import { tempDir } from "../support/temp-dir.ts";
import { endsWithTest } from "./support/ends-with-test.ts";
import { BEER, DINNER, ITEM_A, SODA, shopTill, TAKE_AWAY } from "./support/shop-till.ts";

describe("the two documents that the product was made from", () => {
	it("Infor's page on cash sales, and PowerOffice's Friday night, ticket by ticket", async () => {
		const directory = tempDir();
		const broker = await endsWithTest(startMosquitto());
		const office = await headOffice(directory, broker.url);
		await office.startRelay();
		const shop = { directory, brokerUrl: broker.url };
		const goods = await shopTill({
			...shop,
			name: "1",
			printer: await paperPrinter(),
			more: { seriesStart: { receipt: 123_456 } },
		});
		const restaurant = await shopTill({ ...shop, name: "2", printer: await paperPrinter() });
		await goods.openDay("2026-11-20");
		await restaurant.openDay("2026-11-20");

		// A customer buys Item A for 99.95, hands over a card for 500.00 and gets 400.00 back in notes.
		await goods.scan(ITEM_A);
		await goods.expectTotal("99.95");
		await goods.pay("mc", "500.00");
		await goods.expectChange("400.00");
		await goods.expectPaper(
			"Receipt No. 123456",
			"Item A 1 Pce 99.95",
			"Subtotal 99.95",
			"Rounding 0.05",
			"To pay 100.00",
			"Master Card 500.00",
			"Change back 400.00",
			"VAT 25% VAT 19.99",
		);

		// Two dinners for four are paid in cash.
		for (const receipt of [1, 2]) {
			await restaurant.scan(DINNER, "4");
			await restaurant.scan(BEER);
			await restaurant.scan(SODA, "2");
			await restaurant.expectTotal("700.00");
			await restaurant.pay("cash", "1000");
			await restaurant.expectChange("300.00");
			await restaurant.expectPaper(
				`Receipt No. ${receipt}`,
				"Dinner 4 Pce 500.00",
				"Beer 0.4 l 1 Pce 100.00",
				"Soda 0.3 l 2 Pce 100.00",
				"To pay 700.00",
				"Cash 1000.00",
				"Change back 300.00",
				"VAT 25% VAT 140.00",
			);
		}
		// One is paid with 100.00 in cash and the rest by card.
		await restaurant.scan(DINNER, "4");
		await restaurant.scan(BEER);
		await restaurant.scan(SODA, "2");
		await restaurant.pay("cash", "100");
		await restaurant.expectTotal("600.00");
		await restaurant.pay("visa");
		await restaurant.expectPaper("Receipt No. 3", "Cash 100.00", "Visa 600.00");
		// Food that is taken away has 15 %.
		await restaurant.scan(TAKE_AWAY);
		await restaurant.expectTotal("115.00");
		await restaurant.pay("visa");
		await restaurant.expectPaper("Receipt No. 4", "Take-away box 1 Pce 115.00", "Visa 115.00", "VAT 15% VAT 15.00");

		await goods.closeDay();
		await restaurant.closeDay();
		await restaurant.expectPaper(
			"Z report 1",
			"Business date 2026-11-20",
			"Total cash sales 2215.00",
			"Sales receipts 4",
			"Receipt numbers 1 - 4",
		);
		await goods.expectPaper("Z report 1", "Total cash sales 99.95", "Rounding 0.05");

		await office.expectBooked("1/1", "2/1");
		expect(await office.receiptsInM3("1")).toEqual([123_456]);
		expect(await office.receiptsInM3("2")).toEqual([1, 2, 3, 4]);
		const vouchers = await office.vouchers();
		expect(vouchers.get("1/1")).toEqual([
			["1901", "0", "-400.00"],
			["1902", "0", "500.00"],
			["3010", "3", "-99.95"],
			["7740", "0", "-0.05"],
		]);
		expect(vouchers.get("2/1")).toEqual([
			["1901", "0", "1500.00"],
			["1910", "0", "715.00"],
			["3000", "3", "-1500.00"],
			["3001", "31", "-115.00"],
			["3002", "3", "-300.00"],
			["3003", "3", "-300.00"],
		]);
	});
});
