import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
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

/** Libraries of the system that node-hid's hidraw build needs and this machine lacks. */
const missingLibraries = (): string => {
	const home = dirname(createRequire(import.meta.url).resolve("node-hid/package.json"));
	const build = join(home, "prebuilds", `HID_hidraw-linux-${process.arch}`, "node-napi-v4.node");
	return execFileSync("ldd", [build], { encoding: "utf8" })
		.split("\n")
		.filter((line) => line.includes("not found"))
		.join();
};

describe("node-hid with its hidraw build", () => {
	it("lists this machine's HID devices, or names the package of the library that it lacks", () => {
		const devices = said("nodeHidAccess.devices()");
		if (missingLibraries() === "") expect(devices).toBeInstanceOf(Array);
		else expect(devices).toEqual({ error: expect.stringMatching(/libusb-1\.0-0.*cannot open shared object/s) });
	});

	it("refuses a device that is not there, and has no descriptor of it", () => {
		expect(said('nodeHidAccess.open("/dev/hidraw250", { report() {}, failed() {} })')).toEqual({
			error: expect.stringMatching(/hidraw250|cannot open shared object/),
		});
		expect(said('nodeHidAccess.reportDescriptor("/dev/hidraw250")')).toBeNull();
	});
});
