import { norwegianRules } from "../fiscal/no/rules.ts";
import type { Country } from "./country.ts";

/** Norway's build. */
export const norway: Country = { rules: norwegianRules };
