import type { Stamp } from "../events/stamp.ts";
import type { ControlTotals } from "../events/z-report.ts";

/** The day that is open: a fold over its records, never a counter on the side. */
export interface OpenDay {
	readonly businessDate: string;
	/** Number its Z will have. */
	readonly z: number;
	readonly openedAt: Stamp;
	readonly feedSeqFirst: number;
	readonly receiptNumberFirst: number | null;
	readonly receiptNumberLast: number | null;
	readonly totals: ControlTotals;
}
