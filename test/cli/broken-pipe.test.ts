import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const program = (name: string): string => fileURLToPath(new URL(`../../src/cli/${name}.ts`, import.meta.url));

describe("a command whose reader has read enough", () => {
	it.each(["tillctl", "till-relay"])("%s ends in silence", async (name) => {
		const child = spawn(process.execPath, [program(name), "--help"], { stdio: ["ignore", "pipe", "pipe"] });
		child.stdout.destroy(); // before the program has begun to write
		let complaint = "";
		child.stderr.on("data", (text: Buffer) => {
			complaint += text.toString("utf8");
		});
		await once(child, "exit");
		expect(complaint).toBe("");
	});
});
