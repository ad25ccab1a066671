import type { DeviceProfile } from "../../src/devices/contract/profile.ts";
import { missingLetters, writes } from "./code-page-rules.ts";
import type { NamedProfile } from "./named-profile.ts";

/** A profile in one line of the table. */
export interface ProfileRow {
	readonly name: string;
	readonly deviceClass: DeviceProfile["deviceClass"];
	readonly vendor: string;
	readonly model: string;
	/** Columns of a printer, rows x columns of a display; null for a scanner. */
	readonly columns: string | null;
	/** ESC t numbers and encodings in their order, such as "19 cp858"; null for a scanner. */
	readonly codePages: readonly string[] | null;
	/** Characters that are written with others, because no page has them. */
	readonly missing: readonly string[];
	readonly evidence: DeviceProfile["evidence"]["level"];
	readonly inherits: readonly string[];
}

/** The row of a profile. */
export const profileRow = ({ name, profile, ancestors }: NamedProfile): ProfileRow => {
	const writing = profile.deviceClass === "Scanner" ? null : profile;
	return {
		name,
		deviceClass: profile.deviceClass,
		vendor: profile.vendor,
		model: profile.model,
		columns: columnsOf(profile),
		codePages: writing?.codePages.map(({ slot, encoding }) => `${slot} ${encoding}`) ?? null,
		missing: writing === null ? [] : [...missingLetters(writing), ...(writes(writing, "€") ? [] : ["€"])],
		evidence: profile.evidence.level,
		inherits: ancestors.map((one) => one.name),
	};
};

const columnsOf = (profile: DeviceProfile): string | null => {
	switch (profile.deviceClass) {
		case "POSPrinter":
			return String(profile.recLineChars);
		case "LineDisplay":
			return `${profile.deviceRows}x${profile.deviceColumns}`;
		case "Scanner":
			return null;
	}
};

const HEADINGS = ["profile", "class", "vendor", "model", "columns", "evidence", "code pages", "written otherwise"];

/** All rows as a table for a person, by class and name. */
export const profileTable = (rows: readonly ProfileRow[]): string => {
	const sorted = rows.toSorted(
		(a, b) => a.deviceClass.localeCompare(b.deviceClass, "en") || a.name.localeCompare(b.name, "en"),
	);
	const cells = [HEADINGS, ...sorted.map(cellsOf)];
	const widths = HEADINGS.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
	return cells
		.map((row) =>
			row
				.map((cell, column) => cell.padEnd(widths[column] ?? 0))
				.join("  ")
				.trimEnd(),
		)
		.join("\n");
};

const cellsOf = (row: ProfileRow): string[] => [
	row.name,
	row.deviceClass,
	row.vendor,
	row.model,
	row.columns ?? "",
	row.evidence,
	row.codePages?.join(", ") ?? "",
	row.missing.join(" "),
];
