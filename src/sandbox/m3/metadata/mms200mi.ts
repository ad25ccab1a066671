import { fields, type MiProgram } from "./field-table.ts";

const INPUT = fields(`
ITNO A15* Item number
CONO N3 Company
LNCD A2 Language
`);

const OUTPUT = fields(`
STAT A2 Status
ITNO A15 Item number
ITDS A30 Name
FUDS A60 Description 2
DWNO A20 Drawing number
RESP A10 Responsible
RENM A36 Name of user responsible
UNMS A3 Basic unit of measure
DS01 A15 Description - Basic unit of measure
ITGR A8 Item group
DS02 A15 Description - Item group
ITCL A5 Product group
DS03 A15 Description - Product group
BUAR A3 Business area
DS04 A15 Description - Business area
ITTY A3 Item type
DS05 A15 Description - Item type
TPCD N2 Item category
MABU N1 Make/buy code
CHCD N1 Configuration code
STCD N1 Inventory accounting
BACD N1 Lot numbering method
VOL3 N11 Volume
NEWE N11 Net weight
GRWE N11 Gross weight
PPUN A3 Purchase price U/M
DS06 A15 Description - Purchase price U/M
BYPR N1 By/co-product code
WAPC N7 Normal waste percentage
QACD N1 Inspection code
EPCD N1 Yield calculation
POCY N7 Normal potency
ACTI N1 Active or catch weight item
HIE1 A15 Hierachy level 1
HIE2 A15 Hierachy level 2
HIE3 A15 Hierachy level 3
HIE4 A15 Hierachy level 4
HIE5 A15 Hierachy level 5
GRP1 A15 Search group 1
GRP2 A15 Search group 2
GRP3 A15 Search group 3
GRP4 A15 Search group 4
GRP5 A15 Search group 5
CFI1 A10 User-defined field 1 - item
CFI2 N17 User-defined field 2 - item
CFI3 A3 User-defined field 3 - item
CFI4 A5 User-defined field 4 - item
CFI5 A1 User-defined field 5 - item
TXID N13 Text identity
ECMA N1 ECO managed
PRGP A3 Procurement group
DS07 A15 Description - Procurement group
INDI N1 Lot control method
PUUN A3 Purchase order U/M
DS08 A15 Description - Purchase order U/M
ALUC N1 Alternate U/M in use
IEAA N1 Item exists as alias identity
EXPD N1 Expiration date method
GRMT A3 Goods receiving method
HAZI N1 Danger indicator
SALE N1 Sales item
TAXC A3 Tax code customer/address
DS09 A15 Description - Tax code customer/address
ATMO A10 Attribute model
ATMN N1 Attribute managed
TPLI A15 Template item number
FCU1 N13 Estimated free unit of assigned goods
ALUN A3 Alternate U/M
IACP N1 Attribute-controlled item
HDPR A15 Main product
AAD0 N1 Extended QA used
AAD1 N1 Generate txt from text template
CHCL N1 Charge calculation
ITRC N1 Individual item tracing
VTCP N2 VAT code - purchase
DS10 A15 Description - VAT code - purchase
VTCS N2 VAT code - sales
DS11 A15 Description - VAT code - sales
LMDT D10 Change date
DCCD N1 Number of decimal places
PDCC N1 Number of price decimal places
SPUN A3 Sales price unit of measure
GRTI A10 Group Technology Class
GRTS A5 Distribution Group Technology
ACHK N1 Assortment check
CAWP N1 Catch weight mode
CWUN A3 Catch weight unit of measure
CPUN A3 Standard cost price unit of measure
ILEN N7 Length
IWID N7 Width
IHEI N7 Height
MOTP A15 Model/site
ACMC A15 Compatibility code
ITRU N1 Included in territorial roll-up
TECR A3 Core terms
EXCA N1 Exchangeable
ACCG A8 Acceptance group
CCCM A6 Costing model - core charge
CCI1 A15 Core charge item number
CRI1 A15 Core remain item number
HVMT N1 Harvest method
ITNE A40 Extended item number
SPGV N11 Specific gravity
AUTC N1 Issue message
RIDE A10 Reference identity
RIDC N1 Reference identity code
RNRI N1 Returnable/non-returnable indicator
SAFC A1 Supplier's ABC code
RMSG N1 Returnable message
RUID A15 Ruleset ID
PDLN A10 Product line
CPGR A15 Composition group
SUME N1 Sublot method
SUMP A3 Sublot policy
EVGR A2 Environment group
QMGP A10 Quality group
RGDT D10 Entry date
RGTM N6 Entry time
QIRQ A1 Quality inspected
SPIH A1 Inherit specs
CHID A10 Changed by
`);

/** MMS200MI "Item toolbox interface": the one transaction that the stand-in serves (m3.md section 3). */
export const MMS200MI: MiProgram = {
	name: "MMS200MI",
	description: "Item toolbox interface",
	transactions: [{ name: "GetItmBasic", summary: "Get Item Basic Data", input: INPUT, output: OUTPUT }],
};
