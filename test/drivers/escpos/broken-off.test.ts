import { describe, expect, it } from "vitest";
import { encodeJob } from "../../../drivers/escpos/encode-job.ts";
import { EscposPrinter } from "../../../drivers/escpos/escpos-printer.ts";
import { LivePort } from "../../../drivers/transport/live-port.ts";
import { EmulatedPrinter } from "../../../drivers/virtual/emulated-printer.ts";
import { VirtualLine } from "../../../drivers/virtual/virtual-line.ts";
import type { PrintElement } from "../../../src/devices/contract/devices.ts";
import { benchTime } from "../support/bench-time.ts";
import { printerProfile } from "../support/profiles.ts";

const PROFILE = printerProfile("epson-tm-t88v");

const FIRST: readonly PrintElement[] = [
	{ kind: "text", text: "Blåbær", bold: true, double: true },
	{ kind: "barcode", symbology: "Code128", data: "OSLO1-1-000123" },
	{ kind: "qr", data: "https://kvittering.example/123" },
	{ kind: "text", text: "FIRST" },
	{ kind: "cut" },
];
const SECOND: readonly PrintElement[] = [{ kind: "text", text: "SECOND æøå" }, { kind: "cut" }];

/** A printer that keeps what it was given when the cable is pulled after byte `breakAt` of a job. */
const breakOff = async (breakAt: number) => {
	const time = benchTime();
	const lines: string[] = [];
	let taken = Number.POSITIVE_INFINITY;
	const printer = new EmulatedPrinter(PROFILE, (act) => {
		if (act.act === "line") lines.push(act.text);
	});
	const line = new VirtualLine("cable", (bytes) => {
		const part = bytes.subarray(0, taken);
		taken -= part.length;
		printer.receive(part);
		if (taken > 0) return;
		taken = Number.POSITIVE_INFINITY;
		line.unplug();
	});
	printer.reply = (bytes) => line.send(bytes);
	const device = new EscposPrinter(
		{ id: "printer", profile: PROFILE },
		(listener) => new LivePort(line.connector(), listener, time.services),
		time.services,
	);
	device.open();
	await time.until(() => device.state().power === "online");
	await time.until(() => !time.timers.names().includes("cable write"));
	taken = breakAt;
	const first = await time.settled(device.print({ jobId: "1", elements: FIRST, deadlineMs: 10_000 }));
	line.plug();
	await time.pass(() => device.state().power === "online");
	const second = await time.settled(device.print({ jobId: "2", elements: SECOND, deadlineMs: 60_000 }));
	await device.close();
	return { first, second, lines };
};

describe("a receipt that broke off", () => {
	it("is unknown wherever it broke, never comes again, and does not spoil the next one", async () => {
		const length = encodeJob(FIRST, PROFILE).length;
		for (let breakAt = 1; breakAt <= length; breakAt += 1) {
			const { first, second, lines } = await breakOff(breakAt);
			expect({ breakAt, outcome: first.outcome }).toEqual({ breakAt, outcome: "unknown" });
			expect({ breakAt, outcome: second.outcome }).toEqual({ breakAt, outcome: "confirmed" });
			expect({ breakAt, count: lines.filter((text) => text === "SECOND æøå").length }).toEqual({ breakAt, count: 1 });
			expect(lines.filter((text) => text === "FIRST").length).toBeLessThanOrEqual(1);
		}
	});
});
