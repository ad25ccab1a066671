import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { tillctl } from "../../src/cli/tillctl/program.ts";
import { portText } from "../../src/devices/provisioning/port-text.ts";
import { collecting, type Told } from "../cli/support/commander.ts";
import { serialFarEnd } from "../drivers/support/far-end.ts";
import { boxConfig, catalogFile } from "../faults/support/box-config.ts";
import { startTillProcess } from "../faults/support/till-process.ts";
import { paperPrinter } from "../support/paper-printer.ts";
import { until } from "../support/program.ts";
import { tempDir } from "../support/temp-dir.ts";
import { ITEM_A, SODA } from "./support/shop-till.ts";

it("a new box: its devices are found, added and tried by commands alone, and then it sells", async () => {
	const directory = tempDir();
	const printer = await paperPrinter();
	const scanner = await serialFarEnd();
	const display = await serialFarEnd();
	const file = join(directory, "new-box.yaml");
	const bare = boxConfig(directory, "mqtt://127.0.0.1:1", {});
	writeFileSync(file, `# a new box\n${stringify(bare)}`);

	/** A command that must succeed; the person at the terminal sees everything as it should be. */
	const technician = async (...args: readonly string[]): Promise<string> => {
		const told: Told = await collecting((streams) =>
			tillctl(["--socket", bare.controlSocket, ...args], { ...streams, answer: () => Promise.resolve("y") }),
		);
		if (told.code !== 0) throw new Error(`tillctl ${args.join(" ")}: ${told.code}\n${told.out}${told.err}`);
		return told.out;
	};
	const device = (...args: readonly string[]): Promise<string> => technician("device", ...args, "--config", file);
	const address = portText(printer.port);

	// Found on the network, and asked who it is.
	expect(await device("detect", "--host", address)).toContain(`tillctl device probe ${address}`);
	expect(await device("probe", address)).toContain(`Next: tillctl device add epson-tm-t88v ${address}`);
	await device("add", "epson-tm-t88v", address);
	await device("add", "--drawer-of", "printer");
	await device("add", "generic-serial-scanner", portText(scanner.port));
	await device("add", "epson-dm-d110", portText(display.port));
	expect(await device("list")).toContain("the service does not run");

	const till = await startTillProcess({ directory, config: parse(readFileSync(file, "utf8")) as typeof bare });
	await until("four devices", async () => ((await device("list")).match(/now {6}online/g) ?? []).length === 4);
	await expect(device("probe", address)).rejects.toThrow("TILL-0721");

	// Tried by the running till.
	expect(await device("test", "printer")).toContain("Everything that was tried works.");
	const page = await printer.paperWith("no receipt - ingen kvittering");
	expect(page).toContain("ESC t 19 = cp858");
	expect(await device("test", "drawer")).toContain("ok         opened");
	expect(printer.pulseCount()).toBe(1);
	await device("test", "display");
	await until("the display's test rows", () => display.received().includes("TEST"));
	const scanning = device("test", "scanner");
	const again = setInterval(() => scanner.send(Buffer.from(`${SODA}\r\n`)), 300);
	expect(await scanning.finally(() => clearInterval(again))).toContain("ok         scan");
	const records = await technician("journal", "show", "--limit", "50");
	expect(records).toMatch(/DrawerOpenStarted +\{.*"cause":"test"/);
	expect(records).not.toContain("TicketOpened");

	// And then it sells.
	await technician("catalog", "import", catalogFile(directory));
	await technician("day", "open", "--date", "2026-11-20");
	scanner.send(Buffer.from(`${ITEM_A}\r\n`));
	await until("the scanned item", async () => (await technician("view")).includes("Item A"));
	expect(await till.ask({ command: "deviceTest", deviceId: "printer" })).toMatchObject({
		kind: "refused",
		code: "TILL-0414",
	});
	await technician("tender", "cash", "100");
	await printer.paperWith("Receipt No. 1");
	await until("the drawer", () => printer.pulseCount() === 2);
	await until("the display", () => display.received().includes("Item A"));
});
