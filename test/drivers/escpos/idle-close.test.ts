import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { EscposPrinter } from "../../../drivers/escpos/escpos-printer.ts";
import { portMaker } from "../../../drivers/transport/open-port.ts";
import { EmulatedPrinter } from "../../../drivers/virtual/emulated-printer.ts";
import { benchTime } from "../support/bench-time.ts";
import { printerProfile } from "../support/profiles.ts";

const PROFILE = printerProfile("epson-tm-t88v");

/** A network printer that closes a connection which was idle for too long, as a UB-E02 does after 5 minutes. */
const idlePrinter = async () => {
	const time = benchTime();
	const lines: string[] = [];
	const printer = new EmulatedPrinter(PROFILE, (act) => {
		if (act.act === "line" && act.text !== "") lines.push(act.text);
	});
	let socket: Socket | null = null;
	const server = createServer((accepted) => {
		socket = accepted;
		printer.reply = (bytes) => accepted.writable && accepted.write(bytes);
		accepted.on("data", (bytes: Buffer) => printer.receive(bytes));
		accepted.on("error", () => undefined);
	});
	server.listen(0, "127.0.0.1");
	await once(server, "listening");
	const address = server.address();
	const port = typeof address === "object" && address !== null ? address.port : 0;
	const makePort = portMaker({ transport: "tcp", host: "127.0.0.1", port }, PROFILE.serial, time.services);
	const device = new EscposPrinter({ id: "printer", profile: PROFILE }, makePort, time.services);
	onTestFinished(async () => {
		await device.close();
		socket?.destroy();
		server.close();
	});
	device.open();
	await time.until(() => device.state().power === "online");
	const print = (text: string) =>
		time.settled(device.print({ jobId: text, elements: [{ kind: "text", text }], deadlineMs: 60_000 }));
	return { time, device, lines, print, closeIdle: () => socket?.end() };
};

describe("a network printer that closes an idle connection", () => {
	it("prints the next receipt whole, time and again", async () => {
		const { time, device, lines, print, closeIdle } = await idlePrinter();
		for (const text of ["one", "two", "three"]) {
			expect((await print(text)).outcome).toBe("confirmed");
			closeIdle();
			await time.pass(() => device.state().power === "offline");
		}
		expect(lines).toEqual(["one", "two", "three"]);
	});

	it("leaves a receipt that crosses the close in doubt or prints it, and never prints it twice", async () => {
		const { lines, print, closeIdle } = await idlePrinter();
		closeIdle();
		const crossing = await print("crossing");
		expect(["confirmed", "unknown"]).toContain(crossing.outcome);
		expect((await print("next")).outcome).toBe("confirmed");
		expect(lines.filter((line) => line === "crossing").length).toBeLessThanOrEqual(1);
		expect(lines.at(-1)).toBe("next");
	});
});
