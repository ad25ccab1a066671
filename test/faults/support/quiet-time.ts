import type { ManualTimers } from "../../support/manual-runtime.ts";

/** Long enough for a busy machine; reached only when a test fails. */
const PATIENCE_MS = 30_000;

/** Time that moves by hand beside a line that is real. */
export interface QuietTime {
	/** Waits until something holds, while time goes on whenever the line is quiet. */
	pass(what: string, holds: () => boolean): Promise<void>;
	/** The same, for bytes on their way alone: no time passes. */
	until(what: string, holds: () => boolean): Promise<void>;
}

/** `stepMs`: how far time goes on at a look. `seen`: what a test that waited in vain wants to know. */
export const quietTime = (
	line: { readonly isQuiet: boolean },
	timers: ManualTimers,
	stepMs: number,
	seen: () => unknown,
): QuietTime => {
	const wait = async (what: string, holds: () => boolean, moves: boolean): Promise<void> => {
		const deadline = performance.now() + PATIENCE_MS;
		while (!holds()) {
			if (performance.now() > deadline) throw new Error(`waited in vain for ${what}: ${JSON.stringify(seen())}`);
			if (moves && line.isQuiet) timers.advance(stepMs);
			await new Promise((resolve) => setTimeout(resolve, 1));
		}
	};
	return {
		pass: (what, holds) => wait(what, holds, true),
		until: (what, holds) => wait(what, holds, false),
	};
};
