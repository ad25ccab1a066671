import { describe, expect, it } from "vitest";
import { technicianAt } from "../cli/support/commander.ts";
import { serialFarEnd } from "../drivers/support/far-end.ts";
import { paperPrinter } from "../support/paper-printer.ts";
import { until } from "../support/program.ts";
import { tempDir } from "../support/temp-dir.ts";
import { BEER, DINNER, ITEM_A, SODA, shopTill } from "./support/shop-till.ts";

const NO_BROKER = "mqtt://127.0.0.1:1";

describe("the printer", () => {
	it("is off: cash is taken, the status says why there is no paper, and the paper comes when it is on", async () => {
		const printer = await paperPrinter();
		await printer.unplug();
		const till = await shopTill({ directory: tempDir(), brokerUrl: NO_BROKER, printer });
		await till.openDay("2026-11-20");
		await till.scan(BEER);
		await till.pay("cash", "500");
		await till.expectChange("400.00");
		const { readiness } = await till.status();
		expect(readiness).toMatchObject({
			sell: { able: true },
			print: { able: false, codes: ["POSPrinter.Offline"] },
			takeCash: { able: false, codes: ["CashDrawer.Offline"] },
		});
		expect(await till.statusWords()).toMatch(/print +no +POSPrinter\.Offline/);
		expect(await till.statusWords()).toMatch(/printer +POSPrinter +offline .*\n +job \S+ queued\n/);
		// The drawer is not opened once nobody stands before it any more.
		await until("the pulse to be given up", async () => {
			const { answer } = await technicianAt(till.socket).asks(
				"journal",
				"show",
				"--type",
				"DrawerOpenFinished",
				"--from",
				"1",
			);
			return JSON.stringify(answer).includes('"expired"');
		});
		await printer.plug();
		await till.expectPaper("Receipt No. 1", "Change back 400.00");
		expect(printer.pulseCount()).toBe(0);
		await till.sell([SODA], "cash");
		await till.expectPaper("Receipt No. 2");
		expect(printer.pulseCount()).toBe(1);
		expect((await till.status()).readiness).toMatchObject({ print: { able: true }, takeCash: { able: true } });
		expect((await till.view()).doubts).toEqual([]);
	});

	it("is unplugged in the middle of a receipt: selling goes on, the doubt is shown, and a copy settles it", async () => {
		const printer = await paperPrinter();
		const till = await shopTill({ directory: tempDir(), brokerUrl: NO_BROKER, printer });
		const technician = technicianAt(till.socket);
		await till.openDay("2026-11-20");
		await till.sell([BEER], "visa");
		await till.expectPaper("Receipt No. 1");
		printer.unplugInTheMiddle();
		await till.sell([DINNER], "visa");
		await until("the doubt", async () => (await till.view()).doubts.length === 1);
		expect((await till.view()).doubts).toMatchObject([{ what: "print", number: 2 }]);
		expect((await till.status()).warnings).toContain("Doubt");
		expect(await till.statusWords()).toMatch(/printer +POSPrinter .*\n +job \S+ unknown {2}\(.+\)\n/);
		const asked = (await technician.says("view")).out;
		expect(asked).toContain("? Receipt 2 may not have come out.");
		await till.sell([SODA], "visa");
		await printer.plug();
		await till.expectPaper("Receipt No. 3", "Visa 50.00");
		// What has begun is never printed again by itself.
		expect(printer.papers.filter((paper) => paper.includes("Visa 125.00"))).toEqual([]);
		// The answer that the question names prints the copy and settles it.
		const answer = /it is not: +tillctl (.*\S) {3}\(/.exec(asked)?.[1] ?? "";
		expect((await technician.says(...answer.split(" "))).code).toBe(0);
		await till.expectPaper("COPY", "Receipt No. 2", "Visa 125.00");
		await until("no doubt", async () => (await till.view()).doubts.length === 0);
		expect((await technician.says("receipt", "copy", "2")).err).toContain("TILL-0436");
		await till.closeDay();
		await till.expectPaper("Z report 1", "Total cash sales 275.00");
	});
});

describe("printer and drawer", () => {
	it("are pulled out and put back between sales: the status says it both times, and both work again by themselves", async () => {
		const printer = await paperPrinter();
		const till = await shopTill({ directory: tempDir(), brokerUrl: NO_BROKER, printer });
		await till.openDay("2026-11-20");
		const able = async (): Promise<boolean[]> => {
			const { readiness } = await till.status();
			return [readiness?.sell.able === true, readiness?.print.able === true, readiness?.takeCash.able === true];
		};
		await until("printer and drawer", async () => (await able()).join() === "true,true,true");
		for (const round of [1, 2]) {
			await printer.unplug();
			await until("both to be missed", async () => (await able()).join() === "true,false,false");
			expect((await technicianAt(till.socket).says("view")).out).toContain("! The receipt printer does not answer.");
			await printer.plug();
			await until("both again", async () => (await able()).join() === "true,true,true");
			await till.sell([SODA], "cash");
			await till.expectPaper(`Receipt No. ${round}`);
			expect(printer.pulseCount()).toBe(round);
		}
	});

	it("are out of paper: the cashier reads why neither paper nor drawer comes, and the paper comes with the new roll", async () => {
		const printer = await paperPrinter();
		const till = await shopTill({ directory: tempDir(), brokerUrl: NO_BROKER, printer });
		await till.openDay("2026-11-20");
		printer.set({ recEmpty: true });
		await until("the empty roll", async () => (await till.status()).readiness?.print.able === false);
		await till.sell([BEER], "cash");
		expect((await till.status()).readiness).toMatchObject({
			sell: { able: true },
			print: { codes: ["POSPrinter.RecEmpty"] },
			takeCash: { codes: ["CashDrawer.Error"] },
		});
		const { out } = await technicianAt(till.socket).says("view");
		expect(out).toContain("! The printer is out of paper. Put a new roll in");
		expect(out).toContain("open the drawer with its key meanwhile");
		printer.set({ recEmpty: false });
		await till.expectPaper("Receipt No. 1");
		await until("no condition", async () => (await till.view()).conditions.every((code) => !code.includes("Drawer")));
	});
});

describe("display and scanner", () => {
	it("are off, pulled out and put back: codes are typed meanwhile, and both work again by themselves", async () => {
		const display = await serialFarEnd();
		const scanner = await serialFarEnd();
		await display.unplug();
		const till = await shopTill({
			directory: tempDir(),
			brokerUrl: NO_BROKER,
			display: display.port,
			scanner: scanner.port,
		});
		await till.openDay("2026-11-20");
		const warnings = async (): Promise<string[]> =>
			(await till.status()).warnings.filter((code) => /^(Scanner|LineDisplay)\./.test(code));
		const lines = async (): Promise<number> => (await till.view()).ticket?.lines.length ?? 0;
		await until("the scanner", async () => (await warnings()).join() === "LineDisplay.Offline");

		scanner.send(Buffer.from(`${ITEM_A}\r\n`));
		await until("the scanned item", async () => (await lines()) === 1);
		await scanner.unplug();
		await until("the scanner to be missed", async () => (await warnings()).length === 2);
		expect(await warnings()).toEqual(["Scanner.Offline", "LineDisplay.Offline"]);
		expect(await till.statusWords()).toMatch(/warnings .*Scanner\.Offline/);
		await till.scan(BEER);
		await till.expectTotal("199.95");

		await scanner.plug();
		await display.plug();
		await until("both devices", async () => (await warnings()).length === 0);
		scanner.send(Buffer.from(`${SODA}\r\n`));
		await until("the scanned soda", async () => (await lines()) === 3);
		await until("the display to show it", () => display.received().includes("Soda 0.3 l"));
		await till.expectTotal("249.95");
		await till.pay("visa");
		await till.expectChange("0.00");
	});
});
