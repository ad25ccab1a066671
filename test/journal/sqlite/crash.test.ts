import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { openJournal } from "../../../src/journal/sqlite/open-journal.ts";
import { verifyJournal } from "../../../src/journal/sqlite/verify-journal.ts";
import { silentLogger } from "../../support/manual-runtime.ts";
import { type Place, place } from "../support/journal.ts";
import { MEMORY_DISK, tempDir } from "../support/temp-dir.ts";

const WRITER = fileURLToPath(new URL("../support/crash-writer.ts", import.meta.url));
const ROUNDS = 15;
/** Appends and rolls that a writer gets through before it is killed: different in each round, so that many places are met. */
const STEPS_OF_ROUND = Array.from({ length: ROUNDS }, (_, round) => 1 + ((round * 7) % 23));

/** Runs a writer, kills it in the midst of what follows its n-th word, and answers the last numbers it said were durable. */
const runAndKill = async (here: Place, steps: number): Promise<{ seq: number; feedSeq: number }> => {
	const child: ChildProcess = spawn(process.execPath, [WRITER, here.directory, ...(here.mirror ? [here.mirror] : [])], {
		stdio: ["ignore", "pipe", "pipe"],
	});
	onTestFinished(() => {
		child.kill("SIGKILL");
	});
	let said = "";
	let complaint = "";
	child.stderr?.on("data", (chunk: Buffer) => {
		complaint += chunk.toString();
	});
	child.stdout?.on("data", (chunk: Buffer) => {
		said += chunk.toString();
		if (said.split("\n").length > steps) child.kill("SIGKILL");
	});
	await once(child, "close");
	expect(complaint).toBe("");
	expect(child.signalCode).toBe("SIGKILL");
	const [seq = 0, feedSeq = 0] = said.slice(0, said.lastIndexOf("\n")).split("\n").at(-1)?.split(" ").map(Number) ?? [];
	return { seq, feedSeq };
};

describe("a journal whose process is killed while it appends and rolls", () => {
	for (const withMirror of [false, true]) {
		it(`keeps everything it said was durable, ${withMirror ? "on both media" : "on one medium"}`, async () => {
			// What a kill leaves is the same on any file system, so the fast one will do.
			const here = place({ withMirror, root: tempDir(MEMORY_DISK) });
			for (const steps of STEPS_OF_ROUND) {
				const durable = await runAndKill(here, steps);
				// As the crash left it, before anything is repaired.
				expect(verifyJournal(here.directory).findings).toEqual([]);
				const journal = openJournal(here.directory, { mirror: here.mirror, logger: silentLogger() });
				expect(journal.head().seq).toBeGreaterThanOrEqual(durable.seq);
				expect(journal.feedHead().seq).toBeGreaterThanOrEqual(durable.feedSeq);
				while (journal.tendMirror());
				expect(journal.mirrorTrouble()).toBe(withMirror ? undefined : "none");
				const tickets = journal.records({ fromSeq: 1, limit: 10_000, types: ["TicketClosed"] });
				expect(tickets).toHaveLength(journal.feedHead().seq); // each with its message, none without
				journal.close();
				const { findings, journals } = verifyJournal(here.directory);
				expect(findings).toEqual([]);
				if (here.mirror !== undefined) expect(verifyJournal(here.mirror)).toEqual({ findings, journals });
			}
		});
	}
});
