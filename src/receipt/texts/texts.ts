/** The languages a receipt can be printed in. */
export const LANGUAGES = ["nb", "nn", "sv", "en"] as const;

/** One of {@link LANGUAGES}. */
export type Language = (typeof LANGUAGES)[number];

/** Every word that stands on paper or display. One object a language; the compiler sees that none is missing. */
export interface Texts {
	/** "." or ",". */
	readonly decimalSeparator: string;
	readonly salesReceipt: string;
	readonly returnReceipt: string;
	readonly trainingReceipt: string;
	readonly deliveryReceipt: string;
	readonly notAReceipt: string;
	readonly copy: string;
	readonly organisationNumber: string;
	/** What follows the organisation number of a VAT-registered seller. */
	readonly vatRegistered: string;
	readonly receiptNo: string;
	readonly till: string;
	readonly operator: string;
	readonly subtotal: string;
	readonly rounding: string;
	readonly toPay: string;
	readonly change: string;
	readonly paidOut: string;
	readonly vat: string;
	readonly net: string;
	readonly discount: string;
	readonly thanks: string;
	readonly zReport: string;
	readonly businessDate: string;
	readonly opened: string;
	readonly closed: string;
	readonly cashSales: string;
	readonly tickets: string;
	readonly receiptNumbers: string;
	readonly itemGroups: string;
	readonly tenders: string;
	readonly grandTotalSales: string;
	readonly grandTotalReturns: string;
	readonly grandTotalNet: string;
	readonly chainHead: string;
	readonly welcome: string;
	readonly total: string;
	readonly left: string;
}
