import { z } from "zod";

const z6 = z.int().min(1).max(999_999);

/** What `till-relay` can ask of the running relay over its control socket. */
export const relayRequestSchema = z.discriminatedUnion("command", [
	z.strictObject({ command: z.literal("status") }),
	z.strictObject({ command: z.literal("intake"), file: z.string().max(4096) }),
	z.strictObject({
		command: z.literal("reconciliation"),
		store: z.string().max(8).optional(),
		till: z.string().max(4).optional(),
		limit: z.int().min(1).max(1000).default(20),
	}),
	z.strictObject({
		command: z.literal("m3Round"),
		itrn: z.string().max(16),
		outcome: z.enum(["processed", "not-processed"]),
	}),
	z.strictObject({ command: z.literal("m3Ticket"), reference: z.string().max(40), what: z.enum(["send", "booked"]) }),
	z.strictObject({
		command: z.literal("m3Refused"),
		store: z.string().max(8).optional(),
		till: z.string().max(4).optional(),
	}),
	z.strictObject({
		command: z.literal("powerOffice"),
		act: z.enum(["release", "repost", "readAgain", "acknowledgeTwin"]),
		store: z.string().max(8),
		till: z.string().max(4),
		z: z6,
	}),
	z.strictObject({
		command: z.literal("dayClose"),
		store: z.string().max(8),
		till: z.string().max(4),
		z: z6,
		by: z.string().max(100),
		acceptMissing: z.boolean().default(false),
	}),
]);

/** See {@link relayRequestSchema}. */
export type RelayRequest = z.output<typeof relayRequestSchema>;
