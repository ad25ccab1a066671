import { EscposPrinter } from "../../../drivers/escpos/escpos-printer.ts";
import type { PrinterAct } from "../../../drivers/paper/escpos-interpreter.ts";
import { LivePort } from "../../../drivers/transport/live-port.ts";
import { EmulatedPrinter } from "../../../drivers/virtual/emulated-printer.ts";
import { WELL } from "../../../drivers/virtual/printer-condition.ts";
import { VirtualLine } from "../../../drivers/virtual/virtual-line.ts";
import type { PrinterProfile } from "../../../src/devices/contract/profile.ts";
import { type BenchTime, benchTime } from "./bench-time.ts";
import { type FarEnd, portTo } from "./far-end.ts";

/** A printer driver and the emulated printer at the far end of its line. */
export interface PrinterBench {
	readonly time: BenchTime;
	readonly device: EscposPrinter;
	readonly printer: EmulatedPrinter;
	readonly acts: readonly PrinterAct[];
	/** Text that came out, line by line; empty lines left out. */
	lines(): string[];
	violations(): string[];
	unplug(): Promise<void>;
	plug(): Promise<void>;
	/** Whether a fault has cut the line. */
	isCut(): boolean;
	/** Makes good whatever happened to printer and cable. */
	restore(): Promise<void>;
}

/** Makes a bench for one test. */
export type MakePrinterBench = (profile: PrinterProfile) => Promise<PrinterBench>;

const bench = (
	time: BenchTime,
	printer: EmulatedPrinter,
	acts: readonly PrinterAct[],
	device: EscposPrinter,
	cable: Pick<PrinterBench, "unplug" | "plug"> & { readonly losesLineWithPower: boolean },
): PrinterBench => {
	let cut: Promise<void> | null = null;
	printer.unplugged = (why) => {
		if (why === "unplug" || cable.losesLineWithPower) cut = cable.unplug();
	};
	const restore = async (): Promise<void> => {
		const wasCut = cut;
		cut = null;
		await wasCut;
		printer.reconnected();
		if (!printer.isOn) printer.powerOn();
		printer.manner = "normal";
		printer.set(WELL);
		if (wasCut !== null) await cable.plug();
	};
	return {
		time,
		device,
		printer,
		acts,
		lines: () => acts.flatMap((act) => (act.act === "line" && act.text !== "" ? [act.text] : [])),
		violations: () => acts.flatMap((act) => (act.act === "violation" ? [act.detail] : [])),
		unplug: cable.unplug,
		plug: cable.plug,
		isCut: () => cut !== null,
		restore,
	};
};

/** On a real line. */
export const realPrinterBench =
	(farEnd: () => Promise<FarEnd>): MakePrinterBench =>
	async (profile) => {
		const time = benchTime();
		const end = await farEnd();
		const acts: PrinterAct[] = [];
		const printer = new EmulatedPrinter(profile, (act) => acts.push(act), time.timers);
		printer.reply = (bytes) => end.send(bytes);
		end.onBytes = (bytes) => printer.receive(bytes);
		const device = new EscposPrinter(
			{ id: "printer", profile },
			portTo(end, profile.serial, time.services),
			time.services,
		);
		return bench(time, printer, acts, device, {
			unplug: () => end.unplug(),
			plug: () => end.plug(),
			losesLineWithPower: end.losesLineWithPower,
		});
	};

/** On a virtual line. */
export const virtualPrinterBench: MakePrinterBench = (profile) => {
	const time = benchTime();
	const acts: PrinterAct[] = [];
	const printer = new EmulatedPrinter(profile, (act) => acts.push(act), time.timers);
	const line = new VirtualLine("virtual", (bytes) => printer.receive(bytes));
	printer.reply = (bytes) => line.send(bytes);
	const device = new EscposPrinter(
		{ id: "printer", profile },
		(listener) => new LivePort(line.connector(), listener, time.services),
		time.services,
	);
	const cable = {
		losesLineWithPower: false,
		unplug: () => Promise.resolve(line.unplug()),
		plug: () => Promise.resolve(line.plug()),
	};
	return Promise.resolve(bench(time, printer, acts, device, cable));
};
