import { describe, it } from "vitest";
import { paperPrinter } from "../support/paper-printer.ts";
import { tempDir } from "../support/temp-dir.ts";
import { BEER, catalogWith, SODA, shopTill } from "./support/shop-till.ts";

describe("new prices come while a ticket is open", () => {
	it("the open ticket keeps its prices, the next one has the new; those of a later day wait", async () => {
		const till = await shopTill({
			directory: tempDir(),
			brokerUrl: "mqtt://127.0.0.1:1",
			printer: await paperPrinter(),
		});
		await till.openDay("2026-11-20");
		await till.scan(BEER);
		await till.importCatalog(catalogWith({ BEER: "80.00", SODA: "40.00" }));
		await till.importCatalog(catalogWith({ BEER: "1.00", SODA: "1.00" }), Date.UTC(2099, 0, 1));
		await till.scan(BEER);
		await till.scan(SODA);
		await till.expectTotal("250.00");
		// A power cut in between changes nothing of that.
		await till.kill();
		await till.start();
		await till.scan(SODA);
		await till.expectTotal("300.00");
		await till.pay("cash");
		await till.expectPaper("Receipt No. 1", "Beer 0.4 l 1 Pce 100.00", "Soda 0.3 l 1 Pce 50.00", "To pay 300.00");
		await till.scan(BEER);
		await till.scan(SODA);
		await till.expectTotal("120.00");
		await till.pay("cash");
		await till.expectPaper("Receipt No. 2", "Beer 0.4 l 1 Pce 80.00", "Soda 0.3 l 1 Pce 40.00", "To pay 120.00");
	});
});
