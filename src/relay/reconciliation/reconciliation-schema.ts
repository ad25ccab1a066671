import { z } from "zod";
import { amountCodec, currencySchema, dateSchema, storeSchema, tillSchema } from "../../feed/schema/values.ts";
import { RECONCILIATION_CODES, type ReconciliationCode } from "../codes.ts";
import type { Reconciliation } from "./reconciliation.ts";

const amount = amountCodec.nullable();
const four = { journal: amount, feed: amountCodec, m3: amount, powerOffice: amount };
const fourSchema = z.object(four);
const countSchema = z.object({ journal: z.int().nullable(), feed: z.int(), m3: z.int().nullable() });
const evidenceSchema = z.enum(["sent", "acknowledged", "booked"]).nullable();
const isCode = (code: string): code is ReconciliationCode => Object.hasOwn(RECONCILIATION_CODES, code);

/** See {@link Reconciliation}. In JSON amounts are integers of minor units. */
export const reconciliationSchema = z.object({
	store: storeSchema,
	till: tillSchema,
	z: z.int().min(1),
	businessDate: dateSchema,
	currency: currencySchema,
	gross: fourSchema,
	net: fourSchema,
	vat: fourSchema,
	rounding: fourSchema,
	tenders: z.array(z.object({ tenderType: z.string(), description: z.string(), ...four })).readonly(),
	vatCodes: z
		.array(
			z.object({
				vatCode: z.string(),
				gross: fourSchema,
				vat: fourSchema,
				lineCount: z.int(),
				difference: amount,
				explained: z.boolean(),
			}),
		)
		.readonly(),
	accounts: z
		.array(z.object({ target: z.string(), vatCode: z.string(), posted: amountCodec, booked: amount }))
		.readonly(),
	counts: z.object({ tickets: countSchema, lines: countSchema }),
	creditGross: amountCodec,
	evidence: z.object({ m3: evidenceSchema, powerOffice: evidenceSchema }),
	vatDifference: amount,
	equal: z.boolean(),
	findings: z
		.array(z.object({ code: z.string().refine(isCode) as z.ZodType<ReconciliationCode>, detail: z.string() }))
		.readonly(),
}) satisfies z.ZodType<Reconciliation>;

/** A reconciliation as a JSON value: amounts are integers of minor units. */
export const reconciliationToJson = (reconciliation: Reconciliation): z.input<typeof reconciliationSchema> =>
	z.encode(reconciliationSchema, reconciliation);

/** Reads a JSON value back. Throws when it is no reconciliation. */
export const reconciliationFromJson = (json: unknown): Reconciliation => reconciliationSchema.parse(json);
