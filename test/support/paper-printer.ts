import { onTestFinished } from "vitest";
import { EmulatedPrinter } from "../../drivers/virtual/emulated-printer.ts";
import type { PrinterCondition } from "../../drivers/virtual/printer-condition.ts";
import type { PortConfig } from "../../src/devices/contract/driver.ts";
import { tcpFarEnd } from "../drivers/support/far-end.ts";
import { printerProfile } from "../drivers/support/profiles.ts";
import type { OnEnd } from "./closings.ts";
import { until } from "./program.ts";

/** The model: one that says by itself how it is, and when a job is out. */
export const PAPER_PRINTER_PROFILE = "epson-tm-t88v";

/** A receipt printer with a drawer on the network, as a shop sees it: paper, a cable, a switch. */
export interface PaperPrinter {
	readonly port: PortConfig;
	/** The papers cut off so far, oldest first, their lines without the blanks between columns. */
	readonly papers: readonly (readonly string[])[];
	/** How often the drawer's solenoid was pulsed. */
	pulseCount(): number;
	/** The paper with this line on it, once it is out. */
	paperWith(line: string): Promise<readonly string[]>;
	/** Pulls the cable. */
	unplug(): Promise<void>;
	plug(): Promise<void>;
	/** Takes the paper out, opens the drawer by its key, and so on. */
	set(change: Partial<PrinterCondition>): void;
	/** Pulls the cable when half of the next job has come. */
	unplugInTheMiddle(): void;
}

/** Blanks that only make columns are one blank, so that a test reads as the paper does. */
const read = (line: string): string => line.trim().replace(/ +/g, " ");

/** Puts a printer on a free port. It interprets the bytes strictly: a command that it does not know fails the test that waits. */
export const paperPrinter = async (onEnd: OnEnd = onTestFinished): Promise<PaperPrinter> => {
	const end = await tcpFarEnd(onEnd);
	const papers: string[][] = [];
	const violations: string[] = [];
	let lines: string[] = [];
	let pulses = 0;
	let isToBreak = false;
	const emulated = new EmulatedPrinter(printerProfile(PAPER_PRINTER_PROFILE), (act) => {
		if (act.act === "line" && read(act.text) !== "") lines.push(read(act.text));
		if (act.act === "pulse") pulses += 1;
		if (act.act === "violation") violations.push(act.detail);
		if (act.act === "cut") {
			papers.push(lines);
			lines = [];
		}
	});
	emulated.identity = { 65: "1.02", 66: "EPSON", 67: "TM-T88V" };
	emulated.reply = (bytes) => end.send(bytes);
	end.onBytes = (bytes) => {
		// A question is a few bytes, a receipt many.
		if (!isToBreak || bytes.length < 200) return emulated.receive(bytes);
		isToBreak = false;
		emulated.receive(bytes.subarray(0, bytes.length / 2));
		void end.unplug();
	};
	return {
		port: end.port,
		papers,
		pulseCount: () => pulses,
		paperWith: async (line) => {
			let found: readonly string[] | undefined;
			await until(
				() => `the paper "${line}"; came out: ${JSON.stringify(papers)}`,
				() => {
					if (violations.length > 0) throw new Error(`the printer got ${violations.join(", ")}`);
					found = papers.find((paper) => paper.includes(line));
					return found !== undefined;
				},
			);
			return found ?? [];
		},
		set: (change) => emulated.set(change),
		unplug: () => end.unplug(),
		plug: () => end.plug(),
		unplugInTheMiddle: () => {
			isToBreak = true;
		},
	};
};
