import { z } from "zod";
import { LINE_KINDS } from "../../events/ticket-document.ts";
import {
	amountCodec,
	currencySchema,
	dateSchema,
	journalIdSchema,
	percentageCodec,
	quantityCodec,
	rateCodec,
	stampSchema,
	storeSchema,
	tillSchema,
	unitPriceSchema,
} from "./values.ts";

const priceSchema = z.object({
	unitPrice: unitPriceSchema,
	includesVat: z.boolean(),
	source: z.object({
		origin: z.enum(["catalog", "m3", "label", "operator"]),
		catalogVersion: z.string().nullable(),
		reference: z.string().nullable(),
	}),
	original: unitPriceSchema.nullable(),
});

const discountSchema = z.object({
	reason: z.string().max(40),
	scope: z.enum(["line", "ticket"]),
	given: z.enum(["automatic", "manual"]),
	percentage: percentageCodec.nullable(),
	amount: amountCodec,
	approverId: z.string().nullable(),
});

const originSchema = z.object({
	store: storeSchema,
	till: tillSchema,
	journalId: journalIdSchema.nullable(),
	receiptNumber: z.int().min(1),
	lineNo: z.int().min(1).nullable(),
	businessDate: dateSchema.nullable(),
});

/** One line of a ticket. */
export const ticketLineSchema = z.object({
	lineNo: z.int().min(1),
	kind: z.enum(LINE_KINDS),
	itemId: z.string().max(15).nullable(),
	scanCode: z.object({ symbology: z.string(), data: z.string() }).nullable(),
	description: z.string(),
	itemGroup: z.string().nullable(),
	unit: z.string().max(3),
	unitText: z.string(),
	quantity: quantityCodec,
	basis: z.enum(["unit", "extended"]),
	price: priceSchema,
	extendedAmount: amountCodec,
	discounts: z.array(discountSchema).readonly(),
	vatCode: z.string(),
	vatRate: rateCodec,
	gross: amountCodec,
	net: amountCodec,
	vat: amountCodec,
	origin: originSchema.nullable(),
	invoice: z.object({ invoiceNo: z.string(), customerNo: z.string(), customMatchingReference: z.string() }).nullable(),
	approverId: z.string().nullable(),
});

/** One tender of a ticket, or its change. */
export const ticketTenderSchema = z.object({
	tenderNo: z.int().min(1),
	kind: z.enum(["tender", "change"]),
	tenderType: z.string(),
	description: z.string(),
	safTCode: z.string().regex(/^12[0-9]{3}$/),
	isCash: z.boolean(),
	amount: amountCodec,
	card: z
		.object({
			first6: z
				.string()
				.regex(/^[0-9]{6}$/)
				.nullable(),
			last4: z
				.string()
				.regex(/^[0-9]{4}$/)
				.nullable(),
			scheme: z.string().nullable(),
			terminalReference: z.string().nullable(),
		})
		.nullable(),
});

/** Sums of one VAT code. */
export const vatTotalSchema = z.object({
	vatCode: z.string(),
	vatRate: rateCodec,
	gross: amountCodec,
	net: amountCodec,
	vat: amountCodec,
});

const apportionmentSchema = z.object({
	group: z.enum(["invoicePayment", "prepayment", "cashSale"]),
	gross: amountCodec,
	tenders: z.array(z.object({ tenderNo: z.int().min(1), amount: amountCodec })).readonly(),
	rounding: amountCodec,
	offset: amountCodec,
});

/** A closed ticket, version 1. Decodes JSON to a TicketDocument, encodes it back to the same JSON. */
export const ticketDocumentSchema = z.object({
	version: z.literal(1),
	ticketId: z.string(),
	store: storeSchema,
	till: tillSchema,
	businessDate: dateSchema,
	z: z.int().min(1),
	transactionCode: z.string().regex(/^11[0-9]{3}$/),
	settlement: z.enum(["cash", "credit"]),
	training: z.boolean(),
	series: z.enum(["receipt", "return", "delivery", "training"]),
	receiptNumber: z.int().min(1),
	operatorId: z.string(),
	customer: z
		.object({ customerNo: z.string(), personId: z.string().nullable(), saltedHash: z.string().nullable() })
		.nullable(),
	currency: currencySchema,
	openedAt: stampSchema,
	closedAt: stampSchema,
	lines: z.array(ticketLineSchema).readonly(),
	tenders: z.array(ticketTenderSchema).readonly(),
	rounding: amountCodec,
	due: amountCodec,
	net: amountCodec,
	vat: amountCodec,
	vatTotals: z.array(vatTotalSchema).readonly(),
	apportionment: z.array(apportionmentSchema).readonly(),
	fiscal: z
		.object({
			country: z.string(),
			nr: z.int().nullable(),
			signature: z.string().nullable(),
			previousSignature: z.string().nullable(),
			keyVersion: z.string().nullable(),
			algorithm: z.string().nullable(),
			printable: z.array(z.object({ caption: z.string(), data: z.string() })).readonly(),
		})
		.nullable(),
});
