import { fields, type MiProgram } from "./field-table.ts";

const INPUT = fields(`
USID A10 User
`);

const OUTPUT = fields(`
CONO N3 Company
DIVI A3 Division
LANC A2 Language
DTFM A3 Date format
DCFM A1 Decimal format
TIZO A5 Time zone
FACI A3 Facility
WHLO A3 Warehouse
CUNO A10 Customer
DEPT A8 Department
TX40 A40 Company name
CONM A40 Division name
MNVR A10 Menu version
DFMN A10 Start menu
USID A10 User
NAME A36 Name
EQAL A10 Equipment alias search sequense
USTA A2 User status
EMAL A60 Electronic mail address
USTP A10 User type
EUID A256 External user id
PHNO A16 Telephone number
TFNO A16 Facsimile transmission number
FRF6 A30 Free field 1
FRF7 A30 Free field 2
FRF8 N17 Free field 3
FADT D10 First active date
LADT D10 Last active date
ULTP A40 User license type
CSYS A40 Connected system
CHNO A3 Change number CMNUSR
CHN2 A3 Change number CSYUSR
`);

/** MNS150MI "Api: User": the one transaction that the stand-in serves (m3.md section 3). */
export const MNS150MI: MiProgram = {
	name: "MNS150MI",
	description: "Api: User",
	transactions: [{ name: "GetUserData", summary: "Select Users", input: INPUT, output: OUTPUT }],
};
