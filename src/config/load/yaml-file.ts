import { readFileSync, statSync } from "node:fs";
import { type Document, isMap, isNode, isPair, isScalar, isSeq, LineCounter, parseDocument } from "yaml";
import { Fault, messageOf } from "../../runtime/contract/fault.ts";

/** The largest settings file that is read: far more than any shop writes, far less than a mistaken path can name. */
export const SETTINGS_BYTES_MAX = 1_000_000;

/** A settings file that is YAML, with the place of everything in it. */
export interface SettingsFile {
	readonly path: string;
	readonly text: string;
	readonly document: Document.Parsed;
	/** The line (from 1) of the deepest thing on this path that is there; `key` names a setting of the map there. */
	lineOf(path: readonly PropertyKey[], key?: string): number;
}

/**
 * Reads a settings file. Faults: TILL-1001 when it cannot be read, TILL-1002 when it is no YAML or names a setting twice,
 * every error with its line.
 */
export const readSettings = (path: string): SettingsFile => parseSettings(path, readText(path));

const readText = (path: string): string => {
	try {
		const { size } = statSync(path);
		if (size > SETTINGS_BYTES_MAX) throw new Error(`${size} bytes are too many for settings`);
		return new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(path));
	} catch (thrown) {
		throw new Fault("TILL-1001", `${path}: ${messageOf(thrown)}`, { cause: thrown });
	}
};

/** As {@link readSettings}, of a text that was read already. */
export const parseSettings = (path: string, text: string): SettingsFile => {
	const lines = new LineCounter();
	const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true });
	const lineAt = (offset: number): number => Math.max(1, lines.linePos(offset).line);
	if (document.errors.length > 0) {
		const problems = document.errors.map((error) => `line ${lineAt(error.pos[0])}: ${error.message}`);
		throw new Fault("TILL-1002", summary(path, problems), { problems });
	}
	return { path, text, document, lineOf: (at, key) => lineAt(offsetOf(document.contents, at, key)) };
};

/** The one line of a fault that has problems: how many, and the first. */
export const summary = (path: string, problems: readonly string[]): string =>
	`${path}: ${problems[0]}${problems.length < 2 ? "" : ` (and ${problems.length - 1} more)`}`;

/** Where the deepest node of a path begins: a map's entry at its key. */
const offsetOf = (contents: unknown, path: readonly PropertyKey[], key: string | undefined): number => {
	let node = contents;
	let offset = startOf(node);
	for (const step of key === undefined ? path : [...path, key]) {
		if (isMap(node)) {
			const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step));
			if (!isPair(pair)) break;
			offset = startOf(pair.key);
			node = pair.value;
		} else if (isSeq(node) && typeof step === "number" && node.items[step] !== undefined) {
			node = node.items[step];
			offset = startOf(node);
		} else break;
	}
	return offset;
};

const startOf = (node: unknown): number => (isNode(node) ? (node.range?.[0] ?? 0) : 0);
