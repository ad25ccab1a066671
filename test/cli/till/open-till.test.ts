import { chmodSync, mkdirSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { openOrCreateJournal } from "../../../src/cli/till/open-till.ts";
import { tillConfigSchema } from "../../../src/config/schema/till-config.ts";
import { recoverFromMirror } from "../../../src/journal/sqlite/recover-journal.ts";
import type { SqliteJournal } from "../../../src/journal/sqlite/sqlite-journal.ts";
import { boxConfig } from "../../faults/support/box-config.ts";
import { CARRIED } from "../../journal/support/events.ts";
import { manualClock, seededEntropy, silentLogger } from "../../support/manual-runtime.ts";
import { tempDir } from "../../support/temp-dir.ts";

const opened = (directory: string, more: object = {}): SqliteJournal => {
	const config = tillConfigSchema.parse(boxConfig(directory, "mqtt://127.0.0.1", {}, more));
	const options = { mirror: config.journal.mirror, logger: silentLogger() };
	const journal = openOrCreateJournal({ config, clock: manualClock(), entropy: seededEntropy(), options });
	onTestFinished(() => journal.close());
	return journal;
};

describe("a box whose journal is gone while its mirror is there", () => {
	it("begins no new one, which would give every number again; the mirror brings it back", () => {
		const root = tempDir();
		const directory = join(root, "journal");
		const mirror = join(root, "mirror");
		mkdirSync(mirror);
		const more = { journal: { directory, mirror } };
		const { journalId } = opened(root, more);
		renameSync(directory, `${directory}-gone`);
		expect(() => opened(root, more)).toThrow(/TILL-0611 .*holds one/);
		expect(readdirSync(mirror).sort()).toEqual([journalId, "current"]);
		mkdirSync(directory);
		recoverFromMirror(directory, mirror, silentLogger());
		expect(opened(root, more).journalId).toBe(journalId);
	});
});

describe("a journal whose first month cannot be read any more", () => {
	it("is opened all the same, and still knows whose it is", () => {
		const directory = tempDir();
		const journal = opened(directory);
		const { journalId } = journal;
		journal.roll(manualClock().stamp(), "2026-12", CARRIED);
		journal.close();
		const first = join(directory, "journal", journalId, "2026-11.sqlite");
		chmodSync(first, 0o644);
		writeFileSync(first, "x".repeat(10_000));
		const again = opened(directory);
		expect(again.journalId).toBe(journalId);
		again.close();
		expect(() => opened(directory, { till: "2" })).toThrow(/TILL-0905 .*OSLO1\/1 .*OSLO1\/2/);
	});
});
