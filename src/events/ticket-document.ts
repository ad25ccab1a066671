import type { Amount } from "../money/amount.ts";
import type { CurrencyCode } from "../money/currency.ts";
import type { Quantity } from "../money/quantity.ts";
import type { Percentage, Rate } from "../money/rate.ts";
import type { UnitPrice } from "../money/unit-price.ts";
import type { Stamp } from "./stamp.ts";

/** The line kinds of a ticket (DESIGN section 5). A return is a kind; its quantity stays positive and its amounts are negative. */
export const LINE_KINDS = ["sale", "return", "deposit", "tip", "fee", "giftCardIssue", "invoicePayment"] as const;

/** One of {@link LINE_KINDS}. */
export type LineKind = (typeof LINE_KINDS)[number];

/** What was read or typed to sell a line. `symbology` is the AIM or UnifiedPOS name ("EAN13"), "typed" for the keyboard. */
export interface ScanCode {
	readonly symbology: string;
	readonly data: string;
}

/** Where a price came from, so that each line answers "why this price" (DESIGN section 5). */
export interface PriceSource {
	/** catalog: the till's price file; m3: OIS320MI GetPriceLine; label: in the bar code; operator: typed, with an approver. */
	readonly origin: "catalog" | "m3" | "label" | "operator";
	/** Version of the catalog the price was read from; null when it came from elsewhere. */
	readonly catalogVersion: string | null;
	/** The answer it came from (feed ask id) or the price list, where there is one. */
	readonly reference: string | null;
}

/** The price of a line. */
export interface LinePrice {
	readonly unitPrice: UnitPrice;
	/** Whether VAT is in the price. */
	readonly includesVat: boolean;
	readonly source: PriceSource;
	/** The price before an operator changed it; null when nobody did. */
	readonly original: UnitPrice | null;
}

/** One discount on a line: given for the line, or the line's share of one given for the ticket. */
export interface LineDiscount {
	/** Reason code of the store's list ("staff", "damaged", ...). */
	readonly reason: string;
	readonly scope: "line" | "ticket";
	/** automatic: campaigns and agreements; manual: given at the till (X report item q counts these only). */
	readonly given: "automatic" | "manual";
	/** The percentage it was given as; null when given as an amount. */
	readonly percentage: Percentage | null;
	/** What it takes off the line, positive, in the price's VAT basis. */
	readonly amount: Amount;
	/** Who approved it; null when nobody had to. */
	readonly approverId: string | null;
}

/** The line a return goes back to. */
export interface ReturnOrigin {
	readonly store: string;
	readonly till: string;
	/** Journal of the till that sold it; null when only the paper is known. */
	readonly journalId: string | null;
	readonly receiptNumber: number;
	readonly lineNo: number | null;
	readonly businessDate: string | null;
}

/** The invoice an invoicePayment line pays (PowerOffice matches by CustomMatchingReference). */
export interface InvoiceReference {
	readonly invoiceNo: string;
	readonly customerNo: string;
	readonly customMatchingReference: string;
}

/** One line of a ticket. All amounts carry the sign in which they count toward the sum due: negative on a return. */
export interface TicketLine {
	/** 1, 2, 3 ... in the order sold. */
	readonly lineNo: number;
	readonly kind: LineKind;
	/** The article number of the ERP (M3 ITNO); null for a line without one (tip, invoicePayment). */
	readonly itemId: string | null;
	readonly scanCode: ScanCode | null;
	readonly description: string;
	/** The item group that the relay maps to an account; null for a line without one. */
	readonly itemGroup: string | null;
	/** Unit of measure code, M3's spelling. */
	readonly unit: string;
	/** How the unit is spelled on paper. */
	readonly unitText: string;
	readonly quantity: Quantity;
	/** unit: amount = round(quantity x price); extended: the amount was given (label), the quantity derived and never multiplied again. */
	readonly basis: "unit" | "extended";
	readonly price: LinePrice;
	/** Quantity x price before discounts, in the price's VAT basis. */
	readonly extendedAmount: Amount;
	readonly discounts: readonly LineDiscount[];
	/** SAF-T standard tax code ("3" = 25 %). */
	readonly vatCode: string;
	readonly vatRate: Rate;
	/** After discounts, VAT included. gross = net + vat. */
	readonly gross: Amount;
	readonly net: Amount;
	readonly vat: Amount;
	readonly origin: ReturnOrigin | null;
	readonly invoice: InvoiceReference | null;
	/** Who approved the line (price change, return); null when nobody had to. */
	readonly approverId: string | null;
}

/** What a payment terminal may leave behind: nothing of the card beyond first 6 and last 4 (DESIGN section 6). */
export interface CardEvidence {
	readonly first6: string | null;
	readonly last4: string | null;
	readonly scheme: string | null;
	/** The terminal's transaction id, printed on the receipt when the terminal is integrated. */
	readonly terminalReference: string | null;
}

/** One tender of a ticket, or the change of one (negative). */
export interface TicketTender {
	/** 1, 2, 3 ... in the order entered; change comes last. */
	readonly tenderNo: number;
	readonly kind: "tender" | "change";
	/** Id of the configured tender type ("cash", "mc"). */
	readonly tenderType: string;
	/** What the receipt calls it ("Master Card"). */
	readonly description: string;
	/** SAF-T payment code (12001 cash, 12003 credit card ...). */
	readonly safTCode: string;
	/** Whether it is notes and coins. */
	readonly isCash: boolean;
	/** Positive: received. Negative: paid out (change, refund). */
	readonly amount: Amount;
	readonly card: CardEvidence | null;
}

/** Sums of one VAT code. */
export interface VatTotal {
	readonly vatCode: string;
	readonly vatRate: Rate;
	readonly gross: Amount;
	readonly net: Amount;
	readonly vat: Amount;
}

/** The groups that tenders are apportioned to; every ERP row comes from this (DESIGN section 5). */
export type SettlementGroup = "invoicePayment" | "prepayment" | "cashSale";

/** What one settlement group was paid with: gross = sum(tenders) + rounding + offset. */
export interface Apportionment {
	readonly group: SettlementGroup;
	/** Sum of the group's lines. */
	readonly gross: Amount;
	/** Shares of the ticket's tenders, by tenderNo. */
	readonly tenders: readonly { readonly tenderNo: number; readonly amount: Amount }[];
	readonly rounding: Amount;
	/** Paid by (positive) or to (negative) another group of the same ticket, where a return pays an invoice; sums to 0 over the groups. */
	readonly offset: Amount;
}

/** A customer on a ticket: nothing personal, the data lies in the erasable side table under `personId`. */
export interface TicketCustomer {
	readonly customerNo: string;
	/** Random id in the side table; null when nothing personal is kept. */
	readonly personId: string | null;
	/** Salted SHA-256 of the personal data, hexadecimal. */
	readonly saltedHash: string | null;
}

/** What a country's fiscal rules add to a ticket. The till prints `printable` and understands nothing of it. */
export interface FiscalBlock {
	readonly country: string;
	/** Gapless number of the signed transaction in its chain. */
	readonly nr: number | null;
	readonly signature: string | null;
	readonly previousSignature: string | null;
	readonly keyVersion: string | null;
	readonly algorithm: string | null;
	readonly printable: readonly { readonly caption: string; readonly data: string }[];
}

/** The number series of a till. A number and its record are one transaction (DESIGN section 6). */
export type ReceiptSeries = "receipt" | "return" | "delivery" | "training";

/** How a ticket is settled: at the till, or on a customer's account as a whole (DESIGN section 5). */
export type Settlement = "cash" | "credit";

/** A closed ticket, version 1: the finished fact that is printed, published and booked. Whoever comes later only adds up. */
export interface TicketDocument {
	readonly version: 1;
	/** Made once when the ticket is opened: journal id and a gapless count, "01J...-17". */
	readonly ticketId: string;
	readonly store: string;
	readonly till: string;
	readonly businessDate: string;
	/** Number of the Z that will hold this ticket. */
	readonly z: number;
	/** SAF-T transaction code (11001 cash sale, 11002 credit sale, 11016 cash sale and return ...). */
	readonly transactionCode: string;
	readonly settlement: Settlement;
	readonly training: boolean;
	readonly series: ReceiptSeries;
	readonly receiptNumber: number;
	readonly operatorId: string;
	readonly customer: TicketCustomer | null;
	readonly currency: CurrencyCode;
	readonly openedAt: Stamp;
	readonly closedAt: Stamp;
	readonly lines: readonly TicketLine[];
	readonly tenders: readonly TicketTender[];
	/** C - R(C); its own row everywhere, never a discount. lines = tenders + rounding. */
	readonly rounding: Amount;
	/** Sum of the lines' gross. */
	readonly due: Amount;
	readonly net: Amount;
	readonly vat: Amount;
	readonly vatTotals: readonly VatTotal[];
	readonly apportionment: readonly Apportionment[];
	readonly fiscal: FiscalBlock | null;
}
