import { EscposPrinter } from "../../../drivers/escpos/escpos-printer.ts";
import type { PrinterAct } from "../../../drivers/paper/escpos-interpreter.ts";
import { LivePort } from "../../../drivers/transport/live-port.ts";
import { EmulatedPrinter } from "../../../drivers/virtual/emulated-printer.ts";
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
}

/** Makes a bench for one test. */
export type MakePrinterBench = (profile: PrinterProfile) => Promise<PrinterBench>;

const bench = (
	time: BenchTime,
	printer: EmulatedPrinter,
	acts: readonly PrinterAct[],
	device: EscposPrinter,
	cable: Pick<PrinterBench, "unplug" | "plug">,
): PrinterBench => ({
	time,
	device,
	printer,
	acts,
	lines: () => acts.flatMap((act) => (act.act === "line" && act.text !== "" ? [act.text] : [])),
	violations: () => acts.flatMap((act) => (act.act === "violation" ? [act.detail] : [])),
	...cable,
});

/** On a real line. */
export const realPrinterBench =
	(farEnd: () => Promise<FarEnd>): MakePrinterBench =>
	async (profile) => {
		const time = benchTime();
		const end = await farEnd();
		const acts: PrinterAct[] = [];
		const printer = new EmulatedPrinter(profile, (act) => acts.push(act));
		printer.reply = (bytes) => end.send(bytes);
		end.onBytes = (bytes) => printer.receive(bytes);
		const device = new EscposPrinter(
			{ id: "printer", profile },
			portTo(end, profile.serial, time.services),
			time.services,
		);
		return bench(time, printer, acts, device, { unplug: () => end.unplug(), plug: () => end.plug() });
	};

/** On a virtual line. */
export const virtualPrinterBench: MakePrinterBench = (profile) => {
	const time = benchTime();
	const acts: PrinterAct[] = [];
	const printer = new EmulatedPrinter(profile, (act) => acts.push(act));
	const line = new VirtualLine("virtual", (bytes) => printer.receive(bytes));
	printer.reply = (bytes) => line.send(bytes);
	const device = new EscposPrinter(
		{ id: "printer", profile },
		(listener) => new LivePort(line.connector(), listener, time.services),
		time.services,
	);
	const cable = {
		unplug: () => Promise.resolve(line.unplug()),
		plug: () => Promise.resolve(line.plug()),
	};
	return Promise.resolve(bench(time, printer, acts, device, cable));
};
