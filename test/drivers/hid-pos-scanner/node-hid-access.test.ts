import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";

const ACCESS = join(import.meta.dirname, "../../../drivers/hid-pos-scanner/node-hid-access.ts");

/** What a program of its own says, so that a crash in native code is this test's failure and no more. */
const said = (expression: string): unknown =>
	JSON.parse(
		execFileSync(
			process.execPath,
			[
				"--input-type=module",
				"--eval",
				`import { nodeHidAccess } from ${JSON.stringify(pathToFileURL(ACCESS).href)};
				const said = await (${expression}).catch((error) => ({ error: error.message }));
				console.log(JSON.stringify(said));`,
			],
			{ encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] },
		),
	);

describe("node-hid with its hidraw build", () => {
	it("lists this machine's HID devices", () => {
		expect(said("nodeHidAccess.devices()")).toBeInstanceOf(Array);
	});

	it("refuses a device that is not there, and has no descriptor of it", () => {
		expect(said('nodeHidAccess.open("/dev/hidraw250", { report() {}, failed() {} })')).toEqual({
			error: expect.stringContaining("hidraw250"),
		});
		expect(said('nodeHidAccess.reportDescriptor("/dev/hidraw250")')).toBeNull();
	});
});
