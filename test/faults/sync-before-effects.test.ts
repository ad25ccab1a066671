import { readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { serialFarEnd, tcpFarEnd } from "../drivers/support/far-end.ts";
import { startEmbedded } from "../feed/embedded.ts";
import { until } from "../support/program.ts";
import { tempDir } from "../support/temp-dir.ts";
import { boxConfig, catalogFile } from "./support/box-config.ts";
import { asked, startTillProcess } from "./support/till-process.ts";

/** One traced call: what it was, on what it was. */
interface Call {
	readonly name: string;
	readonly target: string;
	readonly text: string;
}

/** strace -yy writes the path of a file or the ends of a socket behind the descriptor. Calls that were interrupted count where they began. */
const CALL = /^[0-9]+ +(fsync|fdatasync|write|writev|pwrite64|sendto|sendmsg)\([0-9]+<(.*?)>(?=[,)])/;

const callsOf = (trace: string): Call[] =>
	trace.split("\n").flatMap((line) => {
		const match = CALL.exec(line);
		return match === null ? [] : [{ name: match[1] ?? "", target: match[2] ?? "", text: line }];
	});

const isJournalSync = (call: Call): boolean =>
	call.name.endsWith("sync") && /\/journal\/.*\.sqlite(-wal)?$/.test(call.target);
const isJournalWrite = (call: Call): boolean =>
	call.name === "pwrite64" && /\/journal\/.*\.sqlite-wal/.test(call.target);

/** The catalog key of Item A. */
const ITEM_A = "7038010001659";

it("syncs the journal before the first byte to display, drawer, printer and broker, for a scan and for a close", async () => {
	const directory = tempDir();
	const broker = await startEmbedded();
	const printer = await tcpFarEnd();
	const display = await serialFarEnd();
	const scanner = await serialFarEnd();
	const traceFile = join(directory, "trace");
	const config = boxConfig(directory, broker.url, {
		printer: printer.port,
		display: display.port,
		scanner: scanner.port,
	});
	const till = await startTillProcess({ directory, config, traceFile });
	await asked(till, { command: "catalogImport", file: catalogFile(directory) });
	await asked(till, { command: "dayOpen" });
	const settled = async (): Promise<void> => {
		// What the day's opening still sends must be gone before the calls of interest begin.
		let before = -1;
		await until("quiet", async () => {
			const now = callsOf(readFileSync(traceFile, "utf8")).length;
			const isQuiet = now === before;
			before = now;
			await new Promise((resolve) => setTimeout(resolve, 300));
			return isQuiet;
		});
	};
	const callsWhile = async (act: () => Promise<void>): Promise<Call[]> => {
		await settled();
		const skip = callsOf(readFileSync(traceFile, "utf8")).length;
		await act();
		await settled();
		return callsOf(readFileSync(traceFile, "utf8")).slice(skip);
	};
	const serialPath = (end: typeof display): string => ("path" in end.port ? end.port.path : "");
	const ptyOf = (end: typeof display): string => readlinkSync(serialPath(end));
	const printerPort = "host" in printer.port ? `127.0.0.1:${printer.port.port}` : "";
	const brokerPort = new URL(broker.url).port;

	const scan = await callsWhile(async () => {
		scanner.send(Buffer.from(`${ITEM_A}\r\n`));
		await until("the display", () => display.received().includes("Item A"));
	});
	const firstDisplay = scan.findIndex((call) => call.target.includes(ptyOf(display)));
	const scanWrite = scan.findIndex(isJournalWrite);
	const scanSync = scan.findIndex((call, index) => index > scanWrite && isJournalSync(call));
	expect({ scanWrite, scanSync, firstDisplay }, scan.map((call) => call.text).join("\n")).toSatisfy(
		() => scanWrite >= 0 && scanSync > scanWrite && firstDisplay > scanSync,
	);

	const close = await callsWhile(async () => {
		await asked(till, { command: "tender", tenderType: "cash", amount: "500" });
		await until("the paper", () => printer.received().includes("Change back"));
	});
	const closeWrite = close.findIndex(isJournalWrite);
	const closeSync = close.findIndex((call, index) => index > closeWrite && isJournalSync(call));
	const first = (target: string): number =>
		close.findIndex((call) => call.target.includes(target) && !call.name.endsWith("sync"));
	const firsts = {
		display: first(ptyOf(display)),
		printerAndDrawer: first(printerPort),
		broker: first(`127.0.0.1:${brokerPort}`),
	};
	const log = close.map((call) => call.text).join("\n");
	expect(closeWrite, log).toBeGreaterThanOrEqual(0);
	expect(closeSync, log).toBeGreaterThan(closeWrite);
	for (const [name, index] of Object.entries(firsts)) expect(index, `${name}\n${log}`).toBeGreaterThan(closeSync);
	// Pulse and paper went through the printer's port, the pulse first.
	const pulse = printer.received().indexOf(Buffer.of(0x1b, 0x70));
	expect(pulse).toBeGreaterThanOrEqual(0);
	expect(pulse).toBeLessThan(printer.received().indexOf("Change back"));
	await till.stop();
	await broker.dispose();
});
