import { z } from "zod";
import { amountCodec, currencySchema, dateSchema, storeSchema, tillSchema } from "../../feed/schema/values.ts";
import { POWER_OFFICE_CODES, type PowerOfficeCode } from "../codes.ts";
import type { CashVoucher, Reason } from "./voucher.ts";

const isCode = (code: string): code is PowerOfficeCode => Object.hasOwn(POWER_OFFICE_CODES, code);

/** See {@link Reason}, as it stands in the ledger. */
export const reasonSchema: z.ZodType<Reason> = z.object({
	code: z.string().refine(isCode) as z.ZodType<PowerOfficeCode>,
	detail: z.string(),
});

const targetSchema = z.discriminatedUnion("kind", [
	z.object({ kind: z.literal("account"), accountNo: z.int() }),
	z.object({ kind: z.literal("customer"), customerNo: z.string() }),
]);

/** See {@link CashVoucher}, as it stands in the ledger: amounts are integers of minor units. */
export const cashVoucherSchema = z.object({
	store: storeSchema,
	till: tillSchema,
	z: z.int().min(1),
	company: z.string(),
	businessDate: dateSchema,
	currency: currencySchema,
	description: z.string(),
	externalImportReference: z.string(),
	revision: z.int().min(1),
	saftSourceId: z.string(),
	saftBatchId: z.string(),
	departmentCode: z.string().nullable(),
	locationCode: z.string().nullable(),
	lines: z
		.array(
			z.object({
				purpose: z.enum(["sale", "tender", "rounding", "invoicePayment"]),
				subject: z.string().nullable(),
				target: targetSchema,
				vatCode: z.string(),
				amount: amountCodec,
				description: z.string(),
				customMatchingReference: z.string().nullable(),
			}),
		)
		.readonly(),
}) satisfies z.ZodType<CashVoucher>;
