import {
	chmodSync,
	cpSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { feedMessageSchema, MESSAGE_BYTES_MAX } from "../../../src/feed/schema/message.ts";
import type { StoredMessage } from "../../../src/journal/contract/journal.ts";
import { type Adoption, adoptJournal } from "../../../src/journal/sqlite/adopt-journal.ts";
import { openJournal } from "../../../src/journal/sqlite/open-journal.ts";
import { personalFileIn } from "../../../src/journal/sqlite/personal-file.ts";
import type { SqliteJournal } from "../../../src/journal/sqlite/sqlite-journal.ts";
import { verifyJournal } from "../../../src/journal/sqlite/verify-journal.ts";
import { silentLogger } from "../../support/manual-runtime.ts";
import { attack, pastTriggers } from "../support/attacker.ts";
import {
	CARRIED,
	COUNTERS,
	closed,
	JOURNAL_A,
	JOURNAL_B,
	JOURNAL_C,
	stampAt,
	ticket,
	ticketDraft,
	zReport,
} from "../support/events.ts";
import { create, monthFile, open, type Place, place, sell } from "../support/journal.ts";

const HEIR: Adoption = {
	journalId: JOURNAL_B,
	counters: { ...COUNTERS, receipt: 40 },
	grandTotals: CARRIED.grandTotals,
	reason: "restoredCopy",
	month: "2026-12",
};

const adopt = ({ directory, mirror }: Place, adoption: Adoption = HEIR): SqliteJournal => {
	const journal = adoptJournal(directory, { mirror, logger: silentLogger() }, adoption, stampAt(100));
	onTestFinished(() => journal.close());
	return journal;
};

const messageOf = (message: StoredMessage | undefined) =>
	feedMessageSchema.parse(JSON.parse(Buffer.from(message?.bytes ?? []).toString("utf8")));

const accept = (journal: SqliteJournal, feedSeq: number): void =>
	journal.moveCursor({ ledgerId: "L1", term: 1, feedSeq, sha256: journal.messages(feedSeq, 1)[0]?.sha256 ?? "" });

/** Three tickets over two months, a training ticket and a Z; the relay has the first two messages. */
const oldJournal = (here: Place) => {
	const journal = create(here);
	sell(journal, 1);
	sell(journal, 2);
	journal.roll(stampAt(3), "2026-12", CARRIED);
	sell(journal, 3);
	const training = ticket(1, { series: "training" });
	const report = zReport(1, journal.head());
	journal.append(
		stampAt(4),
		"operator",
		[closed(training), { type: "BusinessDayClosed", report }],
		[ticketDraft(training), { kind: "report", businessDate: report.businessDate, body: report }],
	);
	accept(journal, 2);
	const head = journal.head();
	const messages = journal.messages(1, 100);
	journal.close();
	return { head, messages };
};

describe("adoptJournal", () => {
	it("continues under a new id and sends again what was not accepted", () => {
		const here = place();
		const { head, messages } = oldJournal(here);
		const heir = adopt(here);
		expect(heir.journalId).toBe(JOURNAL_B);
		expect([...heir.recordsAfter(0)].map((record) => record.event)).toMatchObject([
			{
				type: "JournalCreated",
				journalId: JOURNAL_B,
				store: "101",
				till: "T1",
				currency: "NOK",
				counters: { receipt: 40 },
				adoptedFrom: { journalId: JOURNAL_A, ...head },
				reason: "restoredCopy",
			},
		]);
		const again = heir.messages(1, 100);
		expect(again.map((message) => message.kind)).toEqual(["ticket", "training", "report"]);
		const prevs = ["0".repeat(64), again[0]?.sha256, again[1]?.sha256];
		again.forEach((message, index) => {
			const before = messages[index + 2];
			expect(messageOf(message)).toEqual({
				...messageOf(before),
				journalId: JOURNAL_B,
				feedSeq: index + 1,
				kindSeq: 1,
				prev: prevs[index],
				recordSeq: 1,
				madeAt: stampAt(100),
				reissueOf: { journalId: JOURNAL_A, feedSeq: index + 3, sha256: before?.sha256 },
			});
		});
		expect(heir.kindSeq()).toEqual({ ticket: 1, training: 1, report: 1, event: 0 });
		sell(heir, 41);
		expect(heir.feedHead().seq).toBe(4);
		heir.close();
		expect(verifyJournal(here.directory).findings).toEqual([]);
	});

	it("leaves the old journal beside it, read-only, and still finds its tickets and days", () => {
		const here = place();
		oldJournal(here);
		const heir = adopt(here);
		for (const month of ["2026-11", "2026-12"]) {
			expect(statSync(monthFile(here.directory, month)).mode & 0o222).toBe(0);
		}
		expect(heir.closedTicket("receipt", 1)?.event).toEqual(closed(ticket(1)));
		expect(heir.closedDay(1)?.event.type).toBe("BusinessDayClosed");
		const again = ticket(1, { lines: [] });
		heir.append(stampAt(101), "operator", [closed(again)], []);
		expect(heir.closedTicket("receipt", 1)?.event).toEqual(closed(again)); // the newest first
	});

	it("goes on though the old journal is damaged later on", () => {
		const here = place();
		oldJournal(here);
		adopt(here).close();
		chmodSync(monthFile(here.directory, "2026-12"), 0o644);
		writeFileSync(monthFile(here.directory, "2026-12"), "x".repeat(10_000));
		const journal = open(here);
		expect(journal.journalId).toBe(JOURNAL_B);
		sell(journal, 41);
		expect(journal.closedTicket("receipt", 41)).toBeDefined();
	});

	it("sends everything again when nothing says what was accepted, or what says so is of another chain", () => {
		const lost = place();
		oldJournal(lost);
		rmSync(join(lost.directory, JOURNAL_A, "state.sqlite"));
		expect(adopt(lost).feedHead().seq).toBe(5);

		const forked = place();
		oldJournal(forked);
		attack(join(forked.directory, JOURNAL_A, "state.sqlite"), (database) =>
			database.exec(`UPDATE cursor SET sha256 = '${"0".repeat(64)}'`),
		);
		expect(adopt(forked).feedHead().seq).toBe(5);
	});

	it("names the first key of a message that is sent again a second time", () => {
		const here = place();
		const { messages } = oldJournal(here);
		adopt(here).close();
		const third = adopt(here, { ...HEIR, journalId: JOURNAL_C });
		expect(third.messages(1, 100).map((message) => messageOf(message).reissueOf)).toEqual(
			[3, 4, 5].map((feedSeq) => ({ journalId: JOURNAL_A, feedSeq, sha256: messages[feedSeq - 1]?.sha256 })),
		);
		expect(third.closedTicket("receipt", 1)?.event).toEqual(closed(ticket(1)));
		third.close();
		expect(verifyJournal(here.directory).findings).toEqual([]);
	});

	it("fits a message again that was as large as a message may be", () => {
		const here = place();
		const journal = create(here);
		const append = (operatorId: string, receiptNumber: number) => {
			const document = { ...ticket(receiptNumber), operatorId };
			return journal.append(stampAt(1), "operator", [closed(document)], [ticketDraft(document)]).messages[0];
		};
		const room = MESSAGE_BYTES_MAX - 256 - (append("", 1)?.bytes.length ?? 0);
		expect(() => append("x".repeat(room + 1), 2)).toThrow("TILL-0605");
		append("x".repeat(room), 2);
		journal.close();
		const [, again] = adopt(here).messages(1, 2);
		expect(again?.bytes.length).toBeGreaterThan(MESSAGE_BYTES_MAX - 256);
	});

	it("takes over another box's journal into an empty directory, with its people", () => {
		const box = place();
		const { head } = oldJournal(box);
		writeFileSync(personalFileIn(box.directory), "people");
		const here = place({ withMirror: true });
		const heir = adopt(here, { ...HEIR, reason: "swappedBox", from: box.directory });
		expect(heir.records({ fromSeq: 1, limit: 1 })[0]?.event).toMatchObject({
			adoptedFrom: { journalId: JOURNAL_A, ...head },
			reason: "swappedBox",
		});
		expect(heir.feedHead().seq).toBe(3);
		expect(heir.closedTicket("receipt", 2)?.seq).toBe(5);
		expect(readFileSync(personalFileIn(here.directory), "utf8")).toBe("people");
		expect(heir.mirrorTrouble()).toBeUndefined();
		heir.close();
		expect(verifyJournal(here.directory).findings).toEqual([]);
		expect(verifyJournal(here.mirror ?? "").findings).toEqual([]);

		expect(() => adopt(here, { ...HEIR, journalId: JOURNAL_C, from: box.directory })).toThrow("TILL-0610");
	});

	it("refuses to send a damaged message again, and leaves the old journal in force", () => {
		const here = place();
		oldJournal(here);
		attack(monthFile(here.directory, "2026-12"), (database) =>
			pastTriggers(database, () => database.exec("UPDATE message SET bytes = x'7b7d' WHERE feed_seq = 3")),
		);
		expect(() => adopt(here)).toThrow("TILL-0616");
		const still = openJournal(here.directory, { logger: silentLogger() });
		expect(still.journalId).toBe(JOURNAL_A);
		still.close();
		expect(existsSync(join(here.directory, JOURNAL_B))).toBe(false);
	});

	it("refuses to adopt under an id that is there, or nothing", () => {
		const here = place();
		expect(() => adopt(here)).toThrow("TILL-0609");
		oldJournal(here);
		expect(() => adopt(here, { ...HEIR, journalId: JOURNAL_A })).toThrow("TILL-0610");
	});
});

describe("a crash during an adoption", () => {
	it("leaves the old journal in force while the new one is half made", () => {
		const here = place();
		oldJournal(here);
		mkdirSync(join(here.directory, `${JOURNAL_B}.new`));
		writeFileSync(join(here.directory, `${JOURNAL_B}.new`, "2026-12.sqlite.new"), "half");
		const journal = openJournal(here.directory, { logger: silentLogger() });
		expect(journal.journalId).toBe(JOURNAL_A);
		journal.close();
		expect(readdirSync(here.directory)).not.toContain(`${JOURNAL_B}.new`);
	});

	it("is completed at the next start when the new journal was whole", () => {
		const here = place();
		oldJournal(here);
		adopt(here).close();
		writeFileSync(join(here.directory, "current"), `${JOURNAL_A}\n`);
		const journal = openJournal(here.directory, { logger: silentLogger() });
		expect(journal.journalId).toBe(JOURNAL_B);
		journal.close();
		expect(readFileSync(join(here.directory, "current"), "utf8")).toBe(`${JOURNAL_B}\n`);
	});

	it("never puts a copy from another medium in force: the adoption is asked for again and completed", () => {
		const box = place();
		oldJournal(box);
		const here = place();
		const imported = { ...HEIR, from: box.directory };
		// As the copy leaves it: the heir is named, the old journal is there, the heir is not.
		mkdirSync(here.directory);
		writeFileSync(join(here.directory, "current"), `${JOURNAL_B}\n`);
		cpSync(join(box.directory, JOURNAL_A), join(here.directory, JOURNAL_A), { recursive: true });
		expect(() => openJournal(here.directory, { logger: silentLogger() })).toThrow("TILL-0616");
		const heir = adopt(here, imported);
		expect([heir.journalId, heir.feedHead().seq]).toEqual([JOURNAL_B, 3]);
	});
});
