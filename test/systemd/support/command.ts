import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** The repository. */
export const REPOSITORY = join(import.meta.dirname, "..", "..", "..");

/** How a command ended. */
export interface Ended {
	readonly status: number | null;
	readonly out: string;
	readonly err: string;
}

/** Runs a command to its end; throws when it cannot be started. */
export const run = (command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Ended => {
	const { status, stdout, stderr, error } = spawnSync(command, args, {
		cwd: REPOSITORY,
		encoding: "utf8",
		env: { ...process.env, LC_ALL: "C", SYSTEMD_COLORS: "0", ...env },
	});
	if (error !== undefined) throw error;
	return { status, out: stdout, err: stderr };
};

/** Runs the installer of the repository. */
export const installOnBox = (...args: readonly string[]): Ended => run("scripts/install-on-box.sh", args);
