import type { CodeText } from "../../events/code-text.ts";
import { FAULTS, REFUSALS } from "../../events/codes.ts";
import { CONDITIONS } from "../../events/conditions.ts";
import { RELAY_CODES } from "../../relay/codes.ts";

const KNOWN: ReadonlyMap<string, CodeText & { readonly code: string }> = new Map(
	Object.entries({ ...REFUSALS, ...FAULTS, ...RELAY_CODES, ...CONDITIONS }).map(([code, text]) => [
		code.toUpperCase(),
		{ code, ...text },
	]),
);

/** Cause and remedy of a code or condition in any case, or of the bare digits of one; undefined when there is none. */
export const codeText = (typed: string): (CodeText & { readonly code: string }) | undefined => {
	const code = typed.trim().toUpperCase();
	return KNOWN.get(code) ?? KNOWN.get(`TILL-${code}`) ?? KNOWN.get(`RELAY-${code}`);
};

/**
 * What went wrong, line by line: the message, each problem that it does not hold already, and cause and remedy of the code
 * where the message does not say them.
 */
export const troubleLines = (code: string, message: string, problems: readonly string[]): string[] => {
	const text = codeText(code);
	return [
		message,
		...(problems.every((problem) => message.includes(problem)) ? [] : problems.map((problem) => `  ${problem}`)),
		...(text === undefined || message.includes(text.remedy)
			? []
			: [...(message.includes(text.cause) ? [] : [`Cause:  ${text.cause}`]), `Remedy: ${text.remedy}`]),
	];
};
