import type { z } from "zod";
import { Fault } from "../../runtime/contract/fault.ts";
import { type Migrations, migrated } from "./migrate.ts";
import { settingsProblems } from "./settings-problems.ts";
import { readSettings, type SettingsFile, summary } from "./yaml-file.ts";

/** A schema of settings: an object that says which version of its form it is. */
export type SettingsSchema = z.ZodObject<{ readonly version: z.ZodLiteral<number> }>;

/**
 * Reads a settings file: YAML, checked against its schema, defaults filled in. A file of an older version is brought
 * forward first (see {@link Migrations}). Faults, each with every problem at once, its line and its path, in `problems`:
 * TILL-1001 to 1005, and 1008.
 */
export const loadConfig = <S extends SettingsSchema>(
	path: string,
	schema: S,
	migrations: Migrations = [],
): z.output<S> => {
	const { file, save } = migrated(readSettings(path), versionOf(schema), migrations);
	const settings = checkSettings(file, schema);
	save();
	return settings;
};

/** The settings of a file that was read, of the schema's own version. A Fault, TILL-1003, with every problem at once. */
export const checkSettings = <S extends SettingsSchema>(file: SettingsFile, schema: S): z.output<S> => {
	const result = schema.safeParse(file.document.toJS());
	if (result.success) return result.data;
	const problems = settingsProblems(file, result.error.issues);
	throw new Fault("TILL-1003", summary(file.path, problems), { problems });
};

/** The version that a schema is of. */
const versionOf = (schema: SettingsSchema): number => schema.shape.version.value;
