/** A company with its divisions (CONO, DIVI). */
export interface Division {
	readonly cono: string;
	readonly divi: string;
	readonly name: string;
	/** Main facility (FACI). */
	readonly faci: string;
	/** Local currency: the ledger's recorded amount is in it. */
	readonly currency: string;
}

/** A warehouse with 'Shop information' (OPS500; m3.md section 1, "Programs"). */
export interface Shop {
	readonly whlo: string;
	readonly cono: string;
	readonly divi: string;
	/** OPS500/G 'Inventory accounting interface': decides the status of a transferred row (m3.md section 1, "Flow"). */
	readonly inventoryInterface: boolean;
	/** OPS500/G 'Financial interface': likewise. */
	readonly financialInterface: boolean;
}

/** An alternate unit of an item: one `alun` is `factor` basic units (decimal text). */
export interface AlternateUnit {
	readonly alun: string;
	readonly factor: string;
}

/** An item (MMS001). Items are shared by all companies of the stand-in. */
export interface Item {
	readonly itno: string;
	readonly itds: string;
	/** Basic unit of measure. */
	readonly unms: string;
	/** VAT code for sales. */
	readonly vtcs: string;
	readonly alternateUnits: readonly AlternateUnit[];
}

/** A payment method of accounts receivable (CRS076) with the bank operation that its postings carry (SEED, step 6). */
export interface PaymentMethod {
	readonly pycd: string;
	readonly name: string;
	readonly bankOperation: string;
}

/** A VAT code with its percentage as decimal text (CRS030/CRS035). */
export interface VatCode {
	readonly vtcd: string;
	readonly percent: string;
}

/** A currency with the decimals that its amounts may have. */
export interface Currency {
	readonly cucd: string;
	readonly decimals: number;
}

/** A customer (CRS610). */
export interface Customer {
	readonly cuno: string;
	readonly name: string;
}

/** A sales price; with `cuno` it is that customer's own and goes before the general one. */
export interface Price {
	readonly itno: string;
	readonly cuno?: string;
	readonly cucd: string;
	/** Sales price as decimal text, for `per` units (SAPR and SACD). */
	readonly price: string;
	readonly per: number;
	/** Whether VAT is in the price (TINC). */
	readonly vatIncluded: boolean;
	/** Line discount 1 in percent as decimal text (only line discounts may be used at a till: SEED, step 3). */
	readonly discountPercent?: string;
}

/** On-hand balance of an item in a warehouse, decimal text in the basic unit. */
export interface OpeningStock {
	readonly whlo: string;
	readonly itno: string;
	readonly quantity: string;
}

/** An M3 user; the password is for Basic authentication of an on-premises address. */
export interface User {
	readonly usid: string;
	readonly name: string;
	readonly password: string;
	readonly cono: string;
	readonly divi: string;
	readonly faci: string;
	readonly whlo: string;
}

/** Everything that an M3 administrator keeps and a ticket is checked against. */
export interface MasterData {
	readonly divisions: readonly Division[];
	readonly shops: readonly Shop[];
	readonly items: readonly Item[];
	readonly paymentMethods: readonly PaymentMethod[];
	readonly vatCodes: readonly VatCode[];
	readonly currencies: readonly Currency[];
	readonly customers: readonly Customer[];
	readonly prices: readonly Price[];
	readonly stock: readonly OpeningStock[];
	readonly users: readonly User[];
}
