import type { PrintSubject } from "../../events/journal-event.ts";
import type { Refusal } from "../../events/refusal.ts";
import type { TicketDocument, TicketLine } from "../../events/ticket-document.ts";
import type { ZReport } from "../../events/z-report.ts";
import type { Amount } from "../../money/amount.ts";
import type { DrawerOutcome, PrintOutcome } from "./devices.ts";

/** What the display is to say; the words are made where texts and columns are known. */
export type DisplayContent =
	| { readonly show: "line"; readonly line: TicketLine; readonly due: Amount }
	| { readonly show: "left"; readonly left: Amount }
	| { readonly show: "closed"; readonly toPay: Amount; readonly change: Amount }
	| { readonly show: "refusal"; readonly refusal: Refusal }
	| { readonly show: "idle" };

/** What is printed, whole: an effect needs no second look into the journal. */
export type PrintContent =
	/** The test page of a printer, on that printer. */
	| { readonly kind: "test"; readonly deviceId: string }
	| { readonly kind: "ticket"; readonly document: TicketDocument; readonly copy: boolean }
	| { readonly kind: "zReport"; readonly report: ZReport; readonly copy: boolean };

/** What the world is to do about records that are now durable. */
export type Effect =
	| { readonly effect: "DisplayText"; readonly content: DisplayContent }
	/** `drawerId` null: the till's own drawer. */
	| { readonly effect: "OpenDrawer"; readonly jobId: string; readonly drawerId: string | null }
	| { readonly effect: "Print"; readonly jobId: string; readonly subject: PrintSubject; readonly content: PrintContent }
	| { readonly effect: "BeepError"; readonly deviceId: string };

/** What a device answers about a job it was given: an input of the loop like any other. */
export type DeviceAnswer =
	| { readonly type: "PrintEnded"; readonly jobId: string; readonly result: PrintOutcome }
	| { readonly type: "DrawerEnded"; readonly jobId: string; readonly result: DrawerOutcome };
