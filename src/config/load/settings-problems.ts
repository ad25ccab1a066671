import type { z } from "zod";
import type { SettingsFile } from "./yaml-file.ts";

/** A path as people write it: `devices[1].port.path`. */
const pathText = (path: readonly PropertyKey[]): string =>
	path.reduce<string>(
		(text, step) => (typeof step === "number" ? `${text}[${step}]` : `${text}${text === "" ? "" : "."}${String(step)}`),
		"",
	);

/**
 * What is wrong with settings, one problem a line of the answer, each with line and path, in the order of the file:
 * "line 12: tenderTypes[0].safTCode: is missing". Values are never shown: one may be a secret in the wrong place.
 */
export const settingsProblems = (file: SettingsFile, issues: readonly z.core.$ZodIssue[]): string[] =>
	issues
		.flatMap((issue) => problemsOf(file, issue))
		.sort((a, b) => a.line - b.line)
		.map(({ line, path, words }) => `line ${line}: ${path === "" ? "" : `${path}: `}${words}`);

interface Problem {
	readonly line: number;
	readonly path: string;
	readonly words: string;
}

const problemsOf = (file: SettingsFile, issue: z.core.$ZodIssue): Problem[] => {
	if (issue.code === "unrecognized_keys") {
		return issue.keys.map((key) => ({
			line: file.lineOf(issue.path, key),
			path: pathText([...issue.path, key]),
			words: "is no setting",
		}));
	}
	return [{ line: file.lineOf(issue.path), path: pathText(issue.path), words: wordsOf(file, issue) }];
};

const wordsOf = (file: SettingsFile, issue: z.core.$ZodIssue): string => {
	const value: unknown = issue.path.length === 0 ? file.document.toJS() : file.document.getIn(issue.path);
	if (value === undefined) return `is missing${wanted(issue)}`;
	if (value === null && issue.code === "invalid_type") return `is empty${wanted(issue)}`;
	if (issue.code === "invalid_type" && issue.expected === "string") {
		return typeof value === "number" || typeof value === "boolean" ? "is no text: put it in quotes" : "is no text";
	}
	if (issue.code === "invalid_key") return `is no name to use here: ${issue.issues.map(plain).join(", ")}`;
	return plain(issue);
};

const wanted = (issue: z.core.$ZodIssue): string => {
	if (issue.code === "invalid_type") return ` (${issue.expected})`;
	if (issue.code === "invalid_value") return ` (${issue.values.map(String).join(", ")})`;
	return "";
};

/** The schema library's words without its preamble. */
const plain = (issue: { readonly message: string }): string => issue.message.replace(/^Invalid (input|string): /, "");
