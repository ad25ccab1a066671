import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { tempDir } from "./temp-dir.ts";

/** Whether this process may mount file systems: root in a container that allows it. */
export const canMount = (): boolean => {
	const directory = mkdtempSync(join(tmpdir(), "journal-probe-"));
	try {
		execFileSync("/usr/bin/mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", directory], { stdio: "ignore" });
		execFileSync("/usr/bin/umount", [directory], { stdio: "ignore" });
		return true;
	} catch {
		return false;
	} finally {
		rmdirSync(directory);
	}
};

/** A disk of a few megabytes that can be filled, emptied, made read-only and pulled out; gone when the test ends. */
export interface SmallDisk {
	readonly path: string;
	fill(): void;
	free(): void;
	remount(mode: "ro" | "rw"): void;
	pullOut(): void;
	putIn(): void;
}

const SIZE_BYTES = 4_000_000;

/** Mounts one. */
export const smallDisk = (): SmallDisk => {
	const path = join(tempDir(), "disk");
	mkdirSync(path);
	const mount = () => execFileSync("/usr/bin/mount", ["-t", "tmpfs", "-o", `size=${SIZE_BYTES}`, "tmpfs", path]);
	const unmount = () => execFileSync("/usr/bin/umount", ["--lazy", path], { stdio: "ignore" });
	let isMounted = false;
	const putIn = (): void => {
		mount();
		isMounted = true;
	};
	const pullOut = (): void => {
		unmount();
		isMounted = false;
	};
	putIn();
	onTestFinished(() => {
		if (isMounted) unmount();
	});
	const ballast = join(path, "ballast");
	return {
		path,
		fill: () => {
			for (;;) {
				const { bavail, bsize } = statfsSync(path);
				if (bavail === 0) return;
				writeFileSync(ballast, Buffer.alloc(bavail * bsize), { flag: "a" });
			}
		},
		free: () => rmSync(ballast, { force: true }),
		remount: (mode) => execFileSync("/usr/bin/mount", ["-o", `remount,${mode}`, path]),
		pullOut,
		putIn,
	};
};
