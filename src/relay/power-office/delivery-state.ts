import type { BookedVoucher } from "./booked-voucher.ts";
import type { CashVoucher, Reason } from "./voucher.ts";

/**
 * Where the voucher of a Z stands. Each state is durable before the call that leaves it is sent:
 *
 *     waiting -> ready -> posting -> posted -> numbered -> booked -> reversing -> reversed (then the next revision waits)
 *                  ^         |          ^
 *                  |         v          |
 *                  +----- looking ------+        held: only a person goes on from here
 */
export type DeliveryState =
	/** Messages, equality with the control totals or an account are missing. */
	| { readonly name: "waiting" }
	/** The voucher is made. `attempted`: it was posted before, so its content may not change any more. */
	| { readonly name: "ready"; readonly voucher: CashVoucher; readonly attempted: boolean }
	/** Written before the POST: whoever reads it after a restart does not know whether PowerOffice has the voucher. */
	| { readonly name: "posting"; readonly voucher: CashVoucher; readonly attempted: boolean }
	/** Nobody knows whether PowerOffice has the voucher: AccountTransactions is asked before anything else. */
	| { readonly name: "looking"; readonly voucher: CashVoucher; readonly doubt: Doubt }
	/** PowerOffice decided against it, or something there is not as it should be. `voucherId` where a voucher exists. */
	| { readonly name: "held"; readonly voucher: CashVoucher; readonly voucherId: string | null }
	| { readonly name: "posted"; readonly voucher: CashVoucher; readonly voucherId: string }
	/** `voucherNo` is null when only AccountTransactions will tell it. */
	| {
			readonly name: "numbered";
			readonly voucher: CashVoucher;
			readonly voucherId: string;
			readonly voucherNo: string | null;
	  }
	/** Read back: the evidence. */
	| { readonly name: "booked"; readonly voucher: CashVoucher; readonly booked: BookedVoucher }
	/** Written before the reversal is sent. `refused` holds PowerOffice's words when it said no. */
	| {
			readonly name: "reversing";
			readonly voucher: CashVoucher;
			readonly voucherId: string;
			readonly refused: string | null;
	  }
	/** Out of the books; the next revision takes its place. */
	| { readonly name: "reversed"; readonly voucher: CashVoucher; readonly voucherId: string }
	/** The Z holds nothing that a cash voucher books. */
	| { readonly name: "nothing" };

/** Why it is not known whether PowerOffice has the voucher. */
export type Doubt =
	| { readonly kind: "noAnswer"; readonly why: string }
	/** `duplicate`: the words say that the reference is in use. Other words are not trusted to mean that it is not. */
	| { readonly kind: "refusal"; readonly words: string; readonly duplicate: boolean };

/** The states in which nothing is done until a person asks for it. */
export const RESTING_STATES = ["held", "booked", "reversed", "nothing"] as const satisfies DeliveryState["name"][];

/** A delivery: the state, what stands in its way, and how often that was met in a row. */
export interface Delivery {
	readonly state: DeliveryState;
	readonly reasons: readonly Reason[];
	readonly tries: number;
}

/** The first state of every Z and revision. */
export const NEW_DELIVERY: Delivery = { state: { name: "waiting" }, reasons: [], tries: 0 };
