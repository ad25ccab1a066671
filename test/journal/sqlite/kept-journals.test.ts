import { cpSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openJournal } from "../../../src/journal/sqlite/open-journal.ts";
import { verifyJournal } from "../../../src/journal/sqlite/verify-journal.ts";
import { replay } from "../../../src/till/replay.ts";
import { silentLogger } from "../../support/manual-runtime.ts";
import { tempDir } from "../../support/temp-dir.ts";
import { expectationOf } from "./kept/expectation.ts";

const KEPT = join(import.meta.dirname, "kept");
const versions = readdirSync(KEPT).filter((name) => /^v[0-9]+$/.test(name));

describe("a journal that an older version wrote", () => {
	it.each(versions)("%s is whole and replays to the totals it had", (version) => {
		// Opening writes beside a journal: the kept one stays as it is.
		const directory = join(tempDir(), "journal");
		cpSync(join(KEPT, version, "journal"), directory, { recursive: true });
		expect(verifyJournal(directory).findings).toEqual([]);
		const journal = openJournal(directory, { logger: silentLogger() });
		const replayed = replay(journal);
		const expected: unknown = JSON.parse(readFileSync(join(KEPT, version, "expected.json"), "utf8"));
		expect(replayed.trouble).toBeUndefined();
		expect(expectationOf(replayed.state)).toEqual(expected);
		expect(journal.closedTicket("receipt", 123_456)?.event.type).toBe("TicketClosed");
		expect(journal.closedDay(1)?.event.type).toBe("BusinessDayClosed");
		expect(journal.messages(1, 100)).toHaveLength(journal.feedHead().seq);
		journal.close();
	});

	it("is kept for each version of the journal's form", () => {
		expect(versions).toContain("v1");
	});
});
