import { describe, expect, it } from "vitest";
import type { PrintJob } from "../../../src/devices/contract/devices.ts";
import { lineDisplayContract } from "../../contract/line-display.contract.ts";
import { type FarEnd, serialFarEnd, tcpFarEnd, usbFarEnd } from "../support/far-end.ts";
import { displayProfile, printerProfile } from "../support/profiles.ts";
import { type SharedBench, sharedBench, sharedDisplayBench } from "../support/shared-bench.ts";

const PRINTER = printerProfile("epson-tm-t88v");
const DISPLAY = displayProfile("epson-dm-d110");

lineDisplayContract("epson-dm-d110 in a printer's serial line", sharedDisplayBench(serialFarEnd, PRINTER), DISPLAY);

const job = (text: string): PrintJob => ({
	jobId: text,
	elements: [...Array.from({ length: 30 }, () => ({ kind: "text", text }) as const), { kind: "cut" }],
	deadlineMs: 10_000,
});

const online = async (farEnd: () => Promise<FarEnd> = tcpFarEnd): Promise<SharedBench> => {
	const bench = await sharedBench(farEnd, { printer: PRINTER, display: DISPLAY });
	bench.printer.open();
	bench.screen.open();
	await bench.time.until(() => bench.printer.state().power === "online" && bench.screen.state().power === "online");
	return bench;
};

describe("a printer and a display on one line", () => {
	it("print and show at the same time, and neither gets a byte of the other's", async () => {
		const { printer, screen, display, lines, violations, time } = await online();
		const printed: Promise<unknown>[] = [];
		const shown: Promise<unknown>[] = [];
		for (let at = 0; at < 20; at += 1) {
			printed.push(printer.print(job(`receipt ${at}`)));
			for (let text = 0; text < 5; text += 1) {
				shown.push(screen.displayText([`Vare ${at} ${text}`, "24,90"]));
				await new Promise((resolve) => setImmediate(resolve));
			}
		}
		await Promise.all([...printed, ...shown]);
		await time.until(() => display.rows[0]?.trimEnd() === "Vare 19 4");
		expect(lines()).toEqual(Array.from({ length: 600 }, (_, line) => `receipt ${Math.floor(line / 30)}`));
		expect(violations()).toEqual([]);
	});

	it("shows the newest text only, when several came while a receipt was going out", async () => {
		const { printer, screen, display, pause, resume, time } = await online(usbFarEnd);
		const seen = new Set<string>();
		pause();
		const printed = printer.print(job("receipt"));
		await time.until(() => time.timers.names().some((name) => name.endsWith(" write")));
		const outcomes = ["A", "B", "C"].map((text) => screen.displayText([text]));
		const next = display.next.bind(display);
		display.next = (bytes) => {
			next(bytes);
			seen.add(display.rows[0]?.trim().slice(0, 1) ?? "");
		};
		resume();
		expect(await Promise.all(outcomes)).toEqual(["replaced", "replaced", "written"]);
		await time.until(() => display.rows[0]?.trim() === "C");
		expect([...seen].filter((text) => text !== "")).toEqual(["C"]);
		expect((await printed).outcome).toBe("confirmed");
	});

	it("prints on paper and not on the display after the display's power was off", async () => {
		const { printer, screen, display, passThrough, lines } = await online();
		await screen.displayText(["Hei"]);
		passThrough.powerCycle();
		expect((await printer.print(job("paper"))).outcome).toBe("confirmed");
		expect(lines()).toHaveLength(30);
		expect(display.rows.join("")).not.toContain("paper");
	});

	it("prints a picture whose dots would select the display, and what comes behind it", async () => {
		const { printer, screen, display, lines, violations } = await online();
		await screen.displayText(["Hei"]);
		const bits = Uint8Array.from({ length: 48 * 3 }, (_, at) => [0x1b, 0x3d, 0x02][at % 3] ?? 0);
		const picture = { kind: "image", widthDots: 384, rows: 3, bits } as const;
		const elements = [picture, { kind: "text", text: "behind it" }, { kind: "cut" }] as const;
		expect((await printer.print({ jobId: "logo", elements, deadlineMs: 10_000 })).outcome).toBe("confirmed");
		expect(lines()).toEqual(["behind it"]);
		expect(display.rows[0]?.trimEnd()).toBe("Hei");
		expect(violations()).toEqual([]);
	});

	it("opens the drawer after the display's power was off", async () => {
		const { printer, passThrough, violations } = await online();
		passThrough.powerCycle();
		expect((await printer.pulse({ pin: 2, onMs: 50, offMs: 250 }, 2_000)).outcome).toBe("sent");
		expect((await printer.print(job("paper"))).outcome).toBe("confirmed");
		expect(violations()).toEqual([]);
	});

	it("prints the next receipt whole after the line broke within a text", async () => {
		const { printer, screen, cutAfter, plug, lines, time } = await online();
		for (const bytes of [1, 3, 5, 7, 9, 11, 15, 30]) {
			const isCut = cutAfter(bytes);
			const shown = screen.displayText(["Hei", "paa deg"]);
			await isCut;
			await time.settled(shown);
			await time.pass(() => printer.state().power === "offline");
			await plug();
			await time.pass(() => printer.state().power === "online");
			const before = lines().length;
			expect({ bytes, outcome: (await time.settled(printer.print(job("whole")))).outcome }).toEqual({
				bytes,
				outcome: "confirmed",
			});
			expect(lines().slice(before)).toEqual(Array.from({ length: 30 }, () => "whole"));
		}
	});

	it("says that the display is gone with the printer's line", async () => {
		const { screen, unplug, time } = await online();
		await unplug();
		await time.pass(() => screen.state().power === "offline");
		expect(await screen.displayText(["A"])).toBe("failed");
	});
});
