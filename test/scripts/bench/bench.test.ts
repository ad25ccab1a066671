import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { Finding } from "../../../scripts/bench/budget.ts";
import type { Machine } from "../../../scripts/bench/machine.ts";
import { tempDir } from "../../support/temp-dir.ts";

it("plays every budget through the whole till and writes what it measured, with the machine's name", () => {
	const directory = tempDir();
	const file = join(directory, "bench.json");
	const script = join(import.meta.dirname, "../../../scripts/bench.ts");
	const short = ["--seconds", "0.1", "--steady-seconds", "2", "--receipt-seconds", "0.5"];
	execFileSync(process.execPath, [script, ...short, "--directory", directory, "--json", file], { stdio: "pipe" });
	const written: { machine: Machine; findings: Finding[] } = JSON.parse(readFileSync(file, "utf8"));
	expect(written.machine.node).toBe(process.version);
	expect(written.findings.length).toBeGreaterThan(0);
	for (const { name, ratio, figures } of written.findings) {
		// A signal that was missed or a byte count that was not found would be no number here.
		for (const value of [...Object.values(ratio), ...Object.values(figures)]) expect(value, name).toBeGreaterThan(0);
	}
});
