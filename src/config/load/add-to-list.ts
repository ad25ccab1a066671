import { isDeepStrictEqual } from "node:util";
import { Document, isCollection, isMap, isNode, isScalar, isSeq, type YAMLSeq } from "yaml";
import { Fault } from "../../runtime/contract/fault.ts";
import { parseSettings, type SettingsFile } from "./yaml-file.ts";

/** How far the items of a list that has none yet are moved in. */
const INDENT = "  ";

/**
 * The text of a settings file with one item more in a list at its top level. Not a byte of the rest is touched: comments,
 * order and the way things are written stay as the technician left them. A Fault, TILL-1010, when the list is written in a
 * way that the item cannot be put into (behind an alias, say). The result is read back, so that nothing can be lost.
 */
export const withItem = (file: SettingsFile, list: string, item: Readonly<Record<string, unknown>>): SettingsFile => {
	const lines = itemLines(item);
	const before = file.document.toJS() as Readonly<Record<string, unknown>>;
	const items: unknown = before[list] ?? [];
	const result = parseSettings(file.path, spliced(file, list, item, lines));
	const wanted = { ...before, [list]: [...(Array.isArray(items) ? items : []), item] };
	if (isDeepStrictEqual(result.document.toJS(), wanted)) return result;
	throw new Fault("TILL-1010", `${file.path}: line ${file.lineOf([list])}: the lines to add are`, { problems: lines });
};

/** The item as a block, what it holds in one line each. */
const itemLines = (item: Readonly<Record<string, unknown>>): string[] => {
	const document = new Document([item]);
	for (const entry of isSeq(document.contents) ? document.contents.items : []) {
		for (const pair of isMap(entry) ? entry.items : []) if (isCollection(pair.value)) pair.value.flow = true;
	}
	return document.toString({ lineWidth: 0 }).trimEnd().split("\n");
};

const spliced = (
	{ text, document }: SettingsFile,
	list: string,
	item: Readonly<Record<string, unknown>>,
	lines: readonly string[],
): string => {
	const pair = isMap(document.contents) ? document.contents.items.find((one) => keyText(one.key) === list) : undefined;
	const keyEnd = isNode(pair?.key) && pair.key.range ? pair.key.range[1] : undefined;
	if (pair === undefined || keyEnd === undefined) return `${ended(text)}${list}:\n${block(lines, INDENT)}`;
	const { value } = pair;
	if (value === null || (isScalar(value) && value.value === null)) return afterLine(text, keyEnd, block(lines, INDENT));
	if (!isSeq(value) || !value.range) return text;
	const [start, end] = value.range;
	if (value.items.length === 0) {
		// A comment within the brackets would be lost.
		if (text.slice(start, end).includes("#")) return text;
		return afterLine(text.slice(0, start).trimEnd() + text.slice(end), keyEnd, block(lines, INDENT));
	}
	return value.flow === true
		? `${text.slice(0, end - 1).trimEnd()}, ${flowText(item)}${text.slice(end - 1)}`
		: afterLine(text, lastEnd(value, end), block(lines, indentAt(text, start)));
};

const keyText = (key: unknown): string | undefined => (isScalar(key) ? String(key.value) : undefined);

const flowText = (item: Readonly<Record<string, unknown>>): string => {
	const document = new Document(item);
	if (isCollection(document.contents)) document.contents.flow = true;
	return document.toString({ lineWidth: 0 }).trimEnd();
};

/** Where the last item ends, its own trailing comment not counted. */
const lastEnd = (node: YAMLSeq, end: number): number => {
	const last: unknown = node.items.at(-1);
	return isNode(last) && last.range ? Math.max(0, last.range[1] - 1) : end;
};

const block = (lines: readonly string[], indent: string): string => lines.map((line) => `${indent}${line}\n`).join("");

/** The blanks that the line of this place begins with. */
const indentAt = (text: string, offset: number): string =>
	/^[ ]*/.exec(text.slice(text.lastIndexOf("\n", offset - 1) + 1))?.[0] ?? "";

/** Puts whole lines below the line that this place is in. */
const afterLine = (text: string, offset: number, lines: string): string => {
	const end = text.indexOf("\n", Math.max(0, offset - 1));
	return end < 0 ? `${text}\n${lines}` : `${text.slice(0, end + 1)}${lines}${text.slice(end + 1)}`;
};

const ended = (text: string): string => (text === "" || text.endsWith("\n") ? text : `${text}\n`);
