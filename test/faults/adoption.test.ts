import { expect, it } from "vitest";
import { killAtAdoptions } from "./kill-adoption.ts";

/** Kills in the gate; `npm run test:long` has the full number. */
const GATE_ROUNDS = 2;

it(`a till that is killed ${GATE_ROUNDS} times while it goes over to a new journal is on the old one or the new one, and loses nothing`, async () => {
	const ends = await killAtAdoptions(GATE_ROUNDS, 20_261_123);
	expect(ends.old + ends.new).toBe(GATE_ROUNDS);
}, 120_000);
