import type { CurrencyCode } from "../../money/currency.ts";
import type { UnitPrice } from "../../money/unit-price.ts";

/** An item as the catalog of one version holds it. */
export interface CatalogItem {
	/** Article number of the ERP: M3 ITNO, at most 15 characters. */
	readonly itemId: string;
	readonly description: string;
	/** The group that the relay maps to an account and a VAT code. */
	readonly itemGroup: string;
	/** Unit of measure code in M3's spelling ("Pcs"), at most 3 characters. */
	readonly unit: string;
	/** How paper spells the unit ("Pce"). */
	readonly unitText: string;
	/** How many decimals a quantity of it may have, 0 to 6. */
	readonly unitDecimals: number;
	readonly price: UnitPrice;
	readonly includesVat: boolean;
	readonly currency: CurrencyCode;
	/** SAF-T standard tax code. */
	readonly vatCode: string;
}

/** A catalog version that may be put in force. */
export interface CatalogVersion {
	readonly version: string;
	/** SHA-256 of the version's items in a fixed order. */
	readonly sha256: string;
	readonly itemCount: number;
}

/** Something that must not be sold any more. */
export interface Recall {
	/** The scan key that is recalled. */
	readonly key: string;
	/** Undefined: all of it. */
	readonly batch: string | undefined;
	/** What the cashier is told: the recall's number or why; "" for nothing. */
	readonly reason: string;
}

/** What the loop asks of a catalog: looked up without waiting, always in the version that is in force for the ticket. */
export interface CatalogLookup {
	/** The newest version that is effective at that moment; undefined when none was ever imported. */
	effective(utcMs: number): CatalogVersion | undefined;
	/** The item a scan key belongs to in a version. */
	find(version: string, key: string): CatalogItem | undefined;
	/** The recall that a scan key is under, of the batch that was read or of all of it; undefined when there is none. */
	recall(key: string, batch: string | undefined): Recall | undefined;
}
