import type { Talk } from "../../../devices/provisioning/device-bench.ts";
import type { Output } from "../output.ts";
import type { Shell } from "../shell.ts";

/** Speaks with the person at the terminal; with nobody where there is none, or where it shall be silent. */
export const talkOf = (shell: Shell, output: Output, isSilent: boolean): Talk => {
	const ask = isSilent ? null : shell.ask();
	return {
		tell: (text) => {
			if (ask !== null) output.note(text);
		},
		confirm: async (question) => {
			if (ask === null) return null;
			for (;;) {
				const answer = (await ask(`${question} [y/n] `)).trim().toLowerCase();
				if (/^(y|yes|j|ja)$/.test(answer)) return true;
				if (/^(n|no|nei)$/.test(answer)) return false;
			}
		},
	};
};
