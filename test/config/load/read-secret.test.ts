import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readSecret } from "../../../src/config/load/read-secret.ts";
import { tempDir } from "../../support/temp-dir.ts";

const fileOf = (content: string | Uint8Array): string => {
	const path = join(tempDir(), "secret");
	writeFileSync(path, content);
	return path;
};

describe("a secret", () => {
	it.each([
		["pass", "pass"],
		["pass\n", "pass"],
		["pass\r\n", "pass"],
		["pass\n\n", "pass\n"],
		[" p ä ss ", " p ä ss "],
	])("%j is %j: one line end goes, nothing else", (content, secret) => {
		expect(readSecret(fileOf(content))).toBe(secret);
	});

	it.each<[string, string | Uint8Array]>([
		["empty", ""],
		["a line end", "\n"],
		["blanks", " \n"],
		["no UTF-8", Buffer.from([0x70, 0xff])],
		["too long", "x".repeat(70_000)],
	])("that is %s is refused", (_name, content) => {
		expect(() => readSecret(fileOf(content))).toThrow(/^TILL-1006/);
	});

	it("that is not there is refused", () => {
		expect(() => readSecret(join(tempDir(), "missing"))).toThrow(/^TILL-1006 .*ENOENT/);
		expect(() => readSecret(tempDir())).toThrow(/^TILL-1006/);
	});
});
