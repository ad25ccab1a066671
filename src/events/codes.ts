/** What a code says: its cause, and what to do about it. Read aloud over the telephone, so both are plain sentences. */
export interface CodeText {
	readonly cause: string;
	readonly remedy: string;
}

/** Refusals: the domain says no, nothing changed (DESIGN section 4, kind 1). */
export const REFUSALS = {
	"TILL-0401": {
		cause: "The code belongs to no item of the catalog.",
		remedy: "Check the code, or sell the item by its own number.",
	},
	"TILL-0402": {
		cause: "The quantity is no number, is zero or negative, or has more decimals than the unit allows.",
		remedy: "Type the quantity again.",
	},
	"TILL-0403": { cause: "The amount would be larger than a ticket can hold.", remedy: "Sell fewer at a time." },
	"TILL-0404": { cause: "Something is left to pay.", remedy: "Take the rest, then close." },
	"TILL-0405": {
		cause: "This tender is not set up on the till.",
		remedy: "Use one of the tenders listed by the help.",
	},
	"TILL-0406": {
		cause: "The amount is in another currency than the till's.",
		remedy: "Take the amount in the till's currency.",
	},
	"TILL-0407": { cause: "The amount is no amount of money, or has the wrong sign.", remedy: "Type the amount again." },
	"TILL-0408": {
		cause: "Coin cannot pay this amount: it is no whole multiple of the smallest coin.",
		remedy: "Type what was handed over.",
	},
	"TILL-0409": {
		cause: "This tender gives no change and is larger than what is left to pay.",
		remedy: "Take exactly what is left.",
	},
	"TILL-0410": {
		cause: "The change is smaller than the smallest coin.",
		remedy: "Take exactly what is left by this tender.",
	},
	"TILL-0411": { cause: "There is no open ticket.", remedy: "Sell an item first." },
	"TILL-0412": { cause: "The business day is not open.", remedy: "Open the day: tillctl day open." },
	"TILL-0413": { cause: "The business day is already open.", remedy: "Close it first: tillctl day close." },
	"TILL-0414": { cause: "A ticket is open.", remedy: "Finish the ticket, then try again." },
	"TILL-0415": {
		cause: "The ticket has as many lines or tenders as it can hold.",
		remedy: "Close it and go on with a new one.",
	},
	"TILL-0416": {
		cause: "A tender is already on the ticket; what was sold is settled first.",
		remedy: "Finish the payment, then sell on a new ticket.",
	},
	"TILL-0417": {
		cause: "The item's VAT code has no rate on the business date.",
		remedy: "Correct the item's VAT code in the catalog.",
	},
	"TILL-0418": {
		cause: "The disk is nearly full: no new ticket is begun.",
		remedy: "Finish the open ticket, close the day and call for service.",
	},
	"TILL-0419": { cause: "The input queue is full.", remedy: "Wait a moment and scan again." },
	"TILL-0420": { cause: "No catalog is in force.", remedy: "Import one: tillctl catalog import FILE.csv." },
	"TILL-0421": { cause: "The read is damaged: its check digit is wrong.", remedy: "Scan again." },
	"TILL-0422": { cause: "The business date is no date.", remedy: "Give it as YYYY-MM-DD." },
	"TILL-0423": { cause: "There is nothing of that number.", remedy: "Check the number." },
	"TILL-0424": { cause: "Nothing is left to pay.", remedy: "Close the ticket." },
} as const satisfies Record<string, CodeText>;

/** The code of a refusal. */
export type RefusalCode = keyof typeof REFUSALS;

/** Faults: bad bytes, files, messages and configuration; device conditions; delivery failures; bugs (DESIGN section 4, kinds 2 to 4). */
export const FAULTS = {
	"TILL-0101": {
		cause: "An amount of money is beyond ±(2^53-1) minor units.",
		remedy: "This is a fault of the program: report it with the record number.",
	},
	"TILL-0102": {
		cause: "A division by zero in money.",
		remedy: "This is a fault of the program: report it with the record number.",
	},
	"TILL-0103": {
		cause: "A quantity is out of range.",
		remedy: "This is a fault of the program: report it with the record number.",
	},
	"TILL-0104": { cause: "A rate or percentage is out of range.", remedy: "Correct the configured rate." },
	"TILL-0105": {
		cause: "An amount cannot be spread.",
		remedy: "This is a fault of the program: report it with the record number.",
	},
	"TILL-0106": {
		cause: "An invariant of the ticket does not hold: lines are not tenders plus rounding.",
		remedy: "This is a fault of the program: nothing was written; report it.",
	},
	"TILL-0107": {
		cause: "An event cannot follow the state it was met in.",
		remedy: "The till goes on in recovery mode; report it with the record number.",
	},
} as const satisfies Record<string, CodeText>;
