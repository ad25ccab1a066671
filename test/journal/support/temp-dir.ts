import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** Another file system than that of temporary files, in memory (Linux). */
export const MEMORY_DISK = "/dev/shm";

/** A directory of the running test's own; gone when the test is. */
export const tempDir = (parent = tmpdir()): string => {
	const path = mkdtempSync(join(parent, "journal-"));
	onTestFinished(() => rmSync(path, { recursive: true, force: true }));
	return path;
};
