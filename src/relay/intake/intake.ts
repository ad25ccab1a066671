import { createHash } from "node:crypto";
import type { Accepted } from "../../feed/schema/control.ts";
import { NO_PREVIOUS } from "../../feed/schema/message.ts";
import type { TillAddress, UpName } from "../../feed/schema/topic.ts";
import type { Clock } from "../../runtime/contract/clock.ts";
import { messageOf } from "../../runtime/contract/fault.ts";
import type { AlarmBook } from "../alarm/alarm-book.ts";
import type { RelayCode } from "../codes.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { isLedgerTrouble } from "../ledger/ledger-trouble.ts";
import { aheadSha256, keepAhead, takeAhead } from "./ahead.ts";
import { archive, heldSha256, type MessageKey, reissueOf } from "./archive.ts";
import { type Content, contentOf } from "./content.ts";
import { watchAllDays, watchDays } from "./day-watch.ts";
import { daySubject, noteDay } from "./days.ts";
import { type IntakeEnvelope, readEnvelope } from "./envelope.ts";
import { addJournal, extendJournal, findJournal, forkJournal, type JournalRow, lastOrdinal } from "./journals.ts";
import { place } from "./placement.ts";
import { relayReportOf } from "./relay-report.ts";
import { INTAKE_STEPS } from "./schema.ts";
import { noteSeries, seriesHighest } from "./series.ts";
import { isSetAside, resolveSetAside, setAside } from "./set-aside.ts";

/** Where a message came in: the till that its topic or file names, and which of the till's topics it was. */
export interface TopicAddress extends TillAddress {
	readonly name: UpName | "file";
}

/** One message as it came in. */
export interface Arrival {
	readonly topic: TopicAddress;
	readonly bytes: Uint8Array;
}

/** What became of a message. What is `stored` or a `repeat` is on disk: `accepted` may be answered. */
export type Taken =
	| { readonly outcome: "stored" | "repeat"; readonly journalId: string }
	/** Something is missing before it; `fromFeedSeq` is what to ask the till for. */
	| { readonly outcome: "gap"; readonly journalId: string; readonly fromFeedSeq: number }
	/** The journal contradicts itself: nothing further is accepted from it. */
	| { readonly outcome: "fork"; readonly journalId: string; readonly code: RelayCode; readonly reason: string }
	/** The journal has forked before; kept as evidence only. */
	| { readonly outcome: "refused"; readonly journalId: string; readonly code: RelayCode; readonly reason: string }
	| { readonly outcome: "setAside"; readonly code: RelayCode; readonly reason: string };

/** The relay's front door. Synchronous: when a call returns, what it answered is on disk. */
export interface Intake {
	/** Takes one message. Throws only when the ledger cannot be written; then nothing was taken. */
	take(topic: TopicAddress, bytes: Uint8Array): Taken;
	/** Takes several in one transaction and one sync; outcomes in the order given. */
	takeAll(arrivals: readonly Arrival[]): Taken[];
	/** What to answer a till about a journal: how far it is stored, durably. */
	accepted(address: TillAddress, journalId: string): Accepted;
}

const subjectOf = ({ store, till }: TillAddress): string => `${store}/${till}`;

/** Alarms of a journal that has forked. */
const FORK_CODES: readonly RelayCode[] = ["RELAY-1106", "RELAY-1107", "RELAY-1108"];

/** Opens the intake on a ledger. */
export const openIntake = (ledger: Ledger, alarms: AlarmBook, clock: Clock): Intake => {
	ledger.migrate("intake", INTAKE_STEPS);
	watchAllDays(ledger, alarms, clock.stamp().utcMs);

	const aside = (
		arrival: Arrival,
		sha256: string,
		key: { readonly journalId: string; readonly feedSeq: number } | null,
		code: RelayCode,
		reason: string,
		atUtcMs: number,
	): void => {
		const { topic, bytes } = arrival;
		const isKept = setAside(ledger, { address: topic, name: topic.name, code, reason, key, sha256, bytes }, atUtcMs);
		alarms.raise(code, key?.journalId ?? subjectOf(topic), reason, atUtcMs);
		const again = key === null ? undefined : reissueOf(ledger, { ...key, sha256 });
		if (key !== null && again !== undefined) settleSetAside({ ...key, sha256 }, again, atUtcMs);
		if (!isKept) alarms.raise("RELAY-1112", subjectOf(topic), `not kept: ${code} ${reason}`, atUtcMs);
	};

	/** Stores the message that continues a journal, with everything that follows from it. */
	const append = (
		envelope: IntakeEnvelope,
		body: unknown,
		sha256: string,
		bytes: Uint8Array,
		atUtcMs: number,
	): void => {
		const read = contentOf(envelope, body);
		const content = bookable(read);
		const { journalId, feedSeq, reissueOf: original } = envelope;
		const isFirst = archive(ledger, envelope, content, sha256, bytes, atUtcMs);
		extendJournal(ledger, journalId, feedSeq, sha256, atUtcMs);
		noteSeries(ledger, envelope, read);
		if (content.kind === "problem") alarms.raise(content.code, `${journalId}/${feedSeq}`, content.reason, atUtcMs);
		if (original !== null) settleSetAside(original, `sent again as ${journalId}/${feedSeq}`, atUtcMs);
		const noted = isFirst ? noteDay(ledger, envelope, content) : undefined;
		if (noted !== undefined) watchDays(ledger, alarms, noted, atUtcMs);
	};

	/** The Z of a day that a person has closed here is kept, and nothing is booked from it. */
	const bookable = (content: Content): Content => {
		const own = content.kind === "report" ? relayReportOf(ledger, content.report) : undefined;
		if (content.kind !== "report" || own === undefined) return content;
		const { gross, ticketCount } = content.report.totals;
		const here = `${daySubject(own)} was closed here by ${own.closedBy}: ${own.ticketCount} tickets, gross ${own.gross} minor units`;
		return { kind: "problem", code: "RELAY-1115", reason: `${here}; the Z says ${ticketCount} and ${gross}` };
	};

	/** What was set aside came again; when nothing else of its journal is left aside, that journal's fork is dealt with. */
	const settleSetAside = (key: MessageKey, resolution: string, atUtcMs: number): void => {
		resolveSetAside(ledger, key, resolution, atUtcMs);
		if (isSetAside(ledger, key.journalId)) return;
		for (const code of FORK_CODES) alarms.resolve(code, key.journalId, atUtcMs);
	};

	/** Appends what was kept ahead, as far as it continues the chain. A kept message that does not is a fork. */
	const drain = (journalId: string, topic: TopicAddress, atUtcMs: number): void => {
		for (;;) {
			const journal = findJournal(ledger, journalId);
			if (journal === undefined || journal.forkCode !== null) return;
			const next = takeAhead(ledger, journalId, journal.contiguous + 1);
			if (next === undefined) return;
			const reading = readEnvelope(next.bytes);
			if (!reading.readable) return;
			const { envelope, body } = reading;
			if (envelope.prev === journal.sha256) append(envelope, body, next.sha256, next.bytes, atUtcMs);
			else {
				const reason = `number ${envelope.feedSeq} does not continue number ${journal.contiguous}`;
				forkJournal(ledger, journalId, "RELAY-1108", reason);
				aside({ topic, bytes: next.bytes }, next.sha256, envelope, "RELAY-1108", reason, atUtcMs);
			}
		}
	};

	const warnOfSecondJournal = (journal: JournalRow, atUtcMs: number): void => {
		const last = lastOrdinal(ledger, journal);
		if (journal.ordinal === last) return;
		const detail = `journal ${journal.journalId} goes on after its till has begun journal number ${last}`;
		alarms.raise("RELAY-1109", subjectOf(journal), detail, atUtcMs);
	};

	const takeOne = (arrival: Arrival, atUtcMs: number): Taken => {
		const { topic, bytes } = arrival;
		const sha256 = createHash("sha256").update(bytes).digest("hex");
		const reading = readEnvelope(bytes);
		if (!reading.readable) {
			aside(arrival, sha256, null, reading.code, reading.reason, atUtcMs);
			return { outcome: "setAside", code: reading.code, reason: reading.reason };
		}
		const { envelope, body } = reading;
		const { journalId, feedSeq } = envelope;
		const refuseAddress = (code: RelayCode, reason: string): Taken => {
			aside(arrival, sha256, null, code, reason, atUtcMs);
			return { outcome: "setAside", code, reason };
		};
		if (envelope.store !== topic.store || envelope.till !== topic.till) {
			return refuseAddress("RELAY-1104", `it names ${subjectOf(envelope)}`);
		}
		const known = findJournal(ledger, journalId);
		if (known !== undefined && subjectOf(known) !== subjectOf(topic)) {
			return refuseAddress("RELAY-1105", `journal ${journalId} belongs to ${subjectOf(known)}`);
		}
		const journal = known ?? addJournal(ledger, topic, journalId, atUtcMs);
		const placement = place(
			{ contiguous: journal.contiguous, sha256: journal.sha256, forked: journal.forkCode !== null },
			{
				feedSeq,
				sha256,
				prev: envelope.prev,
				heldSha256: heldSha256(ledger, journalId, feedSeq) ?? aheadSha256(ledger, journalId, feedSeq),
			},
		);
		switch (placement.place) {
			case "append":
				warnOfSecondJournal(journal, atUtcMs);
				append(envelope, body, sha256, bytes, atUtcMs);
				drain(journalId, topic, atUtcMs);
				return { outcome: "stored", journalId };
			case "repeat":
				return { outcome: "repeat", journalId };
			case "ahead":
				if (placement.keep) {
					keepAhead(ledger, { journalId, feedSeq, sha256, bytes });
					noteSeries(ledger, topic, contentOf(envelope, body));
				}
				return { outcome: "gap", journalId, fromFeedSeq: journal.contiguous + 1 };
			case "fork":
				forkJournal(ledger, journalId, placement.code, placement.reason);
				noteSeries(ledger, topic, contentOf(envelope, body));
				aside(arrival, sha256, envelope, placement.code, placement.reason, atUtcMs);
				return { outcome: "fork", journalId, code: placement.code, reason: placement.reason };
			case "afterFork": {
				const reason = `journal ${journalId} has forked: ${journal.forkReason}`;
				noteSeries(ledger, topic, contentOf(envelope, body));
				aside(arrival, sha256, envelope, "RELAY-1107", reason, atUtcMs);
				return { outcome: "refused", journalId, code: "RELAY-1107", reason };
			}
		}
	};

	/** A message that breaks the intake itself is set aside too: one till's bytes never hold up another till. */
	const takeSafely = (arrival: Arrival, atUtcMs: number): Taken => {
		try {
			return ledger.transaction(() => takeOne(arrival, atUtcMs));
		} catch (error) {
			if (isLedgerTrouble(error)) throw error;
			const reason = messageOf(error);
			const sha256 = createHash("sha256").update(arrival.bytes).digest("hex");
			ledger.transaction(() => aside(arrival, sha256, null, "RELAY-1111", reason, atUtcMs));
			return { outcome: "setAside", code: "RELAY-1111", reason };
		}
	};

	const takeAll = (arrivals: readonly Arrival[]): Taken[] => {
		const atUtcMs = clock.stamp().utcMs;
		try {
			return ledger.transaction(() => arrivals.map((arrival) => takeOne(arrival, atUtcMs)));
		} catch {
			return arrivals.map((arrival) => takeSafely(arrival, atUtcMs));
		}
	};

	return {
		take: (topic, bytes) => takeSafely({ topic, bytes }, clock.stamp().utcMs),
		takeAll,
		accepted: (address, journalId) => {
			const journal = findJournal(ledger, journalId);
			return {
				v: 1,
				journalId,
				feedSeq: journal?.contiguous ?? 0,
				sha256: journal?.sha256 ?? NO_PREVIOUS,
				ledgerId: ledger.ledgerId,
				term: ledger.term,
				series: seriesHighest(ledger, address),
			};
		},
	};
};
