import { expect, it } from "vitest";
import { killAtAdoptions } from "../faults/kill-adoption.ts";

const ROUNDS = 60;

const seed = Number.parseInt(process.env["TILLD_SEED"] ?? "20261123", 10);
const scale = Number.parseFloat(process.env["TILLD_SCALE"] ?? "1");
const rounds = Math.max(1, Math.round(ROUNDS * scale));

it(`a till that is killed ${rounds} times while it goes over to a new journal loses nothing (seed ${seed})`, async () => {
	const ends = await killAtAdoptions(rounds, seed);
	// The kills came before the new journal was in force and after it.
	if (rounds >= ROUNDS) expect(Math.min(ends.old, ends.new)).toBeGreaterThan(0);
	expect(ends.old + ends.new).toBe(rounds);
}, 3_600_000);
