import type { Document } from "yaml";
import { Fault } from "../../runtime/contract/fault.ts";
import { replaceFile } from "./replace-file.ts";
import { parseSettings, type SettingsFile } from "./yaml-file.ts";

/** One step forward: changes a file of version `from` into one of version `from + 1`. Comments stay, they are in the document. */
export interface Migration {
	readonly from: number;
	migrate(document: Document): void;
}

/** Every step there ever was, oldest first: a file of any earlier version can be brought forward. */
export type Migrations = readonly Migration[];

/** Settings in the form of this version, and what it takes to keep them so. */
export interface Migrated {
	readonly file: SettingsFile;
	/** Writes the new form in the file's place, the old one beside it as `.bak`; nothing when it was current. */
	save(): void;
}

/**
 * Brings settings forward to version `current`. Faults: TILL-1004 without a version or with one that no step begins at,
 * TILL-1005 when the file is newer. Nothing is written before the result proved right and `save` is called.
 */
export const migrated = (file: SettingsFile, current: number, migrations: Migrations): Migrated => {
	const found: unknown = file.document.get("version");
	const place = `${file.path}: line ${file.lineOf(["version"])}`;
	if (typeof found !== "number" || !Number.isInteger(found) || found < 1) {
		throw new Fault(
			"TILL-1004",
			`${place}: ${found === undefined ? "there is no version" : "version is no whole number"}`,
		);
	}
	if (found > current) {
		throw new Fault("TILL-1005", `${place}: version is ${found}, this program knows ${current}`);
	}
	if (found === current) return { file, save: () => {} };
	const document = file.document.clone();
	for (let version = found; version < current; version += 1) {
		const step = migrations.find(({ from }) => from === version);
		if (step === undefined) throw new Fault("TILL-1004", `${place}: nothing leads on from version ${version}`);
		step.migrate(document);
		document.set("version", version + 1);
	}
	const text = document.toString({ lineWidth: 0 });
	return { file: parseSettings(file.path, text), save: () => replaceFile(file.path, text, "TILL-1008") };
};
