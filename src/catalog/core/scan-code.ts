import { gtin14, isGtin, looksLikeGtin } from "./gtin.ts";

/** The longest code that is looked up. */
export const CODE_LENGTH_MAX = 48;

/** Symbologies whose data is a GTIN with a check digit, by UnifiedPOS name. */
const GTIN_SYMBOLOGIES = ["EAN8", "EAN13", "UPCA", "UPCE", "ITF"];

/**
 * The key a read is looked up by, or why there is none.
 * `gtin:` + 14 digits, or `own:` + the store's own code. `damaged`: the symbology promises a check digit and it is wrong.
 */
export type ScanKey =
	| { readonly kind: "keys"; readonly keys: readonly string[] }
	| { readonly kind: "damaged" }
	| { readonly kind: "unreadable" };

/** Key of a GTIN of any length. */
export const gtinKey = (gtin: string): string => `gtin:${gtin14(gtin)}`;

/** Key of a store's own code; case and outer blanks do not count. */
export const ownKey = (code: string): string => `own:${code.trim().toUpperCase()}`;

/**
 * Keys to look a read or typed code up by, best first. A GTIN is tried as a GTIN before it is tried as an own code, so
 * that an own number that happens to have 8, 12, 13 or 14 digits is still found.
 */
export const scanKeys = (symbology: string, data: string): ScanKey => {
	const code = data.trim();
	if (code.length === 0 || code.length > CODE_LENGTH_MAX) return { kind: "unreadable" };
	if (isGtin(code)) return { kind: "keys", keys: [gtinKey(code), ownKey(code)] };
	if (GTIN_SYMBOLOGIES.includes(symbology) && looksLikeGtin(code)) return { kind: "damaged" };
	return { kind: "keys", keys: [ownKey(code)] };
};
