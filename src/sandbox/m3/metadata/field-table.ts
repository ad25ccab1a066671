/** One field of an MI transaction as Infor's metadata gives it. */
export interface MiField {
	readonly name: string;
	/** A text, N numeric, D date. */
	readonly type: "A" | "N" | "D";
	/** Longest value accepted, in characters. */
	readonly length: number;
	readonly mandatory: boolean;
	readonly description: string;
}

/** One transaction of an MI program: what it takes and what a record of its answer holds. */
export interface MiTransaction {
	readonly name: string;
	readonly summary: string;
	readonly input: readonly MiField[];
	readonly output: readonly MiField[];
}

/** One MI program with the transactions that the stand-in serves. */
export interface MiProgram {
	readonly name: string;
	readonly description: string;
	readonly transactions: readonly MiTransaction[];
}

const LINE = /^(\w{1,10}) ([AND])(\d+)(\*?) (.+)$/;

/**
 * Reads a field table, one field a line: name, type with length, `*` when mandatory, description
 * (`ITRN N16* Interface round number`). Throws on a line of another form: the tables are source text.
 */
export function fields(table: string): readonly MiField[] {
	return table
		.split("\n")
		.filter((line) => line !== "")
		.map((line) => {
			const [, name, type, length, star, description] = LINE.exec(line) ?? [];
			if (name === undefined || description === undefined || (type !== "A" && type !== "N" && type !== "D")) {
				throw new Error(`not a field of an MI transaction: "${line}"`);
			}
			return { name, type, length: Number(length), mandatory: star === "*", description };
		});
}
