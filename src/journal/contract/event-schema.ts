import { z } from "zod";
import { NO_SALE_REASONS } from "../../events/journal-event.ts";
import { ticketDocumentSchema, ticketLineSchema, ticketTenderSchema } from "../../feed/schema/ticket-schema.ts";
import {
	amountCodec,
	currencySchema,
	dateSchema,
	journalIdSchema,
	sha256Schema,
	storeSchema,
	tillSchema,
} from "../../feed/schema/values.ts";
import { zReportSchema } from "../../feed/schema/z-report-schema.ts";

const count = z.int().min(0);
const counters = z.object({ receipt: count, return: count, delivery: count, training: count, z: count, ticket: count });
const grandTotals = z.object({ sales: amountCodec, returns: amountCodec });
const paper = z.enum(["receipt", "copy", "zReport"]);
const papers = z.array(z.object({ paper, number: count })).readonly();
const openJobs = z
	.array(
		z.object({
			jobId: z.string(),
			what: z.enum(["print", "drawer"]),
			paper: paper.nullable(),
			number: count.nullable(),
			since: z.enum(["started", "unknown"]),
			hasOpened: z.literal(true).exactOptional(),
		}),
	)
	.readonly();
const kindSeq = z.object({ ticket: count, report: count, event: count, training: count });

/** One record's event: decodes the stored JSON, encodes it back to the same JSON. Old versions stay readable for ever. */
export const journalEventSchema = z.discriminatedUnion("type", [
	z.object({
		type: z.literal("JournalCreated"),
		journalId: journalIdSchema,
		store: storeSchema,
		till: tillSchema,
		currency: currencySchema,
		counters,
		grandTotals,
		adoptedFrom: z.object({ journalId: journalIdSchema, seq: count, sha256: sha256Schema }).nullable(),
		reason: z.enum(["provisioned", "restoredCopy", "swappedBox"]),
	}),
	z.object({
		type: z.literal("SegmentOpened"),
		journalId: journalIdSchema,
		month: z.string().regex(/^[0-9]{4}-[0-9]{2}$/),
		previous: z.object({ month: z.string(), seq: count, sha256: sha256Schema }),
		counters,
		grandTotals,
		catalogVersion: z.string().nullable(),
		jobs: z.object({ doubts: openJobs, notPrinted: papers }).exactOptional(),
		feed: z.object({ feedSeq: count, sha256: sha256Schema, kindSeq }),
	}),
	z.object({ type: z.literal("ApplicationStarted"), applicationVersion: z.string(), recovery: z.boolean() }),
	z.object({ type: z.literal("ApplicationStopped"), reason: z.string() }),
	z.object({
		type: z.literal("ClockDoubted"),
		doubt: z.enum(["steppedBack", "behindLastRecord", "farAhead", "unsynchronised"]),
		differenceMs: z.int(),
	}),
	z.object({ type: z.literal("ClockConfirmed"), operatorId: z.string() }),
	z.object({
		type: z.literal("BusinessDayOpened"),
		businessDate: dateSchema,
		z: z.int().min(1),
		feedSeqFirst: z.int().min(1),
		operatorId: z.string(),
	}),
	z.object({ type: z.literal("BusinessDayClosed"), report: zReportSchema }),
	z.object({
		type: z.literal("TicketOpened"),
		ticketId: z.string(),
		operatorId: z.string(),
		training: z.boolean(),
	}),
	z.object({ type: z.literal("ItemSold"), line: ticketLineSchema }),
	z.object({ type: z.literal("TenderReceived"), tender: ticketTenderSchema }),
	z.object({ type: z.literal("CashRounded"), amount: amountCodec }),
	z.object({ type: z.literal("ChangeGiven"), tender: ticketTenderSchema }),
	z.object({ type: z.literal("TicketClosed"), document: ticketDocumentSchema }),
	z.object({
		type: z.literal("TicketSetAside"),
		ticketId: z.string(),
		reason: z.string(),
		lineCount: count,
		due: amountCodec,
	}),
	z.object({
		type: z.literal("DrawerOpenStarted"),
		jobId: z.string(),
		cause: z.enum(["sale", "return", "noSale", "test"]),
		ticketId: z.string().nullable(),
		drawerId: z.string().max(40).exactOptional(),
		reason: z.enum(NO_SALE_REASONS).exactOptional(),
	}),
	z.object({
		type: z.literal("DrawerOpened"),
		drawerId: z.string().max(40),
		cause: z.object({ jobId: z.string() }).nullable(),
		seen: z.enum(["change", "afterGap"]),
	}),
	z.object({
		type: z.literal("DrawerClosed"),
		drawerId: z.string().max(40),
		seen: z.enum(["change", "afterGap"]),
	}),
	z.object({ type: z.literal("DrawerOpenTooLong"), drawerId: z.string().max(40), openMs: count }),
	z.object({
		type: z.literal("DrawerOpenFinished"),
		jobId: z.string(),
		outcome: z.enum(["sent", "expired", "failed", "unknown"]),
		detail: z.string().nullable(),
	}),
	z.object({
		type: z.literal("PrintStarted"),
		jobId: z.string(),
		subject: z.discriminatedUnion("kind", [
			z.object({
				kind: z.literal("ticket"),
				ticketId: z.string(),
				receiptNumber: z.int().min(1),
				copy: z.boolean(),
			}),
			z.object({ kind: z.literal("zReport"), z: z.int().min(1), copy: z.boolean().exactOptional() }),
			z.object({ kind: z.literal("test"), deviceId: z.string().max(40) }),
		]),
	}),
	z.object({
		type: z.literal("PrintFinished"),
		jobId: z.string(),
		outcome: z.enum(["confirmed", "written", "failed", "unknown"]),
		confirmation: z.enum(["processId", "gsr", "written"]).nullable(),
		detail: z.string().nullable(),
	}),
	z.object({
		type: z.literal("DoubtSettled"),
		jobId: z.string(),
		operatorId: z.string(),
		remedy: z.enum(["itCameOut", "copyPrinted", "drawerChecked"]),
	}),
	z.object({ type: z.literal("CatalogActivated"), version: z.string(), sha256: sha256Schema, itemCount: count }),
	z.object({
		type: z.literal("ChainAnchored"),
		feedSeq: count,
		sha256: sha256Schema,
		ledgerId: z.string(),
		term: count,
	}),
	z.object({
		type: z.literal("CommandReceived"),
		commandId: z.string().max(64),
		issuer: z.string().max(64),
		kind: z.enum(["replay", "reportStatus"]),
		fromFeedSeq: z.int().min(1).nullable(),
	}),
	z.object({ type: z.literal("JournalExported"), feedSeqFirst: count, feedSeqLast: count, sha256: sha256Schema }),
	z.object({
		type: z.literal("SegmentDeleted"),
		month: z.string().regex(/^[0-9]{4}-[0-9]{2}$/),
		seq: count,
		sha256: sha256Schema,
		feedSeq: count,
	}),
]);
