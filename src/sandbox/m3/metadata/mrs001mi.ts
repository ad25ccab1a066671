import { fields, type MiProgram } from "./field-table.ts";

const INPUT = fields(`
MINM A10* Program name
TRNM A15* Transaction name
TRTP A1* Layout type, Input/Output
`);

const OUTPUT = fields(`
MINM A10 Program name
TRNM A15 Transaction name
TRTP A1 Input/Output
FLNM A10 Field name
FLDS A60 Description
TXT1 N13 Text ID
FRPO N4 From position
TOPO N4 To position
LENG N4 Length
TYPE A1 Field type A=Alphanumeric, N=Numeric
MAND A1 Mandatory
RGDT D8 Entry date
RGTM N6 Entry time
LMDT D8 Change date
CHNO N3 Change number
CHID A10 Changed by
`);

/** MRS001MI "MI-Repository interface": the one transaction that the stand-in serves (m3.md section 3). */
export const MRS001MI: MiProgram = {
	name: "MRS001MI",
	description: "MI-Repository interface",
	transactions: [{ name: "LstFields", summary: "List all fields for a transaction", input: INPUT, output: OUTPUT }],
};
