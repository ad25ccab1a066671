import { z } from "zod";
import { storeSchema, tillSchema } from "../../feed/schema/values.ts";

const companyId = z.string().regex(/^[a-z0-9-]{1,40}$/);
const accountNo = z.int().min(1000).max(99_999_999).describe("General ledger account number in PowerOffice");
const safTVatCode = z.string().regex(/^[0-9]{1,3}$/);
/** M3 codes are upper-case letters, digits and a few signs; the lengths are OPS270MI's. */
const m3Code = (length: number) => z.string().regex(new RegExp(`^[\\x21-\\x7e]{1,${length}}$`));

/** Where a store belongs in both ERPs. */
export const storeMappingSchema = z.strictObject({
	/** Key in `companies`: the legal entity in PowerOffice. */
	company: companyId,
	/** M3 company, CONO. */
	cono: z.int().min(1).max(999),
	/** M3 division, DIVI. */
	divi: m3Code(3),
	/** M3 facility, FACI; given only when it is to be sent. */
	faci: m3Code(3).optional(),
	/** M3 warehouse of the shop (OPS500), WHLO. M3's receipt reference is unique per warehouse, so it is one store's alone. */
	whlo: m3Code(3),
	/** M3 customer of an anonymous sale, CUNO; without it the field is left out. */
	cashCustomer: m3Code(10).optional(),
	/** PowerOffice dimensions of every voucher line of the store, by code. */
	departmentCode: z.string().max(50).optional(),
	locationCode: z.string().max(50).optional(),
	/** The tills of the store; a till that is not named waits. Left out: every till that names this store. */
	tills: z.array(tillSchema).optional(),
});

/** One legal entity in PowerOffice. */
export const companyMappingSchema = z.strictObject({
	/** File with the client key (a secret, so never the key itself). */
	clientKeyFile: z.string(),
	/** Account of cash rounding, both signs. */
	roundingAccount: accountNo.optional(),
	/** Account that a return uses to pay an invoice on the same ticket; normally never touched. */
	offsetAccount: accountNo.optional(),
	/** Posts what cannot be mapped to this account per SAF-T VAT code instead of holding the Z; off unless written. */
	suspenseAccounts: z.record(safTVatCode, accountNo).optional(),
});

/** Account of an item group or a line kind, and the VAT code that its lines must have. */
export const salesMappingSchema = z.strictObject({
	account: accountNo,
	/** Text of the voucher line. */
	name: z.string().max(100).optional(),
	/** SAF-T VAT code; given: a line with another code is not mapped. Left out: the line's own code. */
	vatCode: safTVatCode.optional(),
	/** Accounts of particular VAT codes, before `account`: the same food eaten here (3) or taken away (31). */
	accountByVatCode: z.record(safTVatCode, accountNo).optional(),
});

/** A tender type in both ERPs; a tender type without the field that an ERP needs waits there. */
export const tenderMappingSchema = z.strictObject({
	/** PowerOffice account of this way of paying. */
	account: accountNo.optional(),
	/** M3 payment method, PYCD. */
	paymentMethod: m3Code(3).optional(),
	/** M3 cash code, CSHC; sent only when given. */
	cashCode: m3Code(10).optional(),
});

/** How one line kind becomes an M3 ticket line. */
export const recordTypeSchema = z.strictObject({
	/** Record type, XRCD. */
	xrcd: z.string().regex(/^[0-9]{4}$/),
	/** Whether it moves goods: item, unit and quantity are sent. */
	goods: z.boolean().default(true),
	/** Item number of a line that has none of its own (a tip, a fee). */
	itemId: m3Code(15).optional(),
});

/** What M3 calls the till's values. */
export const m3MappingSchema = z.strictObject({
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
			cashSale: z
				.string()
				.regex(/^[0-9]{4}$/)
				.default("1990"),
			prepayment: z
				.string()
				.regex(/^[0-9]{4}$/)
				.default("1990"),
			invoicePayment: z
				.string()
				.regex(/^[0-9]{4}$/)
				.default("4590"),
		})
		.prefault({}),
	/** PYCD of cash rounding. */
	roundingPaymentMethod: m3Code(3).default("RND"),
	/** PYCD of what one part of a ticket pays for another (a return that pays an invoice); without it such a ticket waits. */
	offsetPaymentMethod: m3Code(3).optional(),
	/** SAF-T VAT code -> VTCD. */
	vatCodes: z.record(safTVatCode, z.int().min(0).max(99)).default({}),
	/** The till's unit -> ALUN, where they differ; a unit that is not named is sent as it is. */
	units: z.record(z.string(), m3Code(3)).default({}),
});

/**
 * Store, company, account, code: everything that says where a till's facts belong. What is missing holds back only what
 * needs it: the ticket in M3, the Z in PowerOffice, each with the reason (DESIGN section 8).
 */
export const mappingSchema = z.strictObject({
	stores: z.record(storeSchema, storeMappingSchema).default({}),
	companies: z.record(companyId, companyMappingSchema).default({}),
	/** Item group of the till -> sales account. */
	itemGroups: z.record(z.string(), salesMappingSchema).default({}),
	/** Lines without an item group, by line kind (tip, fee, giftCardIssue, ...) -> account. */
	lineKinds: z.record(z.string(), salesMappingSchema).default({}),
	/** Tender type of the till -> how it is paid. */
	tenders: z.record(z.string(), tenderMappingSchema).default({}),
	m3: m3MappingSchema.prefault({}),
});

/** See {@link mappingSchema}. */
export type Mapping = z.output<typeof mappingSchema>;
/** See {@link storeMappingSchema}. */
export type StoreMapping = z.output<typeof storeMappingSchema>;
/** See {@link companyMappingSchema}. */
export type CompanyMapping = z.output<typeof companyMappingSchema>;
/** See {@link salesMappingSchema}. */
export type SalesMapping = z.output<typeof salesMappingSchema>;
/** See {@link tenderMappingSchema}. */
export type TenderMapping = z.output<typeof tenderMappingSchema>;
/** See {@link m3MappingSchema}. */
export type M3Mapping = z.output<typeof m3MappingSchema>;
