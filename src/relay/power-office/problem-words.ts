import type { Problem } from "./call-result.ts";
import { type ExactJsonObject, listOf, objectOf, parseExactJson, textOf } from "./exact-json.ts";

/** The longest words that are kept of an answer. */
const WORDS_MAX = 1_000;

/**
 * The words of an error answer, whatever of the shapes of poweroffice.md section 1.7 it has: problem details with
 * `title`, `detail` and `errors`, the gateway's `message`, OAuth's `error_description`, or no JSON at all.
 */
export const problemOf = (status: number, body: string): Problem => {
	const words = wordsOf(body).join(" ").trim().slice(0, WORDS_MAX);
	return { status, words: words === "" ? `HTTP status ${status} without a word` : words };
};

const wordsOf = (body: string): readonly string[] => {
	let problem: ExactJsonObject | undefined;
	try {
		problem = objectOf(parseExactJson(body));
	} catch {
		return [body];
	}
	if (problem === undefined) return [body];
	const said = ["title", "detail", "message", "error", "error_description"].flatMap((name) => {
		const text = textOf(problem[name]);
		return text === undefined ? [] : [name === "title" ? `${text}:` : text];
	});
	const errors = Object.entries(objectOf(problem["errors"]) ?? {}).flatMap(([path, messages]) =>
		(listOf(messages) ?? []).map((message) => `${path}: ${textOf(message) ?? ""}`),
	);
	const detail = said.join(" ");
	return [...said, ...errors.filter((error) => !detail.includes(error))];
};
