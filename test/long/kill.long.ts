import { it } from "vitest";
import { killAtRandomMoments } from "../faults/kill-random.ts";

/** Random moments; the chosen ones are all in the gate (test/faults/kill.test.ts). */
const ROUNDS = 300;

const seed = Number.parseInt(process.env["TILLD_SEED"] ?? "20261123", 10);
const scale = Number.parseFloat(process.env["TILLD_SCALE"] ?? "1");
const rounds = Math.max(1, Math.round(ROUNDS * scale));

it(
	`a till that is killed at ${rounds} random moments loses nothing (seed ${seed})`,
	() => killAtRandomMoments(rounds, seed),
	3_600_000,
);
