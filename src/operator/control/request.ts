import { z } from "zod";
import { NO_SALE_REASONS } from "../../events/journal-event.ts";

/** The longest request or answer line in bytes. */
export const CONTROL_LINE_BYTES_MAX = 1_000_000;

/** What `tillctl` can ask of the service over the control socket: one JSON object a line, answered by one line. */
export const controlRequestSchema = z.discriminatedUnion("command", [
	z.strictObject({
		command: z.literal("scan"),
		code: z.string().max(4296),
		quantity: z.string().max(20).optional(),
	}),
	z.strictObject({
		command: z.literal("tender"),
		tenderType: z.string().max(40),
		amount: z.string().max(30).optional(),
		currency: z.string().max(3).optional(),
	}),
	z.strictObject({ command: z.literal("close") }),
	z.strictObject({ command: z.literal("dayOpen"), businessDate: z.string().max(10).optional() }),
	z.strictObject({ command: z.literal("dayClose") }),
	z.strictObject({ command: z.literal("status") }),
	z.strictObject({ command: z.literal("view") }),
	z.strictObject({
		command: z.literal("ticketShow"),
		receiptNumber: z.int().min(1),
		series: z.string().max(10).default("receipt"),
	}),
	z.strictObject({ command: z.literal("receiptCopy"), receiptNumber: z.int().min(1) }),
	z.strictObject({ command: z.literal("reportCopy"), z: z.int().min(1) }),
	z.strictObject({
		command: z.literal("doubtSettle"),
		jobId: z.string().max(80),
		remedy: z.enum(["itCameOut", "copyPrinted", "drawerChecked"]),
	}),
	z.strictObject({
		command: z.literal("drawerOpen"),
		reason: z.enum(NO_SALE_REASONS),
		drawerId: z.string().max(40).optional(),
	}),
	z.strictObject({ command: z.literal("deviceTest"), deviceId: z.string().max(40) }),
	z.strictObject({
		command: z.literal("deviceScan"),
		deviceId: z.string().max(40),
		timeoutMs: z.int().min(1).max(600_000),
	}),
	z.strictObject({ command: z.literal("clockConfirm") }),
	z.strictObject({
		command: z.literal("catalogImport"),
		file: z.string().max(4096),
		effectiveFromUtcMs: z.int().optional(),
	}),
	z.strictObject({ command: z.literal("catalogRecall"), file: z.string().max(4096) }),
	z.strictObject({
		command: z.literal("journalShow"),
		fromSeq: z.int().min(1).optional(),
		limit: z.int().min(1).max(1000).default(20),
		types: z.array(z.string().max(40)).max(30).optional(),
	}),
	z.strictObject({
		command: z.literal("journalExport"),
		file: z.string().max(4096),
		fromFeedSeq: z.int().min(1).optional(),
	}),
]);

/** A request as it is sent: what has a default may be left out. */
export type ControlCall = z.input<typeof controlRequestSchema>;

/** See {@link controlRequestSchema}. */
export type ControlRequest = z.output<typeof controlRequestSchema>;

/** One answer. `refused` and `fault` carry a code; `progress` lines may come before the last one. */
export type ControlAnswer =
	| { readonly kind: "ok"; readonly result: unknown }
	| {
			readonly kind: "refused";
			readonly code: string;
			readonly message: string;
			readonly details: Readonly<Record<string, string>>;
	  }
	| { readonly kind: "fault"; readonly code: string; readonly message: string; readonly problems: readonly string[] };

/** A line on its way to the caller while long work goes on. */
export interface ControlProgress {
	readonly kind: "progress";
	readonly text: string;
}
