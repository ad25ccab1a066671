import { execFileSync } from "node:child_process";
import { describe, expect, it, onTestFinished } from "vitest";
import { portMaker } from "../../../drivers/transport/open-port.ts";
import type { PortConfig } from "../../../src/devices/contract/driver.ts";
import { benchTime } from "../support/bench-time.ts";
import { PLAIN_LINE, serialFarEnd } from "../support/far-end.ts";

/** Settings of the open line, as the system has them; a pseudo-terminal keeps speed and stop bits. */
const settingsOf = async (given: Partial<Extract<PortConfig, { transport: "serial" }>>): Promise<string> => {
	const time = benchTime();
	const { port: config } = await serialFarEnd();
	if (config.transport !== "serial") throw new Error("no serial line");
	const listener = { onOpen: () => undefined, onData: () => undefined, onClose: () => undefined };
	const port = portMaker({ ...config, ...given }, PLAIN_LINE, time.services)(listener);
	onTestFinished(() => port.close());
	port.open();
	await time.until(() => port.isOpen());
	return execFileSync("stty", ["-a", "-F", config.path], { encoding: "utf8" });
};

describe("a serial port", () => {
	it("is set as the profile says", async () => {
		const settings = await settingsOf({});
		expect(settings).toContain("speed 9600 baud");
		expect(settings).toContain("-cstopb");
		expect(settings).toContain("-ixon");
	});

	it("is set as the configuration says where that differs, and keeps the rest of the profile", async () => {
		const settings = await settingsOf({ baudRate: 38_400, flowControl: "xonxoff" });
		expect(settings).toContain("speed 38400 baud");
		expect(settings).toMatch(/(?<!-)ixon/);
		expect(settings).toContain("-cstopb");
		expect(await settingsOf({ stopBits: 2 })).toMatch(/(?<!-)cstopb/);
	});
});
