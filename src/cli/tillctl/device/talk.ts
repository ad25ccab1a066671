import type { Talk } from "../../../devices/provisioning/device-bench.ts";
import { Fault } from "../../../runtime/contract/fault.ts";
import type { Output } from "../output.ts";
import type { Shell } from "../shell.ts";

/**
 * Speaks with the person at the terminal; with nobody where there is none, or where it shall be silent. A Fault, TILL-0738,
 * when the person ends it at a question: nothing more is to be printed or opened then.
 */
export const talkOf = (shell: Shell, output: Output, isSilent: boolean): Talk => {
	const ask = isSilent ? null : shell.ask();
	return {
		tell: (text) => {
			if (ask !== null) output.note(text);
		},
		confirm: async (question) => {
			if (ask === null) return null;
			for (;;) {
				const text = await ask(`${question} [y/n] `);
				if (text === null) throw new Fault("TILL-0738", "broken off at a question");
				const answer = text.trim().toLowerCase();
				if (/^(y|yes|j|ja)$/.test(answer)) return true;
				if (/^(n|no|nei)$/.test(answer)) return false;
			}
		},
	};
};
