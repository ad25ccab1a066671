import { gtin14, isGtin } from "./gtin.ts";

/** The longest code of a store's own that is looked up. */
export const CODE_LENGTH_MAX = 48;

/** Key of a GTIN of any length: `gtin:` and 14 digits. */
export const gtinKey = (gtin: string): string => `gtin:${gtin14(gtin)}`;

/** Key of a store's own code: `own:` and the code; case and outer blanks do not count. */
export const ownKey = (code: string): string => `own:${code.trim().toUpperCase()}`;

/** The key that a code of a catalog is filed under. */
export const codeKey = (code: string): string => (isGtin(code) ? gtinKey(code) : ownKey(code));
