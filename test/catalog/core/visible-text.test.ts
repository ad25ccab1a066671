import { describe, expect, it } from "vitest";
import { visibleText } from "../../../src/catalog/core/visible-text.ts";

describe("a text as a terminal may show it", () => {
	it("holds no command of a terminal, whatever a label held", () => {
		expect(visibleText("\u001b]0;x\u0007\u001b[2J\u009b31m\u007f")).toBe("␛]0;x␇␛[2J?31m␡");
	});

	it("shows where a separator stands, and all other letters as they are", () => {
		expect(visibleText("01\u001d10Blåbær 🫐")).toBe("01␝10Blåbær 🫐");
	});
});
