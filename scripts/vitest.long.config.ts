/** What `npm run test:long` runs: one file after the other, each with the machine to itself. */
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const HOUR_MS = 3_600_000;

export default defineConfig({
	root: fileURLToPath(new URL("..", import.meta.url)),
	test: {
		include: ["test/long/**/*.long.ts"],
		pool: "forks",
		fileParallelism: false,
		allowOnly: false,
		testTimeout: HOUR_MS,
		hookTimeout: HOUR_MS,
	},
});
