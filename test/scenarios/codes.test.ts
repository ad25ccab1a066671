import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { technicianAt } from "../cli/support/commander.ts";
import { serialFarEnd } from "../drivers/support/far-end.ts";
import { paperPrinter } from "../support/paper-printer.ts";
import { until } from "../support/program.ts";
import { tempDir } from "../support/temp-dir.ts";
import { ITEM_A, shopTill } from "./support/shop-till.ts";

/** Cheese by weight, ham by price, each under its code without a value; milk with a Digital Link on the pack. */
const CATALOG = `item_id,description,item_group,price,vat_code,unit,unit_text,unit_decimals,codes
MILK,Milk,goods,25.90,31,Pcs,pce,0,${ITEM_A}
CHEESE,Cheese,goods,189.90,31,KG,kg,3,2312345600004
HAM,Ham,goods,249.00,31,KG,kg,3,2677777000007
`;

const IN_STORE = {
	national: ["sweden"],
	own: [{ name: "chain", layout: "26IIIIIVVVVVC", value: "price", decimals: 2 }],
};

describe("a shop with labels of its own and 2D codes", () => {
	it("sells packs by weight and price to the øre and by their 2D code, and none that is expired or recalled", async () => {
		const printer = await paperPrinter();
		const scanner = await serialFarEnd();
		const till = await shopTill({
			directory: tempDir(),
			brokerUrl: "mqtt://127.0.0.1:1",
			printer,
			scanner: scanner.port,
			more: { inStoreCodes: IN_STORE },
		});
		const technician = technicianAt(till.socket);
		await till.importCatalog(CATALOG);
		await till.openDay("2026-11-20");
		await until("the scanner", async () => !(await till.status()).warnings.includes("Scanner.Offline"));
		const lines = async (): Promise<string[]> =>
			((await till.view()).ticket?.lines ?? []).map(
				({ description, quantity, gross }) => `${description} ${quantity} ${gross}`,
			);
		const read = (...codes: readonly string[]): void =>
			scanner.send(Buffer.from(codes.map((code) => `${code}\r\n`).join("")));

		read("2312345603852");
		await until("the cheese", async () => (await lines()).length === 1);
		read("2677777073193");
		await until("the ham", async () => (await lines()).length === 2);
		const nextYear = ((new Date().getUTCFullYear() + 1) % 100).toString().padStart(2, "0");
		read(`https://id.gs1.org/01/0${ITEM_A}/10/A1?17=${nextYear}1231`);
		await until("the milk", async () => (await lines()).length === 3);
		const expired = `https://id.gs1.org/01/0${ITEM_A}/10/A1?17=200101`;
		await till.refuses({ command: "scan", code: expired }, "TILL-0428");
		expect(await lines()).toEqual(["Cheese 0.385 73.11", "Ham 0.294 73.19", "Milk 1 25.90"]);

		const recalls = join(till.directory, "recalls.csv");
		writeFileSync(recalls, `code,batch,reason\n${ITEM_A},A1,glass\n`);
		expect((await technician.says("catalog", "recall", recalls)).code).toBe(0);
		const said = await technician.says("scan", `https://id.gs1.org/01/0${ITEM_A}/10/a1`);
		expect(said.code).toBe(3);
		expect(said.err).toMatch(/^TILL-0429 .*batch A1, reason glass/);
		await till.kill();
		await till.start();
		await till.refuses({ command: "scan", code: `https://id.gs1.org/01/0${ITEM_A}/10/A1` }, "TILL-0429");
		const card = await technician.says("scan", "4111111111111111");
		expect(card.err).toMatch(/^TILL-0432 .*length 16/);
		expect(`${card.out}${card.err}`).not.toContain("1111");

		await till.pay("visa");
		await till.expectPaper(
			"Cheese 0.385 kg 73.11",
			"Ham 0.294 kg 73.19",
			"Milk 1 pce 25.90",
			"Subtotal 172.20",
			"Visa 172.20",
		);
	});
});
