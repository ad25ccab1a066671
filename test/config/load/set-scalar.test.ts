import { describe, expect, it } from "vitest";
import { withScalar } from "../../../src/config/load/set-scalar.ts";
import { parseSettings } from "../../../src/config/load/yaml-file.ts";

const BLOCK = `# the shop
devices:
  - deviceClass: CashDrawer # below the counter
    id: drawer
    openWhen: high # tried
  - id: printer
    port: { transport: serial, path: /dev/ttyS0 }
last: 1
`;

const changed = (path: readonly (string | number)[], key: string, value: string | number, text = BLOCK): string =>
	withScalar(parseSettings("till.yaml", text), path, key, value).text;

describe("withScalar", () => {
	it("changes a value in place and no other byte", () => {
		expect(changed(["devices", 0], "openWhen", "low")).toBe(BLOCK.replace("openWhen: high", "openWhen: low"));
	});

	it("enters one that is not there, in a block and within braces", () => {
		expect(changed(["devices", 1], "openWhen", "none")).toBe(
			BLOCK.replace("  - id: printer\n", "  - id: printer\n    openWhen: none\n"),
		);
		expect(changed(["devices", 1, "port"], "baudRate", 19_200)).toBe(
			BLOCK.replace("transport: serial,", "transport: serial, baudRate: 19200,"),
		);
	});

	it("refuses where it cannot be written, and says what to write", () => {
		expect(() => changed(["devices", 7], "openWhen", "low")).toThrow("TILL-1010");
		expect(() => changed(["devices", 0], "openWhen", "low", BLOCK.replace("high", "&level high"))).not.toThrow();
		expect(() => changed(["last"], "x", 1)).toThrow();
	});
});
