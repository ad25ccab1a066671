import type { CodeText } from "../events/code-text.ts";

/** Faults of the relay's own store (RELAY-10xx) and of what it takes in (RELAY-11xx). */
const LEDGER_CODES = {
	"RELAY-1001": {
		cause: "The ledger's file does not hold a setting that it needs to lose nothing.",
		remedy: "Put the ledger on a local disk with a file system that locks files.",
	},
	"RELAY-1002": {
		cause: "The ledger's tables are not those that this version of the program makes.",
		remedy: "Start the version that wrote the ledger, or a newer one.",
	},
	"RELAY-1003": {
		cause: "The ledger's file cannot be opened.",
		remedy: "Check that the directory is there, is writable and that the disk is not full.",
	},
	"RELAY-1004": {
		cause: "A till was told that more of its journal was accepted than this ledger holds: the ledger is an old copy.",
		remedy:
			"Stop the relay, run till-relay restore, start it again: tills send again, and both ERPs are looked up first.",
	},
	"RELAY-1005": {
		cause: "Another relay runs on this ledger.",
		remedy: "Stop it first: systemctl stop till-relay.",
	},
	"RELAY-1006": {
		cause: "That ERP is not configured on this relay.",
		remedy: "Add its section to relay.yaml, or ask the relay that books it.",
	},
	"RELAY-1007": {
		cause: "What was asked does not fit the state that the relay's books are in.",
		remedy: "Read the message; till-relay status shows what waits for a person.",
	},
	"RELAY-1008": {
		cause: "A step of a delivery failed in the program; what it was about is tried again and again.",
		remedy: "See whether the disk is full. Otherwise report it with the relay's log.",
	},
	"RELAY-1101": {
		cause: "A message is larger than the feed allows.",
		remedy: "The till that sent it has a fault: report it with the set-aside entry.",
	},
	"RELAY-1102": {
		cause: "A message cannot be read: it is no JSON, or its envelope is incomplete.",
		remedy: "Look who publishes on this till's topic; report it with the set-aside entry.",
	},
	"RELAY-1103": {
		cause: "A message is of a major version of the feed that this relay does not know.",
		remedy: "Update the relay; the till sends the message again.",
	},
	"RELAY-1104": {
		cause: "The till named in a message is not the till whose topic it came on.",
		remedy: "Check the store and till ids of the box and the broker's access list.",
	},
	"RELAY-1105": {
		cause: "A journal is sent by another till than the one it belongs to.",
		remedy: "A journal was copied to another till: adopt it there, so that it gets an id of its own.",
	},
	"RELAY-1106": {
		cause: "A journal sent two different messages under one number: two copies of it are alive.",
		remedy: "Find the second box, take it out of use and adopt the journal on the one that stays.",
	},
	"RELAY-1107": {
		cause: "A message came from a journal that has forked; nothing further is accepted from it.",
		remedy: "Adopt the journal on the box that stays: what was set aside is then sent again and booked.",
	},
	"RELAY-1108": {
		cause: "A message does not continue the one before it: its chain is broken.",
		remedy: "Find out whether a copy of the journal is alive; adopt the journal on the box that stays.",
	},
	"RELAY-1109": {
		cause: "Two journals of one till are alive at the same time.",
		remedy: "Find the second box with this till's id and take it out of use. Both are booked until then.",
	},
	"RELAY-1110": {
		cause: "A ticket or report is stored and accepted, but its content cannot be read or does not add up.",
		remedy: "Nothing of it is booked. Report it with the journal id and number; the bytes are kept.",
	},
	"RELAY-1111": {
		cause: "Taking a message failed inside the relay.",
		remedy: "The message is set aside and nothing else is held up; report it with the set-aside entry.",
	},
	"RELAY-1112": {
		cause: "More was set aside from one till than is kept.",
		remedy: "Look at what is kept, remove its cause; what was not kept is still in the till's journal.",
	},
	"RELAY-1113": {
		cause: "Tickets of a day have no Z, and their till has gone on in a new journal: the Z will not come any more.",
		remedy: "See in till-relay status whether all of the old journal came in, then: till-relay day close.",
	},
	"RELAY-1114": {
		cause: "A day has tickets that its Z or its closing does not hold: a copy of the till's journal sold on.",
		remedy: "Compare with the papers of both, then till-relay day close: its voucher is posted anew, whole.",
	},
	"RELAY-1115": {
		cause: "A till sent the Z of a day that was closed at the relay.",
		remedy: "Nothing is booked from it. Compare its figures with the relay's report, see where that box is.",
	},
	"RELAY-1116": {
		cause: "The day is not one for the relay to close: nothing was sold, or its till can still send the Z.",
		remedy: "Close the day on the till.",
	},
	"RELAY-1117": {
		cause: "The day has its Z, and the Z holds all its tickets.",
		remedy: "Nothing: the Z is booked.",
	},
	"RELAY-1118": {
		cause: "Messages of the day's journal are known to be missing.",
		remedy:
			"Bring the box on the network, or carry its feed here in a file. Only if they are lost: till-relay day close --accept-missing.",
	},
	"RELAY-1119": {
		cause: "The tickets of the day cannot be summed to one report: of two dates or currencies, or unreadable.",
		remedy: "Read the message. Book by hand in PowerOffice Go what stands apart; M3 books each ticket for itself.",
	},
} as const satisfies Record<string, CodeText>;

/** Why a ticket is not booked in Infor M3: 21xx what waits, 22xx what a person has to see to, 23xx M3 as a whole. */
const M3_CODES = {
	"RELAY-2101": {
		cause: "The store of a ticket is not mapped.",
		remedy: "Add it under mapping.stores in relay.yaml; what waits then goes on by itself.",
	},
	"RELAY-2102": {
		cause: "The till of a ticket is not among the tills of its store.",
		remedy: "Add it to the store's tills in relay.yaml, or take the box out of use.",
	},
	"RELAY-2103": {
		cause: "A tender type has no M3 payment method.",
		remedy: "Add paymentMethod (PYCD) under mapping.tenders in relay.yaml.",
	},
	"RELAY-2104": {
		cause: "A VAT code has no M3 VAT code.",
		remedy: "Add it under mapping.m3.vatCodes in relay.yaml.",
	},
	"RELAY-2105": {
		cause: "A line kind has no M3 record type.",
		remedy: "Add it under mapping.m3.recordTypes in relay.yaml.",
	},
	"RELAY-2106": {
		cause: "A line that moves goods has no item number.",
		remedy: "Give its kind an itemId under mapping.m3.recordTypes in relay.yaml.",
	},
	"RELAY-2107": {
		cause: "A ticket is settled on a customer's account, for which M3 has no known record type.",
		remedy: "Say m3.creditSales: elsewhere in relay.yaml if another system books such sales.",
	},
	"RELAY-2108": {
		cause: "One part of a ticket pays for another, and no M3 payment method is set for that.",
		remedy: "Add mapping.m3.offsetPaymentMethod in relay.yaml.",
	},
	"RELAY-2109": {
		cause: "A value of a ticket does not fit its M3 field.",
		remedy: "Correct the value at its source; M3's length is in the detail.",
	},
	"RELAY-2201": {
		cause: "M3 refused a row of a ticket; the ticket is quarantined whole.",
		remedy:
			"Correct what M3 says, then release the ticket: till-relay m3 ticket REFERENCE send; many for one cause: till-relay m3 refused.",
	},
	"RELAY-2202": {
		cause: "M3 took a ticket in and could not transfer it to OPSALE.",
		remedy: "Correct it in M3 (OPS275); it is read back from there. It is never sent again by itself.",
	},
	"RELAY-2203": {
		cause: "A ticket stands in M3 partly, or more than once.",
		remedy: "Compare the ticket with OPSALE by its reference and correct it in M3.",
	},
	"RELAY-2204": {
		cause: "M3 booked another amount than was sent.",
		remedy: "Check the settings cuam and returnSign against OPS700, and the row in OPSALE.",
	},
	"RELAY-2301": {
		cause: "It is not known whether M3 processed a round: the answer to BchPrcRound was lost.",
		remedy:
			"Look the interface round number up in OPS275, then tell: till-relay m3 round ITRN processed (or not-processed).",
	},
	"RELAY-2302": {
		cause: "M3 refuses a step of a round. It is tried again at long intervals.",
		remedy: "Correct what M3 says: authority, division, accounting period.",
	},
	"RELAY-2303": {
		cause: "M3 cannot be reached, throttles, does not let the relay sign in, or its answers cannot be read.",
		remedy: "Check the network, the address and the service account; the relay goes on by itself.",
	},
	"RELAY-2304": {
		cause: "M3 does not let the relay read tables back, though relay.yaml says it may.",
		remedy: "Allow EXPORTMI for the user, or say m3.readBack: none.",
	},
	"RELAY-2305": {
		cause: "M3 accepted a round for processing, but its tickets are not in OPSALE yet.",
		remedy: "Look at the batch job and at OPS275; the relay keeps looking.",
	},
	"RELAY-2306": {
		cause: "The .ionapi file cannot be read or is not one of a Backend Service app with a service account.",
		remedy: "Download it again with Create Service Account.",
	},
} as const satisfies Record<string, CodeText>;

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
		remedy:
			"Two boxes sell under one till id, or a box has wrong start numbers: see which is right, then till-relay power-office twin-seen.",
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
		remedy: "Ask the accountant why. To book the Z again: till-relay power-office repost.",
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
		cause: "PowerOffice Go takes no more calls of the subscription key, time after time.",
		remedy: "See what else calls with the key, and whether PowerOffice has limited it. The relay goes on by itself.",
	},
	"RELAY-3019": {
		cause: "What was asked for does not fit the state of the Z's voucher.",
		remedy: "Look at the state: only a booked voucher is reversed, only a held Z is released.",
	},
	"RELAY-3020": {
		cause: "The Z is in another currency than PowerOffice Go's base currency NOK.",
		remedy: "Book it by hand: amounts in another currency cannot be read back to the last minor unit.",
	},
	"RELAY-3021": {
		cause: "Making or sending the voucher of this Z failed in the program.",
		remedy: "The Z waits and holds up no other. Report it with the Z number and the relay's log.",
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
		remedy:
			"Open the voucher in PowerOffice Go and see who changed it; when it is corrected: till-relay power-office read.",
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
		cause: "The transactions of the voucher in PowerOffice Go do not sum to zero.",
		remedy: "Report it to PowerOffice with the voucher number.",
	},
	"RELAY-4008": {
		cause: "The day was closed at the relay: no journal vouches for its figures.",
		remedy: "Nothing, where the papers of the till agree. What was accepted as lost stands in the detail.",
	},
	"RELAY-4009": {
		cause: "Comparing this Z failed in the program.",
		remedy: "Compare it by hand, and report it with the Z number.",
	},
} as const satisfies Record<string, CodeText>;

/** Every code of the relay with its cause and remedy. */
export const RELAY_CODES = { ...LEDGER_CODES, ...M3_CODES, ...POWER_OFFICE_CODES, ...RECONCILIATION_CODES } as const;

/** A code of {@link RELAY_CODES}. */
export type RelayCode = keyof typeof RELAY_CODES;

/** A code of {@link POWER_OFFICE_CODES}. */
export type PowerOfficeCode = keyof typeof POWER_OFFICE_CODES;

/** A code of {@link RECONCILIATION_CODES}. */
export type ReconciliationCode = keyof typeof RECONCILIATION_CODES;
