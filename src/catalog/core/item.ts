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

/** What the loop asks of a catalog: one version in force, looked up without waiting. */
export interface CatalogLookup {
	/** Version in force; null when none was ever imported. */
	version(): string | null;
	/** The item a {@link file://./scan-code.ts scan key} belongs to. */
	find(key: string): CatalogItem | undefined;
}
