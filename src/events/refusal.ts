import type { RefusalCode } from "./codes.ts";

/** The domain says no: a value, shown to the cashier; the state is unchanged. */
export interface Refusal {
	readonly refused: true;
	readonly code: RefusalCode;
	/** What the text of the code needs ("remaining": "40.00"). */
	readonly details: Readonly<Record<string, string>>;
}

/** Makes a refusal. */
export const refuse = (code: RefusalCode, details: Readonly<Record<string, string>> = {}): Refusal => ({
	refused: true,
	code,
	details,
});

/** Whether an answer is a refusal. */
export const isRefusal = (answer: object): answer is Refusal => "refused" in answer;
