import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { headOffice } from "../support/head-office.ts";
import { runProgram, until } from "../support/program.ts";
import { tempDir } from "../support/temp-dir.ts";
import { rememberingBroker } from "./support/remembering-broker.ts";
import { BEER, DINNER, SODA, shopTill } from "./support/shop-till.ts";

describe("the network is dead for good", () => {
	it("a file carried to head office books the day; when the network is back nothing is booked twice", async () => {
		const directory = tempDir();
		const broker = await rememberingBroker();
		const office = await headOffice(directory, broker.url);
		await office.startRelay();
		await until("the relay to listen", async () => (await office.status()).connected);
		await broker.stop();
		const till = await shopTill({ directory, brokerUrl: broker.url });
		await till.openDay("2026-11-20");
		await till.sell([DINNER, BEER], "cash");
		await till.sell([SODA], "visa");
		await till.closeDay();

		const stick = join(directory, "usb-stick.jsonl");
		const tillctl = await runProgram("src/cli/tillctl.ts", ["--socket", till.socket, "journal", "export", stick]);
		expect(tillctl).toMatchObject({ code: 0 });
		const relay = ["--config", office.configFile, "intake", stick];
		const taken = await runProgram("src/cli/till-relay.ts", relay);
		expect(taken).toMatchObject({ code: 0, stderr: "" });
		expect(taken.stdout).toMatch(/^OSLO1\/1: [0-9]+ stored; stored up to [0-9]+ /);
		const again = await runProgram("src/cli/till-relay.ts", relay);
		expect(again).toMatchObject({ code: 0, stderr: "" });
		expect(again.stdout).toMatch(/^OSLO1\/1: [0-9]+ repeat; stored up to [0-9]+ /);
		await office.expectBooked("1/1");
		const booked = await office.vouchers();
		expect(await office.receiptsInM3("1")).toEqual([1, 2]);
		// The till has heard nothing of it.
		expect((await till.status()).backlog).toBe((await till.status()).feedSeq);

		await till.openDay("2026-11-21");
		await till.sell([BEER], "visa");
		await broker.start();
		await till.sell([BEER, BEER], "visa");
		await till.closeDay();
		await till.expectDelivered();
		await office.expectBooked("1/1", "1/2");
		expect(await office.receiptsInM3("1")).toEqual([1, 2, 3, 4]);
		expect((await office.vouchers()).get("1/1")).toEqual(booked.get("1/1"));
		expect((await office.vouchers()).get("1/2")).toEqual([
			["1910", "0", "300.00"],
			["3002", "3", "-300.00"],
		]);
		const nothing = await runProgram("src/cli/tillctl.ts", ["--socket", till.socket, "journal", "export", stick]);
		expect(nothing).toMatchObject({ code: 1 });
		expect(nothing.stderr).toContain("TILL-0906");
	});
});
