import type { DeviceAnswer } from "../devices/contract/effect.ts";
import type { DoubtSettled, DrawerSeen, NoSaleReason } from "../events/journal-event.ts";
import type { Source, Stamp } from "../events/stamp.ts";

/** A scanner read something. */
export interface Scanned {
	readonly type: "Scanned";
	readonly deviceId: string;
	readonly symbology: string;
	readonly data: string;
}

/** What comes into the loop; everything does, answers of devices and relay included (DESIGN section 4, rule 4). */
export type InputBody =
	| Scanned
	/** An operator typed a code, with a quantity or without. */
	| { readonly type: "Typed"; readonly code: string; readonly quantityText: string | null }
	| {
			readonly type: "Tendered";
			readonly tenderType: string;
			readonly amountText: string | null;
			readonly currency: string | null;
	  }
	| { readonly type: "CloseRequested" }
	| { readonly type: "DayOpenRequested"; readonly businessDate: string | null }
	| { readonly type: "DayCloseRequested" }
	| { readonly type: "ClockConfirmRequested" }
	| { readonly type: "CopyRequested"; readonly receiptNumber: number }
	/** A Z report is wanted on paper once more. */
	| { readonly type: "ReportCopyRequested"; readonly z: number }
	/** copyPrinted: the paper is not there, print it once more, marked as a copy. */
	| { readonly type: "DoubtSettleRequested"; readonly jobId: string; readonly remedy: DoubtSettled["remedy"] }
	/** No sale (UnifiedPOS and POSLog call it so): the drawer is to be opened; null for the till's own. */
	| { readonly type: "DrawerOpenRequested"; readonly drawerId: string | null; readonly reason: NoSaleReason }
	/** A technician tries a device: a test page, or a pulse with the cause "test"; of others nothing is recorded. */
	| { readonly type: "DeviceTestRequested"; readonly deviceId: string }
	/** What a drawer's switch says, when it is known and another than before. */
	| { readonly type: "DrawerSensed"; readonly drawerId: string; readonly isOpen: boolean; readonly seen: DrawerSeen }
	/** A drawer has been open for longer than its setting allows. */
	| { readonly type: "DrawerOverdue"; readonly drawerId: string; readonly openMs: number }
	/** `trouble`: why replay could not carry the journal on; the open ticket is then laid aside. */
	| { readonly type: "ServiceStarted"; readonly applicationVersion: string; readonly trouble: string | undefined }
	| { readonly type: "ServiceStopping"; readonly reason: string }
	| DeviceAnswer
	| {
			readonly type: "Anchored";
			readonly feedSeq: number;
			readonly sha256: string;
			readonly ledgerId: string;
			readonly term: number;
	  }
	| {
			readonly type: "CommandArrived";
			readonly commandId: string;
			readonly issuer: string;
			readonly kind: "replay" | "reportStatus";
			/** Null for other kinds than replay. */
			readonly fromFeedSeq: number | null;
	  }
	| {
			readonly type: "FeedExported";
			readonly feedSeqFirst: number;
			readonly feedSeqLast: number;
			readonly sha256: string;
	  };

/** One input, stamped once on its way in. */
export interface Input {
	readonly at: Stamp;
	/** Whether the wall clock was set from a trusted source since boot; undefined when the system does not say. */
	readonly clockSynchronised: boolean | undefined;
	readonly source: Source;
	readonly body: InputBody;
}
