import type { FaultCode } from "../../runtime/contract/fault.ts";
import type { DeviceState, DrawerOutcome, PrintOutcome, ScanData } from "../contract/devices.ts";
import type { DeviceProfile } from "../contract/profile.ts";

/** A code page as a test asks for it: its number, its encoding, and letters to compare. */
export interface LettersToCompare {
	readonly slot: number;
	readonly encoding: string;
	readonly letters: string;
}

/** What a device that is being tried can be asked, by the running till or by its port. */
interface Bench {
	/** How it is now. */
	state(): Promise<DeviceState>;
}

/** A printer on the bench. */
export interface PrinterBench extends Bench {
	readonly deviceClass: "POSPrinter";
	readonly profile: Extract<DeviceProfile, { deviceClass: "POSPrinter" }>;
	readonly letters: readonly LettersToCompare[];
	/** Prints the test page. */
	print(): Promise<PrintOutcome>;
}

/**
 * What DrawerOpened of a drawer is worth. `meaning`: settings or profile say which level of its switch means open. `level`:
 * they do not, and DrawerOpened stands for the high level. `nothing`: the switch is not read.
 */
export type DrawerSense = "meaning" | "level" | "nothing";

/** A drawer on the bench. */
export interface DrawerBench extends Bench {
	readonly deviceClass: "CashDrawer";
	/** See {@link DrawerSense}. */
	readonly senses: DrawerSense;
	/** Sends one pulse. */
	pulse(): Promise<DrawerOutcome>;
}

/** A display on the bench. */
export interface DisplayBench extends Bench {
	readonly deviceClass: "LineDisplay";
	/** Shows rows for a test; answers what a customer should read there. */
	show(): Promise<{ readonly outcome: "written" | "replaced" | "failed"; readonly rows: readonly string[] }>;
}

/** A scanner on the bench. */
export interface ScannerBench extends Bench {
	readonly deviceClass: "Scanner";
	/** The next read; null when none came in time. It sells nothing. */
	scan(timeoutMs: number): Promise<Pick<ScanData, "symbology" | "data"> | null>;
}

/** Any of them. */
export type DeviceBench = PrinterBench | DrawerBench | DisplayBench | ScannerBench;

/** How a test speaks with the person at the device. */
export interface Talk {
	/** Says what to do or look at. */
	tell(text: string): void;
	/** Asks what the person sees; null when nobody is there to be asked. */
	confirm(question: string): Promise<boolean | null>;
}

/** Names of the checks, in the order in which they are made. */
export type CheckId =
	| "online"
	| "conditions"
	| "print"
	| "paper"
	| "letters"
	| "codes"
	| "cut"
	| "pulse"
	| "opened"
	| "sense"
	| "show"
	| "read"
	| "scan";

/** What one check came to. `notKnown`: nobody was there to look, or the device cannot tell. */
export interface CheckResult {
	readonly check: CheckId;
	readonly result: "passed" | "failed" | "notKnown";
	/** What was found, in words; nothing that was scanned or is of a person stands there. */
	readonly detail: string;
	/** What the person answered; null when nobody was asked. */
	readonly answer: boolean | null;
	/** Of a failed check: what `tillctl explain` knows about it. */
	readonly code: FaultCode | null;
}
