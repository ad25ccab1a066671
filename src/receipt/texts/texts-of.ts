import { en } from "./en.ts";
import { nb } from "./nb.ts";
import { nn } from "./nn.ts";
import { sv } from "./sv.ts";
import type { Language, Texts } from "./texts.ts";

const TEXTS: Readonly<Record<Language, Texts>> = { en, nb, nn, sv };

/** The words of a language. */
export const textsOf = (language: Language): Texts => TEXTS[language];
