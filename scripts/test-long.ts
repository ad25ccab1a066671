/**
 * `npm run test:long -- [--seed N] [--scale N] [file filter ...]`: the tests of test/long in full size. The seed is printed
 * first: with the same seed and scale a run repeats itself. The tests read both from the environment, as TILLD_SEED and
 * TILLD_SCALE; scale multiplies their figures, 1 being the figures the project is released with.
 */
import { spawnSync } from "node:child_process";
import { randomInt } from "node:crypto";
import { join } from "node:path";
import { parseArgs } from "node:util";

const SEED_LIMIT = 2 ** 31;

const { values, positionals } = parseArgs({
	options: { seed: { type: "string" }, scale: { type: "string", default: "1" } },
	allowPositionals: true,
});
const seed = values.seed ?? String(randomInt(SEED_LIMIT));
if (!/^\d+$/.test(seed) || Number(seed) >= SEED_LIMIT)
	throw new Error(`--seed ${seed}: a whole number below ${SEED_LIMIT}`);
if (!/^\d+(\.\d+)?$/.test(values.scale)) throw new Error(`--scale ${values.scale}: a positive number`);

const root = join(import.meta.dirname, "..");
const filters = positionals.map((filter) => ` ${filter}`).join("");
console.log(`repeat with: npm run test:long -- --seed ${seed} --scale ${values.scale}${filters}`);
const { status } = spawnSync("vitest", ["run", "--config", "scripts/vitest.long.config.ts", ...positionals], {
	cwd: root,
	env: { ...process.env, TILLD_SEED: seed, TILLD_SCALE: values.scale },
	stdio: "inherit",
});
process.exitCode = status ?? 1;
