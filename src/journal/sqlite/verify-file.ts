import { Fault, messageOf } from "../../runtime/contract/fault.ts";
import { openForReading } from "./connection.ts";
import type { Findings } from "./finding.ts";
import { hasItsSchema } from "./schema.ts";

/** Problems that SQLite is asked for at most. */
const PROBLEMS_MAX = 10;

/**
 * Checks a segment as a database: its pages, its tables and triggers, its references. Answers false when it cannot be
 * read at all.
 */
export const verifyFile = (file: string, month: string, findings: Findings): boolean => {
	try {
		const database = openForReading(file);
		try {
			for (const problem of database.prepare<[], string>(`PRAGMA integrity_check(${PROBLEMS_MAX})`).pluck().all()) {
				if (problem !== "ok") findings.add("TILL-0620", month, null, problem);
			}
			if (!hasItsSchema(database)) findings.add("TILL-0622", month, null, file);
			const dangling = database.prepare<[], { table: string; rowid: number | null; parent: string }>(
				"PRAGMA foreign_key_check",
			);
			for (const { table, rowid, parent } of dangling.all()) {
				findings.add("TILL-0626", month, rowid, `a row of ${table} names a ${parent} that is not there`);
			}
			return true;
		} finally {
			database.close();
		}
	} catch (error) {
		const code = error instanceof Fault && error.code === "TILL-0603" ? error.code : "TILL-0620";
		findings.add(code, month, null, messageOf(error));
		return false;
	}
};
