import { EXPORTMI } from "./exportmi.ts";
import { fields, type MiProgram, type MiTransaction } from "./field-table.ts";
import { MMS200MI } from "./mms200mi.ts";
import { MNS150MI } from "./mns150mi.ts";
import { MRS001MI } from "./mrs001mi.ts";
import { OIS320MI } from "./ois320mi.ts";
import { OPS270MI } from "./ops270mi.ts";

/** The utility transactions that every MI program has and the stand-in serves (m3.md section 1: two of the nine). */
const COMMON_TRANSACTIONS: readonly MiTransaction[] = [
	{
		name: "GetUserInfo",
		summary: "Get user information",
		input: [],
		output: fields(`
ZZUSID A10 User
ZDCONO N3 Company
ZDDIVI A3 Division
ZDFACI A3 Facility
ZZWHLO A3 Warehouse
ZDAUPF A10 Authority profile
ZDREPF A1 Print profile
ZDLANC A2 Language
ZDDTFM A3 Date format
DSEP A1 Decimal separator
TSEP A1 Thousands separator
TIZO A5 Time zone
USFN A40 User name
`),
	},
	{
		name: "GetServerTime",
		summary: "Get current date and time from server",
		input: [],
		output: fields(`
DATE A10 Date
TIME A6 Time
LMTS A18 Timestamp
`),
	},
];

/** Every MI program of the stand-in. */
export const PROGRAMS: readonly MiProgram[] = [OPS270MI, OIS320MI, MMS200MI, MNS150MI, MRS001MI, EXPORTMI];

/** The metadata of one transaction, or undefined where the program or the transaction is not known. */
export function findTransaction(program: string, transaction: string): MiTransaction | undefined {
	const found = PROGRAMS.find((candidate) => candidate.name === program);
	if (found === undefined) return undefined;
	return [...found.transactions, ...COMMON_TRANSACTIONS].find((candidate) => candidate.name === transaction);
}
