import { z } from "zod";
import { storeSchema, tillSchema } from "../../feed/schema/values.ts";

const companyId = z.string().regex(/^[a-z0-9-]{1,40}$/);
const accountNo = z.int().min(1000).max(99_999_999).describe("General ledger account number in PowerOffice");
const safTVatCode = z.string().regex(/^[0-9]{1,3}$/);
/** M3 codes are upper-case letters, digits and a few signs; the lengths are OPS270MI's. */
const m3Code = (length: number) => z.string().regex(new RegExp(`^[\\x21-\\x7e]{1,${length}}$`));

/** Where a store belongs in both ERPs. */
export const storeMappingSchema = z.strictObject({
	company: companyId.describe("Key in companies: the legal entity in PowerOffice"),
	cono: z.int().min(1).max(999).describe("M3 company, CONO"),
	divi: m3Code(3).describe("M3 division, DIVI"),
	/** M3's receipt reference is unique per warehouse, so it is one store's alone. */
	whlo: m3Code(3).describe("M3 warehouse of the shop (OPS500), WHLO; one store's alone"),
	cashCustomer: m3Code(10)
		.optional()
		.describe("M3 customer of an anonymous sale, CUNO; without it the field is left out"),
	departmentCode: z
		.string()
		.max(50)
		.optional()
		.describe("PowerOffice department of the store's voucher lines, by code"),
	locationCode: z.string().max(50).optional().describe("PowerOffice location of the store's voucher lines, by code"),
	tills: z
		.array(tillSchema)
		.optional()
		.describe("The tills of the store; one that is not named waits. Left out: every till that names this store"),
});

/** One legal entity in PowerOffice. */
const companyMappingSchema = z.strictObject({
	clientKeyFile: z.string().min(1).describe("File with the client key (a secret, so never the key itself)"),
	roundingAccount: accountNo.optional().describe("Account of cash rounding, both signs"),
	suspenseAccounts: z
		.record(safTVatCode, accountNo)
		.optional()
		.describe("Posts what cannot be mapped to this account per SAF-T VAT code instead of holding the Z"),
});

/** Account of an item group or a line kind, and the VAT code that its lines must have. */
export const salesMappingSchema = z.strictObject({
	account: accountNo,
	name: z.string().max(100).optional().describe("Text of the voucher line"),
	vatCode: safTVatCode
		.optional()
		.describe("SAF-T VAT code; given: a line with another code is not mapped. Left out: the line's own code"),
	accountByVatCode: z
		.record(safTVatCode, accountNo)
		.optional()
		.describe("Accounts of particular VAT codes, before account: the same food eaten here (3) or taken away (31)"),
});

/** A tender type in both ERPs; a tender type without the field that an ERP needs waits there. */
const tenderMappingSchema = z.strictObject({
	account: accountNo.optional().describe("PowerOffice account of this way of paying"),
	paymentMethod: m3Code(3).optional().describe("M3 payment method, PYCD"),
	cashCode: m3Code(10).optional().describe("M3 cash code, CSHC; sent only when given"),
});

const m3RecordType = z.string().regex(/^[0-9]{4}$/);

/** How one line kind becomes an M3 ticket line. */
const recordTypeSchema = z.strictObject({
	xrcd: m3RecordType.describe("Record type, XRCD"),
	goods: z.boolean().default(true).describe("Whether it moves goods: item, unit and quantity are sent"),
	itemId: m3Code(15).optional().describe("Item number of a line that has none of its own (a tip, a fee)"),
});

/** What M3 calls the till's values. */
const m3MappingSchema = z.strictObject({
	/** Record types of lines (m3.md section 1). Tip and fee need an item number of the tenant, so they have no default. */
	recordTypes: z
		.strictObject({
			sale: recordTypeSchema.prefault({ xrcd: "1000" }),
			return: recordTypeSchema.prefault({ xrcd: "1200" }),
			deposit: recordTypeSchema.optional(),
			tip: recordTypeSchema.optional(),
			fee: recordTypeSchema.optional(),
			giftCardIssue: recordTypeSchema.prefault({ xrcd: "1100", goods: false }),
			invoicePayment: recordTypeSchema.prefault({ xrcd: "4500", goods: false }),
		})
		.prefault({}),
	/** Record types of payments, by what was paid. */
	paymentRecordTypes: z
		.strictObject({
			cashSale: m3RecordType.default("1990").describe("XRCD of what was paid for a cash sale"),
			prepayment: m3RecordType.default("1990").describe("XRCD of what was paid in advance"),
			invoicePayment: m3RecordType.default("4590").describe("XRCD of what was paid on an invoice"),
		})
		.prefault({}),
	roundingPaymentMethod: m3Code(3).default("RND").describe("PYCD of cash rounding"),
	offsetPaymentMethod: m3Code(3)
		.optional()
		.describe(
			"PYCD of what one part of a ticket pays for another (a return that pays an invoice); without it such a ticket waits",
		),
	vatCodes: z.record(safTVatCode, z.int().min(0).max(99)).default({}).describe("SAF-T VAT code to VTCD"),
	units: z
		.record(z.string(), m3Code(3))
		.default({})
		.describe("The till's unit to ALUN, where they differ; a unit that is not named is sent as it is"),
});

/**
 * Store, company, account, code: everything that says where a till's facts belong. What is missing holds back only what
 * needs it: the ticket in M3, the Z in PowerOffice, each with the reason (DESIGN section 8).
 */
export const mappingSchema = z.strictObject({
	stores: z.record(storeSchema, storeMappingSchema).default({}).describe("Stores, by their name on the tills"),
	companies: z.record(companyId, companyMappingSchema).default({}).describe("Legal entities in PowerOffice"),
	itemGroups: z.record(z.string(), salesMappingSchema).default({}).describe("Item groups of the tills"),
	lineKinds: z
		.record(z.string(), salesMappingSchema)
		.default({})
		.describe("Lines without an item group, by line kind (tip, fee, giftCardIssue ...)"),
	tenders: z.record(z.string(), tenderMappingSchema).default({}).describe("Tender types of the tills"),
	m3: m3MappingSchema.prefault({}),
});

/** See {@link mappingSchema}. */
export type Mapping = z.output<typeof mappingSchema>;
/** See {@link storeMappingSchema}. */
export type StoreMapping = z.output<typeof storeMappingSchema>;
/** See {@link salesMappingSchema}. */
export type SalesMapping = z.output<typeof salesMappingSchema>;
