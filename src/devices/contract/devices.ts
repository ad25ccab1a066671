/**
 * The four device classes in UnifiedPOS words (devices.md section 10). A driver opens by itself, keeps trying while its
 * device is missing, and reports its state; nothing it does or fails to do ever stops a sale.
 */

/** UnifiedPOS device classes that a till owns. */
export type DeviceClass = "POSPrinter" | "CashDrawer" | "LineDisplay" | "Scanner";

/** UnifiedPOS PowerState, as far as a driver can tell: `online` answers or its port is open, `offline` is missing or silent, `unknown` not yet tried. */
export type PowerState = "online" | "offline" | "unknown";

/** What a device is doing and what is wrong with it. Absent conditions are not known to hold. */
export interface DeviceState {
	readonly power: PowerState;
	/** UnifiedPOS conditions that hold now. */
	readonly conditions: readonly DeviceCondition[];
	/** For a technician: the last error in words; null when there is none. */
	readonly detail: string | null;
}

/** Conditions a device can report. */
export type DeviceCondition =
	| "CoverOpen"
	| "RecEmpty"
	| "RecNearEnd"
	| "CutterError"
	| "HeadHot"
	/** The drawer's switch says that it is open. Neither this nor the next: nobody can tell. */
	| "DrawerOpened"
	/** The drawer's switch says that it is shut: all is well. */
	| "DrawerClosed"
	/** The drawer's switch changes too often to be believed, so that nobody can tell: openings go unrecorded. */
	| "SwitchUnsteady"
	/** Of a printer: an error that none of the others names. Of a drawer: its printer is on and takes no pulse now. */
	| "Error";

/** Conditions that are worth a look though the device works on, and what a drawer's switch says. */
const HARMLESS: readonly DeviceCondition[] = [
	"RecNearEnd",
	"HeadHot",
	"DrawerOpened",
	"DrawerClosed",
	"SwitchUnsteady",
];

/** Whether a condition keeps a printer from printing, and from pulsing the drawers that hang on it. */
export const stopsPrinting = (condition: DeviceCondition): boolean => !HARMLESS.includes(condition);

/** Called by a driver whenever its state changes. */
export type StateListener = (state: DeviceState) => void;

/** Common life of every device. Constructors do nothing; `open` starts trying and never throws for a missing device. */
export interface Device {
	readonly deviceClass: DeviceClass;
	readonly id: string;
	open(): void;
	close(): Promise<void>;
	state(): DeviceState;
}

/** Text of a line in a print job. */
export interface TextLine {
	readonly kind: "text";
	readonly text: string;
	readonly bold?: boolean;
	/** Double width and height (the heading of a sales receipt). */
	readonly double?: boolean;
	/** The number (ESC t) of the one code page of the profile to print it with, as a test print does; left out: whichever has it. */
	readonly slot?: number;
}

/** A picture of black and white dots, as a printer's raster takes it. */
export interface RasterImage {
	readonly kind: "image";
	readonly widthDots: number;
	readonly rows: number;
	/** Row by row, eight dots a byte, the leftmost in the highest bit, 1 is black; each row fills whole bytes. */
	readonly bits: Uint8Array;
}

/** One element of a print job, already laid out for the printer's columns. */
export type PrintElement =
	| TextLine
	| { readonly kind: "feed"; readonly lines: number }
	| { readonly kind: "barcode"; readonly symbology: "EAN13" | "Code128"; readonly data: string }
	| { readonly kind: "qr"; readonly data: string }
	| RasterImage
	| { readonly kind: "cut" };

/** A job for the printer. */
export interface PrintJob {
	readonly jobId: string;
	readonly elements: readonly PrintElement[];
	/** Milliseconds from the call. Not begun by then: the job fails instead of coming out when nobody expects it any more. */
	readonly deadlineMs: number;
}

/**
 * What became of a print job. `failed`: nothing was sent. `unknown`: bytes went out and nobody can say whether paper came;
 * never repeated by itself.
 */
export interface PrintOutcome {
	readonly outcome: "confirmed" | "written" | "failed" | "unknown";
	/** The level that was reached: null when not all bytes went out. */
	readonly confirmation: "processId" | "gsr" | "written" | null;
	readonly detail: string | null;
}

/**
 * Where a print job is. `queued`: it waits, and not a byte was sent. `sent`: its bytes are going out, or are out and the
 * printer's word is waited for. The others are its end, as in {@link PrintOutcome}.
 */
export type PrintJobState = "queued" | "sent" | PrintOutcome["outcome"];

/** A print job as a technician sees it. */
export interface PrintJobStatus extends Pick<PrintOutcome, "confirmation" | "detail"> {
	readonly jobId: string;
	readonly state: PrintJobState;
}

/** A receipt printer. */
export interface POSPrinter extends Device {
	readonly deviceClass: "POSPrinter";
	/** UnifiedPOS RecLineChars: columns of the standard font. */
	readonly recLineChars: number;
	print(job: PrintJob): Promise<PrintOutcome>;
	/** The jobs that wait, the one under way, and the last ones that ended; oldest first. */
	jobs(): readonly PrintJobStatus[];
}

/** What became of a drawer pulse. `expired`: not sent, because it would have come too late. */
export interface DrawerOutcome {
	readonly outcome: "sent" | "expired" | "failed" | "unknown";
	readonly detail: string | null;
}

/** A cash drawer. */
export interface CashDrawer extends Device {
	readonly deviceClass: "CashDrawer";
	/** Sends one pulse, or none when it cannot within `expiryMs`: a stale kick after a reconnect is worse than none. */
	openDrawer(expiryMs: number): Promise<DrawerOutcome>;
}

/** A customer display. */
export interface LineDisplay extends Device {
	readonly deviceClass: "LineDisplay";
	/** UnifiedPOS DeviceRows and DeviceColumns. */
	readonly deviceRows: number;
	readonly deviceColumns: number;
	/** Shows these rows; the newest wins, an unsent older one is dropped. Resolves when its bytes were written or it was replaced or failed. */
	displayText(rows: readonly string[]): Promise<"written" | "replaced" | "failed">;
}

/** One read of a scanner (UnifiedPOS ScanData / ScanDataLabel). */
export interface ScanData {
	readonly deviceId: string;
	/** UnifiedPOS ScanDataType name: EAN13, EAN8, UPCA, Code128, GS1_128, QRCode ... "Unknown" without an AIM prefix. */
	readonly symbology: string;
	/** The label without prefix and suffix, Latin-1; GS (0x1D) survives. */
	readonly data: string;
}

/** A bar code scanner. */
export interface Scanner extends Device {
	readonly deviceClass: "Scanner";
	/** Refuses a read with a beep where the device can; otherwise does nothing. */
	beepError(): void;
}

/** What a device tells the till. */
export interface DeviceListeners {
	readonly onState: (device: Device, state: DeviceState) => void;
	readonly onScan: (data: ScanData) => void;
	/** A print job goes on: a word for whoever watches; what the till acts on is what `print` comes to. */
	readonly onPrintJob?: (printer: POSPrinter, job: PrintJobStatus) => void;
}
