/** Rules about the text, size and name of single files. */
import { type Finding, isCode, isGenerated, lineAt, type SourceFile } from "./source-file.ts";

const MAX_LINES = 500;
/** Words that stand nowhere in the repository, each with the reason. Written so that this file passes its own rule. */
const FORBIDDEN: readonly { pattern: RegExp; reason: string }[] = [
	{ pattern: /\b(T[O]DO|F[I]XME)\b/, reason: "finish it, or leave it out" },
	{ pattern: /\/work\/[a-z]/, reason: "a path of one machine" },
];
/** kebab-case with any number of suffixes ("till-id.test.ts", "tilld@.service"), or the upper case of README.md. */
const NAME = /^(\.?[a-z0-9]+(-[a-z0-9]+)*@?(\.[a-z0-9]+(-[a-z0-9]+)*)*|[A-Z]+(\.md)?)$/;

/** Forbidden words, files that are too long, names that are not kebab-case. */
export function textFindings(file: SourceFile): Finding[] {
	return [...forbiddenWords(file), ...tooLong(file), ...badName(file.path)];
}

function forbiddenWords({ path, text }: SourceFile): Finding[] {
	if (isGenerated(path)) return [];
	return FORBIDDEN.flatMap(({ pattern, reason }) =>
		[...text.matchAll(new RegExp(pattern, "g"))].map((match) => ({
			path,
			line: lineAt(text, match.index),
			message: `"${match[0]}" has no place here: ${reason}`,
		})),
	);
}

function tooLong({ path, text }: SourceFile): Finding[] {
	const lines = text.trimEnd().split("\n").length;
	if (!isCode(path) || lines <= MAX_LINES) return [];
	return [{ path, line: MAX_LINES, message: `${lines} lines; split a file before ${MAX_LINES}` }];
}

function badName(path: string): Finding[] {
	if (path.startsWith("test/golden/")) return [];
	const bad = path.split("/").find((part) => !NAME.test(part));
	return bad === undefined ? [] : [{ path, line: 1, message: `"${bad}" is not kebab-case` }];
}
