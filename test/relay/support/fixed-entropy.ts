import type { Entropy } from "../../../src/runtime/contract/clock.ts";

/** Chance that is none: each call gives bytes that no earlier call gave, the same in every run. */
export const fixedEntropy = (): Entropy => {
	let calls = 0;
	return {
		bytes: (count) => {
			calls += 1;
			return Uint8Array.from({ length: count }, (_, index) => (index === 0 ? calls : (calls * 31 + index * 7) % 256));
		},
	};
};
