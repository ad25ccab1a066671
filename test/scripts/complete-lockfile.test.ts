import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { completeLockfile, type Lockfile, missingOptionals } from "../../scripts/complete-lockfile.ts";

/** A tool with three builds, one of them in the lockfile as a nested package. */
const LOCK: Lockfile = {
	packages: {
		"": {},
		"node_modules/tool": {
			version: "1.2.3",
			dev: true,
			optionalDependencies: {
				"@tool/linux-x64-gnu": "1.2.3",
				"@tool/linux-arm-musleabihf": "1.2.3",
				"@tool/darwin-arm64": "1.2.3",
			},
		},
		"node_modules/tool/node_modules/@tool/linux-x64-gnu": { version: "1.2.3", optional: true },
	},
};

describe("missingOptionals", () => {
	it("finds what no folder on the way up to the root holds", () => {
		expect(missingOptionals(LOCK).map(({ name }) => name)).toEqual([
			"@tool/linux-arm-musleabihf",
			"@tool/darwin-arm64",
		]);
	});

	it("finds a package hoisted to the root", () => {
		const hoisted: Lockfile = {
			packages: {
				"node_modules/a/node_modules/b": { optionalDependencies: { c: "1.0.0" } },
				"node_modules/c": { version: "1.0.0" },
			},
		};
		expect(missingOptionals(hoisted)).toEqual([]);
	});

	it("finds nothing missing in this repository", () => {
		const lock: Lockfile = JSON.parse(readFileSync(new URL("../../package-lock.json", import.meta.url), "utf8"));
		expect(missingOptionals(lock)).toEqual([]);
	});
});

describe("completeLockfile", () => {
	it("enters version and platform, so that npm takes the package on that platform only", () => {
		expect(completeLockfile(LOCK).packages["node_modules/@tool/darwin-arm64"]).toEqual({
			version: "1.2.3",
			os: ["darwin"],
			cpu: ["arm64"],
			dev: true,
			optional: true,
		});
	});

	it("leaves nothing missing and what was there untouched", () => {
		const complete = completeLockfile(LOCK);
		expect(missingOptionals(complete)).toEqual([]);
		expect(complete.packages).toMatchObject(LOCK.packages);
	});

	it.each([
		["@tool/native", "1.2.3", "no platform"],
		["@tool/linux-x64", "^1.2.3", "only an exact version"],
	])("refuses to guess at %s@%s", (name, version, reason) => {
		const lock: Lockfile = { packages: { "node_modules/tool": { optionalDependencies: { [name]: version } } } };
		expect(() => completeLockfile(lock)).toThrow(reason);
	});
});
