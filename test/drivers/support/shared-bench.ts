import { onTestFinished } from "vitest";
import { EscposPrinter } from "../../../drivers/escpos/escpos-printer.ts";
import { DISPLAY_PROTOCOLS } from "../../../drivers/line-display/driver.ts";
import { SerialLineDisplay } from "../../../drivers/line-display/line-display.ts";
import type { PrinterAct } from "../../../drivers/paper/escpos-interpreter.ts";
import { sharedPort } from "../../../drivers/transport/shared-port.ts";
import { DisplayInterpreter } from "../../../drivers/virtual/display-interpreter.ts";
import { EmulatedPrinter } from "../../../drivers/virtual/emulated-printer.ts";
import type { DeviceBrightness } from "../../../src/devices/contract/driver.ts";
import type { DisplayProfile, PrinterProfile } from "../../../src/devices/contract/profile.ts";
import { benchTime } from "./bench-time.ts";
import type { DisplayBench, MakeDisplayBench } from "./display-bench.ts";
import { type FarEnd, portTo } from "./far-end.ts";
import { PassThrough } from "./pass-through.ts";
import type { PrinterBench } from "./printer-bench.ts";

/** A printer and a display on one line: both drivers, and both devices at its far end. */
export interface SharedBench extends Omit<DisplayBench, "device"> {
	readonly printer: EscposPrinter;
	readonly screen: SerialLineDisplay;
	readonly emulated: EmulatedPrinter;
	readonly passThrough: PassThrough;
	/** What came out on paper, line by line. */
	lines: PrinterBench["lines"];
	violations(): readonly string[];
}

/** The drivers are not opened yet. */
export const sharedBench = async (
	farEnd: () => Promise<FarEnd>,
	profiles: { readonly printer: PrinterProfile; readonly display: DisplayProfile },
	brightness?: DeviceBrightness,
): Promise<SharedBench> => {
	const time = benchTime();
	const end = await farEnd();
	const acts: PrinterAct[] = [];
	const emulated = new EmulatedPrinter(profiles.printer, (act) => acts.push(act));
	const display = new DisplayInterpreter(profiles.display);
	const passThrough = new PassThrough(
		(bytes) => display.next(bytes),
		(bytes) => emulated.receive(bytes),
	);
	let left = Number.POSITIVE_INFINITY;
	let cut: () => void = () => undefined;
	emulated.reply = (bytes) => end.send(bytes);
	end.onBytes = (bytes) => {
		passThrough.next(bytes.subarray(0, left));
		left -= bytes.length;
		if (left <= 0) cut();
	};
	const printer = new EscposPrinter(
		{ id: "printer", profile: profiles.printer },
		portTo(end, profiles.printer.serial, time.services),
		time.services,
	);
	const screen = new SerialLineDisplay(
		{ id: "display", profile: profiles.display, brightness },
		DISPLAY_PROTOCOLS[profiles.display.driver],
		sharedPort(printer),
		time.services,
	);
	onTestFinished(async () => {
		await screen.close();
		await printer.close();
	});
	return {
		time,
		printer,
		screen,
		emulated,
		display,
		passThrough,
		lines: () => acts.flatMap((act) => (act.act === "line" && act.text !== "" ? [act.text] : [])),
		violations: () => [...acts.flatMap((act) => (act.act === "violation" ? [act.detail] : [])), ...display.violations],
		unplug: () => end.unplug(),
		plug: () => {
			left = Number.POSITIVE_INFINITY;
			return end.plug();
		},
		cutAfter: (byteCount) =>
			new Promise((resolve, reject) => {
				left = byteCount;
				cut = () => {
					left = 0;
					cut = () => undefined;
					end.unplug().then(resolve, reject);
				};
			}),
		pause: () => end.pause(),
		resume: () => end.resume(),
	};
};

/** For the contract of displays: the printer is there, and nobody prints. */
export const sharedDisplayBench =
	(farEnd: () => Promise<FarEnd>, printer: PrinterProfile): MakeDisplayBench =>
	async (profile, brightness) => {
		const bench = await sharedBench(farEnd, { printer, display: profile }, brightness);
		bench.printer.open();
		return { ...bench, device: bench.screen };
	};
