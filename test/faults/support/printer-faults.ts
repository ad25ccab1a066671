import type { PrintFinished } from "../../../src/events/journal-event.ts";
import { serialFarEnd, tcpFarEnd, usbFarEnd, usblpFarEnd } from "../../drivers/support/far-end.ts";
import type { FaultName, PowerLoss } from "./failing-printer.ts";

/** Where in a job a fault strikes: behind its first command; behind half of its bytes; behind its paper, before its word. */
export type Place = "start" | "middle" | "end";

/** What a fault comes to, wherever the printer hangs. */
export interface Expected {
	/** Of the receipt that was hit, in the journal. */
	readonly outcome: PrintFinished["outcome"];
	/** How sure that may be at most. */
	readonly level: PrintFinished["confirmation"];
	/** What is on paper of it when the printer is well again and before anybody answers. */
	readonly paper: "whole" | "part" | "nothing";
	/** What the cashier is told of the devices while the fault stands. */
	readonly codes: readonly string[];
	/** The cashier's answer to the question that is asked then; null when there is none. */
	readonly answer: "itCameOut" | "copyPrinted" | null;
}

const GONE = ["POSPrinter.Offline", "CashDrawer.Offline"];

const broken = (paper: Expected["paper"], codes: readonly string[]): Expected => ({
	outcome: "unknown",
	level: "written",
	paper,
	codes,
	answer: paper === "whole" ? "itCameOut" : "copyPrinted",
});

const at = (make: (place: Place) => Expected): Readonly<Record<Place, Expected>> => ({
	start: make("start"),
	middle: make("middle"),
	end: make("end"),
});

/** What is on paper when nothing comes behind the fault. */
const CUT_OFF: Readonly<Record<Place, Expected["paper"]>> = { start: "nothing", middle: "part", end: "whole" };

/**
 * The faults and what they come to. On every transport the same: the journal, the paper and the question do not depend on
 * the line, because what was begun is never sent again and what was not begun waits until the printer is heard.
 */
export const FAULTS: Readonly<Record<FaultName, Readonly<Record<Place, Expected>>>> = {
	unplug: at((place) => broken(CUT_OFF[place], GONE)),
	// Between the till's end and the printer: a serial cable at the printer's side, a switch of the network. Nobody is told.
	"dead line": at((place) => broken(CUT_OFF[place], GONE)),
	"power cycle": at((place) => broken(CUT_OFF[place], GONE)),
	// What the printer holds comes out of the new roll; a paper begun on the old one is in two pieces.
	"paper out": at((place) =>
		broken(place === "middle" ? "part" : "whole", ["POSPrinter.RecEmpty", "CashDrawer.Error"]),
	),
	// The printer goes on where it stopped.
	"cover open": at(() => broken("whole", ["POSPrinter.CoverOpen", "CashDrawer.Error"])),
	slow: at(() => ({ outcome: "confirmed", level: "processId", paper: "whole", codes: [], answer: null })),
	silent: at(() => broken("whole", GONE)),
	"garbage reply": at(() => broken("whole", GONE)),
};

/** The transports, each with its stand-in, and how it shows that the power is gone. */
export const TRANSPORTS = [
	{ transport: "serial", makeEnd: serialFarEnd, powerLoss: "nothing" },
	{ transport: "TCP", makeEnd: tcpFarEnd, powerLoss: "resetWhenBack" },
	{ transport: "usblp", makeEnd: usblpFarEnd, powerLoss: "gone" },
	{ transport: "libusb", makeEnd: usbFarEnd, powerLoss: "gone" },
] as const satisfies readonly { readonly transport: string; makeEnd: unknown; readonly powerLoss: PowerLoss }[];
