import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readSegment } from "../../../src/journal/sqlite/segment.ts";
import { create, monthFile, place, sell } from "../support/journal.ts";
import { tempDir } from "../support/temp-dir.ts";

/** The last record that a file holds without its log. */
const lastInFile = (file: string): number => {
	const alone = join(tempDir(), "alone.sqlite");
	copyFileSync(file, alone);
	const segment = readSegment(alone);
	try {
		return segment.lastRecord()?.seq ?? 0;
	} finally {
		segment.close();
	}
};

it("brings the log into the file, and the mirror's too, when nothing was written since the last look", () => {
	const here = place({ withMirror: true });
	const journal = create(here);
	const files = [monthFile(here.directory), monthFile(here.mirror ?? "")];
	for (let receipt = 1; receipt <= 60; receipt += 1) sell(journal, receipt);
	expect(files.map(lastInFile), "a write does not do it").toEqual([1, 1]);
	journal.tendLog();
	expect(files.map(lastInFile), "something was written since the look before").toEqual([1, 1]);
	journal.tendLog();
	expect(files.map(lastInFile)).toEqual([121, 121]);
});

it("does so in the midst of writing when the log is long, and lets a short one be", () => {
	const here = place();
	const journal = create(here);
	for (let receipt = 1; receipt <= 40; receipt += 1) sell(journal, receipt);
	journal.tendLog();
	journal.tendLog();
	expect(lastInFile(monthFile(here.directory)), "80 writes").toBe(1);
	for (let receipt = 41; receipt <= 500; receipt += 1) sell(journal, receipt);
	journal.tendLog();
	expect(lastInFile(monthFile(here.directory)), "1,000 writes").toBe(1001);
});
