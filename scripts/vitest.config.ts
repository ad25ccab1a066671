/**
 * What `npm test` runs. `unit` is fast and needs nothing but Node; `system` opens sockets, files, pseudo-terminals and a
 * real broker. A new folder under test/ is a unit folder until it is named here. Not run: test/long (npm run test:long)
 * and test/hardware (needs devices).
 */
import { availableParallelism } from "node:os";
import { delimiter } from "node:path";
import { fileURLToPath } from "node:url";
import { configDefaults, defineConfig } from "vitest/config";

const SYSTEM_FOLDERS = [
	"browser",
	"catalog/sqlite",
	"cli",
	"contract",
	"devices/provisioning",
	"devices/supervisor",
	"drivers",
	"faults",
	"feed/mqtt",
	"fiscal/export",
	"fiscal/sign",
	"fuzz",
	"journal/sqlite",
	"operator",
	"relay",
	"runtime",
	"sandbox",
	"scenarios",
	"scripts",
	"simulator",
	"systemd",
];
const SYSTEM_TESTS = SYSTEM_FOLDERS.map((folder) => `test/${folder}/**/*.test.ts`);
const NEVER = [...configDefaults.exclude, "test/long/**", "test/hardware/**"];

export default defineConfig({
	root: fileURLToPath(new URL("..", import.meta.url)),
	test: {
		pool: "forks",
		maxWorkers: Math.max(2, availableParallelism()),
		allowOnly: false,
		teardownTimeout: 20_000,
		env: { PATH: [process.env["PATH"], "/usr/sbin"].join(delimiter) }, // Debian's mosquitto lies there
		projects: [
			{
				extends: true,
				test: {
					name: "unit",
					include: ["test/**/*.test.ts"],
					exclude: [...NEVER, ...SYSTEM_TESTS],
					testTimeout: 20_000,
				},
			},
			{
				extends: true,
				test: {
					name: "system",
					include: SYSTEM_TESTS,
					exclude: NEVER,
					testTimeout: 240_000,
					hookTimeout: 60_000,
				},
			},
		],
	},
});
