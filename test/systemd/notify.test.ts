import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { notifySystemd } from "../../src/runtime/node/systemd.ts";
import { tempDir } from "../support/temp-dir.ts";
import { type NotifySocket, openNotifySocket } from "./support/notify-socket.ts";

describe("notifySystemd", () => {
	let socket: NotifySocket;

	beforeEach(async () => {
		socket = await openNotifySocket(join(tempDir(), "notify"));
		vi.stubEnv("NOTIFY_SOCKET", socket.path);
	});

	afterEach(async () => {
		vi.unstubAllEnvs();
		await socket.close();
	});

	it("tells systemd that the service is ready, and later that it is alive", async () => {
		notifySystemd("READY=1");
		await socket.hears("READY=1");
		expect(socket.told()).not.toContain("WATCHDOG=1");
		notifySystemd("WATCHDOG=1");
		await socket.hears("WATCHDOG=1");
	});

	it("does not let a status line become another message", async () => {
		notifySystemd("STATUS=printer: no paper\nREADY=1");
		await socket.hears("STATUS=printer: no paper READY=1");
		expect(socket.told()).not.toMatch(/^READY=1/m);
	});
});
