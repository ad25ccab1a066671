/** One file of the repository as the rules see it: `path` from the root, with slashes. */
export type SourceFile = { path: string; text: string };

/** One line of the report: where, and what is wrong, as a sentence that says what to do. */
export type Finding = { path: string; line: number; message: string };

/** Files that people write as code; data, goldens and generated files follow rules of their own. */
export function isCode(path: string): boolean {
	return /\.(ts|mts|js|mjs|cjs|tsx|css|html|sh)$/.test(path) && !isGenerated(path);
}

/** Files that a tool writes. */
export function isGenerated(path: string): boolean {
	return path === "package-lock.json" || path.includes("/generated/") || path.startsWith("test/golden/");
}

/** The line (from 1) of the character at `index` of `text`. */
export function lineAt(text: string, index: number): number {
	return text.slice(0, index).split("\n").length;
}
