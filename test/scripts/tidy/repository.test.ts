import { describe, expect, it } from "vitest";
import { repositoryFindings } from "../../../scripts/tidy/repository.ts";
import type { SourceFile } from "../../../scripts/tidy/source-file.ts";

const empty = (...paths: string[]): SourceFile[] => paths.map((path) => ({ path, text: "" }));

describe("a README in each folder", () => {
	it("is asked of a folder that holds files, not of one that only holds folders", () => {
		const found = repositoryFindings(
			empty("src/catalog/core/item.ts", "drivers/escpos/encoder/bytes.ts", "test/money/a.test.ts"),
		);
		expect(found.map(({ path }) => path)).toEqual([
			"src/catalog/core/README.md",
			"drivers/escpos/encoder/README.md",
			"test/money/README.md",
		]);
	});

	it("is not asked for deep down, in generated folders or elsewhere", () => {
		const files = empty("src/a/b/c/d.ts", "src/feed/generated/x.json", "test/catalog/core/item.test.ts", ".ci/run");
		expect(repositoryFindings(files)).toEqual([]);
	});

	it("is content with the README", () => {
		expect(repositoryFindings(empty("scripts/a.ts", "scripts/README.md"))).toEqual([]);
	});
});

describe("error codes", () => {
	const list: SourceFile = { path: "src/events/codes.ts", text: 'export const CODES = { "TILL-0401": {} };' };
	const readme: SourceFile = { path: "src/events/README.md", text: "" };
	const user = (text: string): SourceFile[] => [
		readme,
		{ path: "src/till/README.md", text: "" },
		{ path: "src/till/a.ts", text },
	];

	it("must be in the list", () => {
		expect(repositoryFindings([list, ...user('x\nfail("RELAY-0001"), fail("TILL-0401")')])).toMatchObject([
			{ path: "src/till/a.ts", line: 2, message: expect.stringContaining("RELAY-0001") },
		]);
	});

	it("may be in the list of another program", () => {
		const other: SourceFile = { path: "src/relay/codes.ts", text: 'const CODES = { "RELAY-0001": {} };' };
		const relayReadme: SourceFile = { path: "src/relay/README.md", text: "" };
		expect(repositoryFindings([list, other, relayReadme, ...user('fail("RELAY-0001")')])).toEqual([]);
	});

	it("are looked for whole", () => {
		expect(repositoryFindings([list, ...user("TILL-04010 XTILL-0999")])).toEqual([]);
	});
});

describe("versions", () => {
	const manifest = (fields: object): SourceFile[] => [
		{ path: "package.json", text: JSON.stringify(fields, null, "\t") },
	];

	it.each(["^1.2.3", "~1.2.3", "1.x", "*", "latest", "github:a/b", "npm:other@^1.0.0"])("refuses %s", (version) => {
		const found = repositoryFindings(manifest({ devDependencies: { tool: version } }));
		expect(found).toMatchObject([{ line: 3, message: expect.stringContaining("tool") }]);
	});

	it.each(["1.2.3", "1.2.3-rc.1", "npm:@scope/other@1.2.3"])("accepts %s", (version) => {
		expect(repositoryFindings(manifest({ dependencies: { tool: version }, overrides: { tool: version } }))).toEqual([]);
	});
});

describe("the lockfile", () => {
	it("must hold an entry for each optional package", () => {
		const lock = { packages: { "node_modules/tool": { optionalDependencies: { "tool-linux-x64": "1.0.0" } } } };
		const found = repositoryFindings([{ path: "package-lock.json", text: JSON.stringify(lock) }]);
		expect(found).toMatchObject([{ message: expect.stringContaining("tool-linux-x64") }]);
	});
});
