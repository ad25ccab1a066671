import { readFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "./command.ts";

/** A unit file: section -> setting -> its values in order (a setting may stand more than once). */
export type UnitFile = ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;

/** Reads a unit of systemd/, by its file name. */
export const readUnit = (name: string): UnitFile => {
	const sections = new Map<string, Map<string, string[]>>();
	let section = new Map<string, string[]>();
	for (const line of readFileSync(join(REPOSITORY, "systemd", name), "utf8").split("\n")) {
		if (line === "" || line.startsWith("#")) continue;
		const header = /^\[(\w+)\]$/.exec(line)?.[1];
		if (header !== undefined) {
			section = new Map();
			sections.set(header, section);
			continue;
		}
		const [, setting, value] = /^([A-Za-z]+)=(.*)$/.exec(line) ?? [];
		if (setting === undefined || value === undefined) throw new Error(`${name}: what is this: ${line}`);
		section.set(setting, [...(section.get(setting) ?? []), value]);
	}
	return sections;
};

/** All values of a setting, none if it is not there. */
export const valuesOf = (unit: UnitFile, section: string, setting: string): readonly string[] =>
	unit.get(section)?.get(setting) ?? [];
