import { isDeepStrictEqual } from "node:util";
import { type Document, isMap, isNode, isScalar, type Scalar } from "yaml";
import { Fault } from "../../runtime/contract/fault.ts";
import { parseSettings, type SettingsFile } from "./yaml-file.ts";

/** What can be written in place: a word or a whole number. */
export type PlainValue = string | number;

/**
 * The text of a settings file with one value of a map changed, or entered behind the map's first entry. Not a byte of the
 * rest is touched. A Fault, TILL-1010, when the map is written in a way that this cannot be done in. The result is read
 * back, so that nothing can be lost.
 */
export const withScalar = (
	file: SettingsFile,
	path: readonly (string | number)[],
	key: string,
	value: PlainValue,
): SettingsFile => {
	const wanted = file.document.clone() as Document;
	wanted.setIn([...path, key], value);
	const result = parseSettings(file.path, spliced(file, path, key, value));
	if (isDeepStrictEqual(result.document.toJS(), wanted.toJS())) return result;
	throw new Fault("TILL-1010", `${file.path}: line ${file.lineOf(path)}: the line to write is`, {
		problems: [`${key}: ${value}`],
	});
};

const spliced = (
	{ text, document }: SettingsFile,
	path: readonly (string | number)[],
	key: string,
	value: PlainValue,
): string => {
	const map = document.getIn(path, true);
	if (!isMap(map)) return text;
	const old: unknown = map.get(key, true);
	if (isScalar(old) && old.range) return `${text.slice(0, old.range[0])}${value}${text.slice(old.range[1])}`;
	const [first] = map.items;
	if (first === undefined || !isScalar(first.key) || !isNode(first.value) || !first.value.range) return text;
	const end = first.value.range[1];
	const entry = map.flow === true ? `, ${key}: ${value}` : `\n${" ".repeat(columnOf(text, first.key))}${key}: ${value}`;
	return text.slice(0, end) + entry + text.slice(end);
};

/** How far a key stands in, in characters: what follows it in a block map must stand there too. */
const columnOf = (text: string, key: Scalar): number => {
	const at = key.range?.[0] ?? 0;
	return at - (text.lastIndexOf("\n", at - 1) + 1);
};
