/** One transaction's result in an answer of m3api-rest v2. */
export type MiResult =
	| { readonly outcome: "ok"; readonly records: readonly Readonly<Record<string, string>>[] }
	/** M3 said no. `words` are M3's own, trimmed; `field` is the input field it names. */
	| { readonly outcome: "refused"; readonly words: string; readonly field: string }
	/** The bulk stopped before it. */
	| { readonly outcome: "notProcessed" };

/** An answer read; `unreadable` when it is none of m3api-rest's. */
export type MiAnswer =
	| { readonly kind: "results"; readonly results: readonly MiResult[] }
	/** The request as a whole was refused, in words. */
	| { readonly kind: "rejected"; readonly words: string }
	| { readonly kind: "unreadable" };

/** M3 pads its messages and puts code and field behind them (m3.md section 4): one space between words is enough. */
const trimWords = (text: string): string => text.replace(/\s+/g, " ").trim();

const text = (value: unknown): string => (typeof value === "string" ? value.trim() : "");

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === "object" && value !== null && !Array.isArray(value);

const hasError = (result: Readonly<Record<string, unknown>>): boolean =>
	["errorMessage", "errorCode", "errorType"].some((name) => text(result[name]) !== "");

const refusal = (result: Readonly<Record<string, unknown>>): MiResult => {
	const [message, code, field] = [
		trimWords(text(result["errorMessage"])),
		text(result["errorCode"]),
		text(result["errorField"]),
	];
	const words = [message, ...[code, field].filter((part) => part !== "" && !message.includes(part))].join(" ").trim();
	return { outcome: "refused", words: words === "" ? text(result["errorType"]) : words, field };
};

const recordsOf = (value: unknown): Readonly<Record<string, string>>[] =>
	(Array.isArray(value) ? value : []).filter(isObject).map((record) => {
		const trimmed: Record<string, string> = {};
		for (const [name, held] of Object.entries(record)) trimmed[name] = String(held).trimEnd();
		return trimmed;
	});

const resultOf = (value: unknown): MiResult | undefined => {
	if (!isObject(value)) return undefined;
	if (value["notProcessed"] === true) return { outcome: "notProcessed" };
	return hasError(value) ? refusal(value) : { outcome: "ok", records: recordsOf(value["records"]) };
};

/**
 * Reads an answer of m3api-rest v2 to a request of `transactionCount` transactions (m3.md section 4, "v2 response"). A refused
 * single call carries its error in results[0] or at top level. An answer that does not speak of every transaction is
 * unreadable: what became of them is then not known.
 */
export const readMiAnswer = (body: string, transactionCount: number): MiAnswer => {
	let json: unknown;
	try {
		json = JSON.parse(body);
	} catch {
		return { kind: "unreadable" };
	}
	if (!isObject(json) || !Array.isArray(json["results"])) return { kind: "unreadable" };
	const results = json["results"].map(resultOf).filter((result) => result !== undefined);
	if (results.length === transactionCount) return { kind: "results", results };
	if (transactionCount === 1 && hasError(json)) return { kind: "results", results: [refusal(json)] };
	const reason = trimWords(text(json["terminationReason"]));
	if (results.length === 0 && reason !== "") return { kind: "rejected", words: reason };
	return { kind: "unreadable" };
};
