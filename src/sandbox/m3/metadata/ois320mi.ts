import { fields, type MiProgram } from "./field-table.ts";

const INPUT = fields(`
CUNO A10* Customer number
ITNO A15* Item number
CONO N3 Company
FACI A3 Facility
WHLO A3 Warehouse location
ORDT D10 Order date
ORQA N16 Ordered quantity
ALUN A3 Alternate unit of measurement
CUCD A3 Currency
ORTP A3 Order type
PRRF A10 Price list
DISY A10 Discount model
DWDT D10 Requested delivery date
CFXX N7 Old CFIN
CAMA N1 Calculate markups
ATNR N17 Attribute number
PLTB A10 Price list table
CFIN N10 Configuration number
ATV6 A15 Attribute value - display field 6
ATV7 A15 Attribute value - display field 7
ATV8 A15 Attribute value - display field 8
ATV9 A15 Attribute value - display field 9
ATV0 A15 Attribute value - display field 10
CHL1 A10 Business chain - level 1
CHL2 A10 Business chain - level 2
CHL3 A10 Business chain - level 3
CHL4 A10 Business chain - level 4
SPUN A3 Sales price unit of measure
PRMS A15 Price origin sequence
PISQ N1 Price in Sales Quantity
CHL5 A10 Business chain - level 5
CHL6 A10 Business chain - level 6
CHL7 A10 Business chain - level 7
CHL8 A10 Business chain - level 8
CHL9 A10 Business chain - level 9
`);

const OUTPUT = fields(`
WHLO A3 Warehouse location
SAPR N13 Sales price
LNAM N15 Line amount
ORDT D10 Order date
ORQA N11 Ordered quantity
ORQS N11 Ordered quantity - sales price
PRRF A10 Pricelist
SMCD A10 Sales person
ORTP A3 Order type
AAGN A10 Agreement number
BAGN A10 Blanket agreement number
DISY A10 Discount model
CUCD A3 Currency
ALUN A3 Alternative unit
PRMO A1 Price origin
SPUN A3 Sales price unit of measure
SACD A5 Sales price quantity
PRRO A10 Pricelist
CMNO A4 Sales campaign ID
DIA1 A13 Discount amount 1
DIA2 A13 Discount amount 2
DIA3 A13 Discount amount 3
DIA4 A13 Discount amount 4
DIA5 A13 Discount amount 5
DIA6 A13 Discount amount 6
DIC1 N1 Status discount 1 - origin
DIC2 N1 Status discount 2 - origin
DIC3 N1 Status discount 3 - origin
DIC4 N1 Status discount 4 - origin
DIC5 N1 Status discount 5 - origin
DIC6 N1 Status discount 6 - origin
CMP1 A4 Statistics identity 1 - Discount
CMP2 A4 Statistics identity 2 - Discount
CMP3 A4 Statistics identity 3 - Discount
CMP4 A4 Statistics identity 4 - Discount
CMP5 A4 Statistics identity 4 - Discount
CMP6 A4 Statistics identity 6 - Discount
TX81 A8 Discount text 1
TX82 A8 Discount text 2
TX83 A8 Discount text 3
TX84 A8 Discount text 4
TX85 A8 Discount text 5
TX86 A8 Discount text 6
CHL1 A10 Business chain - level 1
CHL2 A10 Business chain - level 2
CHL3 A10 Business chain - level 3
CHL4 A10 Business chain - level 4
TINC N1 VAT included
NTCD N1 Net price used
PIDE A4 Promotion
KIT1 A15 Item number
KQT1 N11 Ordered quantity - basic U/M
KSP1 N13 Sales price
KDS1 A15 Name
KIT2 A15 Item number
KQT2 N11 Ordered quantity - basic U/M
KSP2 N13 Sales price
KDS2 A15 Name
KIT3 A15 Item number
KQT3 N11 Ordered quantity - basic U/M
KSP3 N13 Sales price
KDS3 A15 Name
DIP1 N7 Discount 1
DIP2 N7 Discount 2
DIP3 N7 Discount 3
DIP4 N7 Discount 4
DIP5 N7 Discount 5
DIP6 N7 Discount 6
SAP1 N13 Sales price
SAP2 N13 Sales price
SAP3 N13 Sales price
SAP4 N13 Sales price
SAP5 N13 Sales price
SAP6 N13 Sales price
DPR1 N13 Discount amount per unit
DPR2 N13 Discount amount per unit
DPR3 N13 Discount amount per unit
DPR4 N13 Discount amount per unit
DPR5 N13 Discount amount per unit
DPR6 N13 Discount amount per unit
NETP N13 Net price
ODAM N13 Order total discount
CCI1 A15 Core charge item number
CCSA N19 Sales price - core charge
TBPR N7 Margin percent
TBAM N13 Margin amount
UCOS N19 Cost price
APPR N19 Average cost
VAMT N1 Inventory accounting method
CPDC N1 Costing decimal places
COCD N13 Item cost quantity
CPUN A3 Cost unit of measure
LOCD A3 Local currency
CHL5 A10 Business chain - level 5
CHL6 A10 Business chain - level 6
CHL7 A10 Business chain - level 7
CHL8 A10 Business chain - level 8
CHL9 A10 Business chain - level 9
`);

/** OIS320MI "Price and discount inquiry interface": the one transaction that the stand-in serves (m3.md section 2). */
export const OIS320MI: MiProgram = {
	name: "OIS320MI",
	description: "Price and discount inquiry interface",
	transactions: [{ name: "GetPriceLine", summary: "Get item price for a orderline", input: INPUT, output: OUTPUT }],
};
