import { z } from "zod";
import { amountCodec } from "../../feed/schema/values.ts";
import type { BookedVoucher } from "./booked-voucher.ts";
import type { Delivery } from "./delivery-state.ts";
import { cashVoucherSchema, reasonSchema } from "./voucher-schema.ts";

const bookedVoucherSchema = z.object({
	voucherId: z.string(),
	voucherNo: z.string().nullable(),
	isReversed: z.boolean(),
	rows: z
		.array(
			z.object({
				accountNo: z.string(),
				customerAccountNo: z.string().nullable(),
				vatCode: z.string().nullable(),
				amount: amountCodec,
				vatAmount: amountCodec,
			}),
		)
		.readonly(),
}) satisfies z.ZodType<BookedVoucher>;

const doubtSchema = z.discriminatedUnion("kind", [
	z.object({ kind: z.literal("noAnswer"), why: z.string() }),
	z.object({ kind: z.literal("refusal"), words: z.string(), duplicate: z.boolean() }),
]);

const voucher = cashVoucherSchema;
const voucherId = z.string();
const voucherNo = z.string().nullable();

/** A delivery as it stands in the ledger. */
const deliverySchema = z.object({
	state: z.discriminatedUnion("name", [
		z.object({ name: z.literal("waiting") }),
		z.object({ name: z.literal("ready"), voucher, attempted: z.boolean() }),
		z.object({ name: z.literal("posting"), voucher, attempted: z.boolean() }),
		z.object({ name: z.literal("looking"), voucher, doubt: doubtSchema }),
		z.object({ name: z.literal("held"), voucher, voucherId: z.string().nullable() }),
		z.object({ name: z.literal("posted"), voucher, voucherId }),
		z.object({ name: z.literal("numbered"), voucher, voucherId, voucherNo }),
		z.object({ name: z.literal("booked"), voucher, booked: bookedVoucherSchema }),
		z.object({ name: z.literal("reversing"), voucher, voucherId, refused: z.string().nullable() }),
		z.object({ name: z.literal("reversed"), voucher, voucherId }),
		z.object({ name: z.literal("nothing") }),
	]),
	reasons: z.array(reasonSchema).readonly(),
	tries: z.int().min(0),
}) satisfies z.ZodType<Delivery>;

/** A delivery as JSON text. */
export const deliveryToJson = (delivery: Delivery): string => JSON.stringify(z.encode(deliverySchema, delivery));

/** Reads it back. Throws when the ledger holds something else. */
export const deliveryFromJson = (text: string): Delivery => deliverySchema.parse(JSON.parse(text));
