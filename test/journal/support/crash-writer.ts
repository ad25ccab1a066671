import { writeSync } from "node:fs";
import { createJournal, hasJournal, openJournal } from "../../../src/journal/sqlite/open-journal.ts";
import { silentLogger } from "../../support/manual-runtime.ts";
import { CARRIED, closed, created, sold, stampAt, ticket, ticketDraft } from "./events.ts";

/** A till that sells until it is killed: appends, begins a month now and then, and says on stdout what is durable. */
const [directory = "", mirror] = process.argv.slice(2);
const options = { logger: silentLogger(), mirror };
const journal = hasJournal(directory)
	? openJournal(directory, options)
	: createJournal(directory, options, created(), stampAt(), "2026-01");
const say = (): void => {
	writeSync(1, `${journal.head().seq} ${journal.feedHead().seq}\n`);
};
say();
const monthAfter = (month: string): string => {
	const [year = 0, number = 0] = month.split("-").map(Number);
	return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, "0")}`;
};
for (let count = 0; ; count += 1) {
	const document = ticket(journal.feedHead().seq + 1);
	journal.append(stampAt(count), "operator", [sold(1), closed(document)], [ticketDraft(document)]);
	say();
	if (count % 5 === 4) {
		journal.roll(stampAt(count), monthAfter(journal.months().at(-1) ?? "2026-01"), CARRIED);
		say();
	}
	if (count % 7 === 6) journal.saveSnapshot(1, "state");
}
