import { fields, type MiProgram } from "./field-table.ts";

const TICKET_LINE = fields(`
CONO N3 Company
DIVI A3 Division
XRCD A4 Record type
ITRN N16 Interface round number
WHLO A3 Warehouse
CSHC A10 Cash code
ORNO A10 Customer order number
DLIX N11 Delivery number
PONR N5 Line number
POSX N3 Line suffix
CUCD A3 Currency
CUNO A10 Customer number
ITNO A15 Item number
TRDT D10 Transaction date
TRTM N6 Transaction time
CUAM N17 Foreign currency amount
VTCD N2 VAT code
DUDT D10 Due date
PYCD A3 Payment method - accounts receivable
ALUN A3 Alternate U/M
IVQA N17 Invoiced quantity - alternate U/M
RSCD A3 Transaction reason
DIA1 N17 Discount amount 1
IVNO N9 Invoice number
INYR N4 Invoice year
SERI A30 Serial number
RESP A10 Responsible
SDEP A10 Sales department
DIA2 N17 Discount amount 2
DIA3 N17 Discount amount 3
DIA4 N17 Discount amount 4
DIA5 N17 Discount amount 5
DIA6 N17 Discount amount 6
REFE A40 Reference
CMNO A4 Sales campaign
FVT1 N17 Calculated VAT amount 1
FVT2 N17 Calculated VAT amount 2
FVT3 N17 Calculated VAT amount 3
FVT4 N17 Calculated VAT amount 4
VTP1 N7 VAT rate 1
VTP2 N7 VAT rate 2
FRE1 A5 Statistics identity 1 customer
FRE2 A5 Statistics identity 2 customer
FRE3 A5 Statistics identity 3 item
FRE4 A5 Statistics identity 4 item
ARAT N13 Exchange rate
CRTP N2 Exchange rate type
INPX A6 Invoice Prefix
EXIN A14 Extended Invoice Number
POPN A30 Alias number
ALWT N2 Alias category
ALWQ A4 Alias qualifier
PYNO A10 Payer
MCHP N1 Price change indicator
`);

const TICKET_PAYMENT = fields(`
CONO N3 Company
DIVI A3 Division
XRCD A4 Record type
ITRN N16 Interface round number
WHLO A3 Warehouse
CSHC A10 Cash code
ORNO A10 Customer order number
DLIX N11 Delivery number
PONR N5 Line number
POSX N3 Line suffix
CUCD A3 Currency
TRDT D10 Transaction date
TRTM N6 Transaction time
CUAM N17 Foreign currency amount
PYCD A3 Payment method - accounts receivable
REFE A40 Reference
RESP A10 Responsible
CRCT A4 Card type
CRCN A20 Credit card number
EPDA A4 Expiration date
DUDT D10 Due date
ARAT N13 Exchange rate
CRTP N2 Exchange rate type
`);

const BATCH = fields(`
ITRN N16* Interface round number
DIVI A3* Division
ACDT D10* Accounting date
CONO N3 Company
FACI A3 Facility
WHLO A3 Warehouse
TRDT D10 Transaction date
OPMM N1 Inventory accounting interface
OPSS N1 Sales statistics interface
OPGL N1 Financial interface
`);

const COMPANY = fields("CONO N3 Company");

const ROUND_KEY = fields(`
ITRN N16* Interface round number
CONO N3 Company
`);

/**
 * OPS270MI "POS Sales Tickets interface", release 5ea0: every transaction with its fields, types, lengths and mandatory
 * marks (m3.md section 1, SWG and H5L agree on all of them). The metadata marks no field of the ticket rows as mandatory.
 */
export const OPS270MI: MiProgram = {
	name: "OPS270MI",
	description: "POS Sales Tickets interface",
	transactions: [
		{
			name: "AddRoundNumber",
			summary: "Add interface round number",
			input: COMPANY,
			output: fields("ITRN N16 Interface round number"),
		},
		{ name: "AddSlsTicketLin", summary: "Add sales ticket line", input: TICKET_LINE, output: [] },
		{ name: "AddSlsTicketPay", summary: "Send sales ticket payment", input: TICKET_PAYMENT, output: [] },
		{ name: "SndSlsTicketLin", summary: "Send sales ticket line", input: TICKET_LINE, output: [] },
		{ name: "SndSlsTicketPay", summary: "Send sales ticket payment", input: TICKET_PAYMENT, output: [] },
		{ name: "BchPrcRound", summary: "Batch process round number", input: BATCH, output: [] },
		{
			name: "GetRoundNumber",
			summary: "Get info about interface round number",
			input: ROUND_KEY,
			output: fields(`
ITRN N16 Interface round number
NOTR A10 No of transactions
`),
		},
		{
			name: "DelRoundNumber",
			summary: "Delete interface round Number",
			input: ROUND_KEY,
			output: fields(`
ITRN N16 Interface round number
MSGD A78 Message
`),
		},
	],
};
