import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { openJournal } from "../../../src/journal/sqlite/open-journal.ts";
import { silentLogger } from "../../support/manual-runtime.ts";
import { closed, sold, stampAt, ticket, ticketDraft } from "../support/events.ts";
import { create, place } from "../support/journal.ts";

/** Bytes that this thread has read from files so far (Linux). */
const bytesRead = (): number => Number(/^rchar: (\d+)$/m.exec(readFileSync("/proc/thread-self/io", "utf8"))?.[1]);

/** Bytes that a start reads of a journal with so many records, with a snapshot ten records before its end. */
const bytesOfRestart = (recordCount: number): number => {
	const here = place();
	const journal = create(here);
	const batch = 50;
	for (let written = 0; written < recordCount - 10; written += batch) {
		const document = ticket(written + 1);
		const events = [...Array.from({ length: batch - 1 }, (_, index) => sold(index + 1)), closed(document)];
		journal.append(stampAt(written), "operator", events, [ticketDraft(document)]);
	}
	journal.saveSnapshot(1, "state");
	for (let index = 0; index < 10; index += 1) journal.append(stampAt(recordCount), "operator", [sold()], []);
	journal.close();

	const before = bytesRead();
	const again = openJournal(here.directory, { logger: silentLogger() });
	const replayed = [...again.recordsAfter(again.snapshot()?.seq ?? 0)];
	const read = bytesRead() - before;
	expect(replayed).toHaveLength(10);
	again.close();
	return read;
};

describe("a restart", () => {
	it("reads no more of a long journal than of a short one", () => {
		const short = bytesOfRestart(100);
		const long = bytesOfRestart(20_000);
		// One or two levels more in each of the trees; the long file itself is over 15 MB.
		expect(long - short).toBeLessThan(20 * 4096);
	});
});
