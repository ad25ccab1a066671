import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { createJournal, openJournal } from "../../../src/journal/sqlite/open-journal.ts";
import type { SqliteJournal } from "../../../src/journal/sqlite/sqlite-journal.ts";
import { silentLogger } from "../../support/manual-runtime.ts";
import { closed, created, JOURNAL_A, sold, stampAt, ticket, ticketDraft } from "./events.ts";
import { tempDir } from "./temp-dir.ts";

/** Where a test's journal lies. */
export interface Place {
	readonly directory: string;
	readonly mirror: string | undefined;
}

/** A place in a directory of the test's own, with a mirror beside it if asked for. */
export const place = ({ withMirror = false, root = tempDir() } = {}): Place => {
	const mirror = withMirror ? join(root, "mirror") : undefined;
	if (mirror !== undefined) mkdirSync(mirror);
	return { directory: join(root, "journal"), mirror };
};

const closedAtEnd = (journal: SqliteJournal): SqliteJournal => {
	onTestFinished(() => journal.close());
	return journal;
};

/** Makes the journal of a place; closed when the test ends. */
export const create = ({ directory, mirror }: Place, journalId = JOURNAL_A): SqliteJournal =>
	closedAtEnd(createJournal(directory, { mirror, logger: silentLogger() }, created(journalId), stampAt(), "2026-11"));

/** Opens the journal of a place; closed when the test ends. */
export const open = ({ directory, mirror }: Place): SqliteJournal =>
	closedAtEnd(openJournal(directory, { mirror, logger: silentLogger() }));

/** Sells one ticket of one line: two records and one message in two appends. */
export const sell = (journal: SqliteJournal, receiptNumber: number): void => {
	journal.append(stampAt(receiptNumber), "operator", [sold(1)], []);
	const document = ticket(receiptNumber);
	journal.append(stampAt(receiptNumber), "operator", [closed(document)], [ticketDraft(document)]);
};

/** The file of a month of {@link JOURNAL_A}. */
export const monthFile = (directory: string, month = "2026-11"): string =>
	join(directory, JOURNAL_A, `${month}.sqlite`);
