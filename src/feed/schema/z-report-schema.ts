import { z } from "zod";
import { vatTotalSchema } from "./ticket-schema.ts";
import {
	amountCodec,
	currencySchema,
	dateSchema,
	sha256Schema,
	stampSchema,
	storeSchema,
	tillSchema,
} from "./values.ts";

const count = z.int().min(0);

/** The control totals of a period. */
const controlTotalsSchema = z.object({
	feedSeqFirst: z.int().min(1).nullable(),
	feedSeqLast: z.int().min(1).nullable(),
	ticketCount: count,
	lineCount: count,
	gross: amountCodec,
	net: amountCodec,
	vat: amountCodec,
	rounding: amountCodec,
	vatTotals: z.array(vatTotalSchema).readonly(),
	itemGroups: z
		.array(z.object({ itemGroup: z.string(), vatCode: z.string(), gross: amountCodec, lineCount: count }))
		.readonly(),
	tenders: z
		.array(
			z.object({
				tenderType: z.string(),
				description: z.string(),
				safTCode: z.string(),
				amount: amountCodec,
				count,
			}),
		)
		.readonly(),
});

/** A Z report, version 1. */
export const zReportSchema = z.object({
	version: z.literal(1),
	store: storeSchema,
	till: tillSchema,
	z: z.int().min(1),
	businessDate: dateSchema,
	currency: currencySchema,
	openedAt: stampSchema,
	closedAt: stampSchema,
	operatorId: z.string(),
	receiptNumberFirst: z.int().nullable(),
	receiptNumberLast: z.int().nullable(),
	totals: controlTotalsSchema,
	grandTotals: z.object({ sales: amountCodec, returns: amountCodec, net: amountCodec }),
	head: z.object({ seq: z.int().min(0), sha256: sha256Schema }),
});
