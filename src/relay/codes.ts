import type { CodeText } from "../events/codes.ts";

/** Why a Z is not posted to PowerOffice Go, or not booked yet (RELAY-3xxx). */
export const POWER_OFFICE_CODES = {
	"RELAY-3001": {
		cause: "Messages of the Z have not all come in.",
		remedy: "Nothing: the till sends them again. If it lasts, see whether the till is connected.",
	},
	"RELAY-3002": {
		cause: "The relay's own sums over the tickets differ from the control totals of the Z.",
		remedy: "Do not book this Z by hand. Export the journal of the till and report it.",
	},
	"RELAY-3003": {
		cause: "An item group is mapped to no account for its VAT code.",
		remedy: "Add it to powerOffice sales in the relay's configuration, then restart the relay.",
	},
	"RELAY-3004": {
		cause: "A tender type is mapped to no account.",
		remedy: "Add it to powerOffice tenders in the relay's configuration, then restart the relay.",
	},
	"RELAY-3005": {
		cause: "Cash was rounded and no account for rounding is set.",
		remedy: "Set the rounding account in the relay's configuration, then restart the relay.",
	},
	"RELAY-3006": {
		cause: "Tenders of a ticket are not what its settlement groups were paid with.",
		remedy: "This is a fault of the program: report it with the receipt number.",
	},
	"RELAY-3007": {
		cause: "The lines of the voucher do not sum to zero.",
		remedy: "This is a fault of the program: report it with the Z number.",
	},
	"RELAY-3008": {
		cause: "The store belongs to no PowerOffice client.",
		remedy: "Name the store under one of the clients in the relay's configuration, then restart the relay.",
	},
	"RELAY-3009": {
		cause: "An account number or VAT code of the mapping does not exist in PowerOffice Go.",
		remedy: "Make it in PowerOffice Go, or correct the mapping.",
	},
	"RELAY-3010": {
		cause: "The customer of a paid invoice is not in PowerOffice Go.",
		remedy: "Find the customer the invoice belongs to; book the payment by hand if he does not exist.",
	},
	"RELAY-3011": {
		cause: "Two journals of a till hold a Z of the same number.",
		remedy: "Two boxes sell under one till id, or a box was set up with wrong start numbers: see which one is right.",
	},
	"RELAY-3012": {
		cause: "PowerOffice Go refused the voucher.",
		remedy: "Read its words, correct the cause there or in the mapping, then release the Z.",
	},
	"RELAY-3013": {
		cause: "PowerOffice Go says that the voucher exists, and does not show it.",
		remedy: "Search the client's vouchers for the Z number; then release the Z.",
	},
	"RELAY-3014": {
		cause: "Under the reference of this Z PowerOffice Go holds a voucher with other amounts.",
		remedy: "Compare the two vouchers; reverse the wrong one in PowerOffice Go, then release the Z.",
	},
	"RELAY-3015": {
		cause: "The voucher was reversed in PowerOffice Go, and not by the relay.",
		remedy: "Ask the accountant why. To book the Z again, post it anew.",
	},
	"RELAY-3016": {
		cause: "PowerOffice Go does not accept the keys.",
		remedy: "Check the application, client and subscription keys and that they belong to this environment.",
	},
	"RELAY-3017": {
		cause: "PowerOffice Go did not answer, or its answer cannot be read.",
		remedy: "Nothing: the relay looks whether the voucher is there before it posts again.",
	},
	"RELAY-3018": {
		cause: "PowerOffice Go takes no more calls this second.",
		remedy: "Nothing: the relay waits and goes on.",
	},
	"RELAY-3019": {
		cause: "What was asked for does not fit the state of the Z's voucher.",
		remedy: "Look at the state: only a booked voucher is reversed, only a held Z is released.",
	},
} as const satisfies Record<string, CodeText>;

/** What a reconciliation finds (RELAY-4xxx). */
export const RECONCILIATION_CODES = {
	"RELAY-4001": {
		cause: "The control totals of the Z and the relay's own sums differ.",
		remedy: "Do not book this Z by hand. Export the journal of the till and report it.",
	},
	"RELAY-4002": {
		cause: "PowerOffice Go holds another amount on an account and VAT code than the tickets sum to.",
		remedy: "Open the voucher in PowerOffice Go and see who changed it.",
	},
	"RELAY-4003": {
		cause: "PowerOffice Go's own VAT differs by more than rounding explains.",
		remedy: "Compare the rates of the VAT codes in PowerOffice Go with those of the till.",
	},
	"RELAY-4004": {
		cause: "The Z is not booked in PowerOffice Go yet.",
		remedy: "See why the Z waits or is held.",
	},
	"RELAY-4005": {
		cause: "M3 holds another amount than the tickets sum to.",
		remedy: "Open the tickets in OPS275 and see which one differs.",
	},
	"RELAY-4006": {
		cause: "Not all tickets of the Z are booked in M3 yet.",
		remedy: "See which rounds wait and which tickets are in quarantine.",
	},
	"RELAY-4007": {
		cause: "PowerOffice Go's VAT differs by no more than rounding each line explains.",
		remedy: "Nothing: the till rounds each line, PowerOffice Go each sum.",
	},
	"RELAY-4008": {
		cause: "The transactions of the voucher in PowerOffice Go do not sum to zero.",
		remedy: "Report it to PowerOffice with the voucher number.",
	},
} as const satisfies Record<string, CodeText>;

/** A code of {@link POWER_OFFICE_CODES}. */
export type PowerOfficeCode = keyof typeof POWER_OFFICE_CODES;

/** A code of {@link RECONCILIATION_CODES}. */
export type ReconciliationCode = keyof typeof RECONCILIATION_CODES;
