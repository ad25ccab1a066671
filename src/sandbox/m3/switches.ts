/**
 * How this tenant behaves where the reference knows no answer (m3.md marks [U]) or M3 has a setting. Each position is
 * lawful for a real tenant; a client that works in one position only is not done.
 */
export interface M3Switches {
	/** What CUAM of a ticket line holds: the net amount, with VAT in FVT1, or the gross amount (m3.md section 6, question 1). */
	readonly cuam: "net" | "gross";
	/** Whether a line must carry FVT1 or M3 computes it from the VAT rate (question 1). */
	readonly fvt1: "required" | "computed";
	/** How IVQA, CUAM and FVT1 of a return (1200) are signed (question 4). */
	readonly returnSign: "negative" | "positive";
	/** Side of accounting type 120 for a gift certificate (1100): the page prints debit, only credit balances its payment. */
	readonly giftCertificate: "credit" | "debit";
	/** When unknown items, units, warehouses and payment methods are refused: by Add*, or at the transfer (OXSALE 05). */
	readonly rowValidation: "onTransfer" | "onAdd";
	/** Fields that AddSlsTicketLin insists on beyond XRCD, ITRN, WHLO, ORNO and PONR (question 2). */
	readonly requiredLineFields: readonly string[];
	/** Likewise for AddSlsTicketPay (question 2). */
	readonly requiredPaymentFields: readonly string[];
	/** The fields that tell two ticket rows apart in OPSALE (question 3). */
	readonly duplicateKey: readonly string[];
	/** Largest difference between payments and lines, decimal text, that OPS700 posts by itself (question 10); "0" for none. */
	readonly roundingTolerance: string;
	/** Whether BchPrcRound has done its work when it answers (question 6). */
	readonly batchCompletion: "sync" | "async";
	/** How long an async batch takes; `finishBatches` does not wait for it. */
	readonly batchDelayMs: number;
	/** What a second BchPrcRound for the same round does: nothing, a refusal, or everything once more (DESIGN section 8). */
	readonly repeatedBatch: "tolerated" | "refused" | "doubles";
	/** OPS700 'delete OXSALE after transfer': GetRoundNumber then counts 0 for a transferred round. */
	readonly deleteOxsaleAfterTransfer: boolean;
	/** Whether a Snd* transaction is answered at all: M3 itself never replies to one (m3.md section 1, "Add* vs Snd*"). */
	readonly sndAnswer: "ok" | "none";
	/** Whether the user may call EXPORTMI; many cloud tenants restrict it (m3.md section 7). */
	readonly exportMi: "allowed" | "refused";
	/** Whether EXPORTMI takes a condition on the company; Infor's help says the session decides (docs.infor.com uof1644857333894). */
	readonly exportMiCompanyFilter: "accepted" | "refused";
	/** Whether an input field that the transaction does not have is refused or ignored. */
	readonly unknownField: "refused" | "ignored";
	/** Whether a bulk goes on after a refused transaction (question 5). */
	readonly bulkOnError: "continue" | "stop";
	/** In which order a bulk is executed; only "asSent" lets a bulk rely on its own earlier rows (question 5). */
	readonly bulkOrder: "asSent" | "reversed";
	/** Whether `transactions` has to be the last property of a bulk (m3.md section 4: the server streams). */
	readonly bulkPropertyOrder: "transactionsLast" | "any";
	/** Most transactions of one bulk, or null for no limit (question 5). */
	readonly maxBulkTransactions: number | null;
	/** Records answered when maxrecs is not given (m3.md section 4: unknown; Infor's client sends 100). 0 is unlimited. */
	readonly defaultMaxRecords: number;
	/** Hard cap of records, also for maxrecs=0, or null for none (m3.md section 4: unknown). */
	readonly maxRecordsCap: number | null;
	/** HTTP status of a single GET that failed: usually 400, "a 200 can also carry failures" (m3.md section 4). */
	readonly singleFailureStatus: 400 | 200;
	/** Where a failed single GET carries its error (m3.md section 4: in results[0] or at top level). */
	readonly singleFailureBody: "results" | "topLevel";
	/** What GetPriceLine answers for an item without a price. */
	readonly missingPrice: "refused" | "zero";
}

/** The positions a stand-in has unless told otherwise. */
export const DEFAULT_SWITCHES: M3Switches = {
	cuam: "net",
	fvt1: "required",
	returnSign: "negative",
	giftCertificate: "credit",
	rowValidation: "onTransfer",
	requiredLineFields: ["CUCD", "TRDT", "CUAM"],
	requiredPaymentFields: ["CUCD", "TRDT", "CUAM", "PYCD"],
	duplicateKey: ["CONO", "WHLO", "ORNO", "DLIX", "PONR", "POSX"],
	roundingTolerance: "0",
	batchCompletion: "sync",
	batchDelayMs: 50,
	repeatedBatch: "refused",
	deleteOxsaleAfterTransfer: false,
	sndAnswer: "ok",
	exportMi: "allowed",
	exportMiCompanyFilter: "accepted",
	unknownField: "refused",
	bulkOnError: "continue",
	bulkOrder: "asSent",
	bulkPropertyOrder: "transactionsLast",
	maxBulkTransactions: null,
	defaultMaxRecords: 100,
	maxRecordsCap: null,
	singleFailureStatus: 400,
	singleFailureBody: "results",
	missingPrice: "refused",
};
