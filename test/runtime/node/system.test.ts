import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { freeDiskBytes } from "../../../src/runtime/node/disk.ts";
import { createEntropy } from "../../../src/runtime/node/entropy.ts";
import { notifySystemd } from "../../../src/runtime/node/systemd.ts";
import { createTimers } from "../../../src/runtime/node/timers.ts";
import { tempDir } from "../../support/temp-dir.ts";

describe("timers", () => {
	it("call back once or for ever until cancelled, the same as those that tests move", async () => {
		const timers = createTimers();
		const called: string[] = [];
		const cancelled = timers.after("cancelled", 1, () => called.push("cancelled"));
		cancelled();
		await new Promise<void>((resolve) => {
			timers.after("once", 1, () => called.push("once"));
			const stop = timers.every("tick", 1, () => {
				called.push("tick");
				if (called.filter((name) => name === "tick").length < 3) return;
				stop();
				timers.after("end", 5, resolve);
			});
		});
		expect(called.filter((name) => name === "once")).toHaveLength(1);
		expect(called.filter((name) => name === "tick")).toHaveLength(3);
		expect(called).not.toContain("cancelled");
	});

	it("refuse a wait that Node would turn into none", () => {
		expect(() => createTimers().after("yearly", 365 * 86_400_000, () => {})).toThrow(/yearly/);
		expect(() => createTimers().every("never", Number.NaN, () => {})).toThrow(RangeError);
	});
});

describe("entropy", () => {
	it("gives as many bytes as asked for, other ones each time", () => {
		const entropy = createEntropy();
		expect(entropy.bytes(16)).toHaveLength(16);
		expect(entropy.bytes(16)).not.toEqual(entropy.bytes(16));
	});
});

describe("free disk", () => {
	it("is a number of bytes, and a missing place is said", () => {
		expect(freeDiskBytes(tempDir())).toBeGreaterThan(1_000_000);
		expect(() => freeDiskBytes("/nowhere/at/all")).toThrow(/ENOENT/);
	});
});

describe("systemd", () => {
	afterEach(() => {
		vi.unstubAllEnvs();
	});

	/** Puts a systemd-notify that writes its arguments down on the path. */
	const notifyTool = (exitCode = 0): string => {
		const directory = tempDir();
		const heard = join(directory, "heard");
		const tool = join(directory, "systemd-notify");
		writeFileSync(
			tool,
			`#!/bin/sh\nprintf '%s\\n' "$@" > ${heard}.part && /bin/mv ${heard}.part ${heard}\nexit ${exitCode}\n`,
		);
		chmodSync(tool, 0o755);
		vi.stubEnv("PATH", directory);
		return heard;
	};

	it("is told by its own tool, in one line whatever the status says", async () => {
		const heard = notifyTool();
		vi.stubEnv("NOTIFY_SOCKET", "/run/somewhere");
		notifySystemd("STATUS=ready\nMAINPID=1");
		await vi.waitFor(() => expect(existsSync(heard)).toBe(true), { timeout: 20_000 });
		expect(readFileSync(heard, "utf8")).toBe("STATUS=ready MAINPID=1\n");
	});

	it("is not told when it did not ask, and a missing or failing tool is trouble, never an exception", async () => {
		const heard = notifyTool(3);
		vi.stubEnv("NOTIFY_SOCKET", undefined);
		const troubles: string[] = [];
		notifySystemd("READY=1", (message) => troubles.push(message));
		vi.stubEnv("NOTIFY_SOCKET", "/run/somewhere");
		notifySystemd("WATCHDOG=1", (message) => troubles.push(message));
		await vi.waitFor(() => expect(troubles).toHaveLength(1), { timeout: 20_000 });
		expect(readFileSync(heard, "utf8")).toBe("WATCHDOG=1\n");
		vi.stubEnv("PATH", tempDir());
		notifySystemd("STOPPING=1", (message) => troubles.push(message));
		await vi.waitFor(() => expect(troubles).toHaveLength(2), { timeout: 20_000 });
		expect(troubles).toEqual(["systemd-notify ended with 3", expect.stringContaining("ENOENT")]);
	});
});
