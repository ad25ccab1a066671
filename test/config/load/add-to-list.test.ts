import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { withItem } from "../../../src/config/load/add-to-list.ts";
import { parseSettings } from "../../../src/config/load/yaml-file.ts";

const PRINTER = { id: "printer", port: { transport: "tcp", host: "192.0.2.10" } };
const LINES = ["- id: printer", "  port: { transport: tcp, host: 192.0.2.10 }"];

const added = (text: string): string => withItem(parseSettings("till.yaml", text), "devices", PRINTER).text;
const indented = (by: string): string => LINES.map((line) => `${by}${line}\n`).join("");

/** What the second text has that the first has not, provided nothing else differs. */
const inserted = (before: string, after: string): string => {
	let start = 0;
	while (start < before.length && before[start] === after[start]) start += 1;
	const tail = before.slice(start);
	expect(after.endsWith(tail)).toBe(true);
	return after.slice(start, after.length - tail.length);
};

describe("an item that is added to a list of a settings file", () => {
	it.each([
		[
			"behind the others, as they are moved in",
			"devices:\n    - { id: a } # one\n    # - id: later\nmqtt: x\n",
			"    ",
		],
		["behind others that are not moved in", "devices:\n- id: a\n\n\nmqtt: x\n", ""],
		["behind others of many lines", "devices:\n  - id: a\n    port: { x: 1 } # why\n  # the end\n", "  "],
		["to the last line, though it does not end", "devices:\n  - id: a", "  "],
	])("stands %s, and nothing else changes", (_, text, indent) => {
		const after = added(text);
		expect(inserted(text, after).trim()).toBe(indented(indent).trim());
		expect(after).toContain(indented(indent));
	});

	it("takes the place of an empty list; the comment behind it and the offers below it stay", () => {
		expect(added("a: 1\ndevices: [] # none yet\n  #- id: offer\nmqtt: x\n")).toBe(
			`a: 1\ndevices: # none yet\n${indented("  ")}  #- id: offer\nmqtt: x\n`,
		);
		expect(added("devices:\nmqtt: x\n")).toBe(`devices:\n${indented("  ")}mqtt: x\n`);
		expect(added("devices: # none\nmqtt: x\n")).toBe(`devices: # none\n${indented("  ")}mqtt: x\n`);
		expect(added("devices: [\n]\nmqtt: x\n")).toBe(`devices:\n${indented("  ")}mqtt: x\n`);
	});

	it("stands in a list of its own at the end where there was none", () => {
		expect(added("mqtt: x")).toBe(`mqtt: x\ndevices:\n${indented("  ")}`);
	});

	it("stands within the brackets of a list that has some", () => {
		expect(added("devices: [{ id: a }] # all\nmqtt: x\n")).toBe(
			"devices: [{ id: a }, { id: printer, port: { transport: tcp, host: 192.0.2.10 } }] # all\nmqtt: x\n",
		);
	});

	it.each([
		["behind an alias", "none: &none [ { id: a } ]\ndevices: *none\n"],
		["that would lose a comment", "devices: [\n  # none\n]\n"],
		["that is no list", "devices: { a: 1 }\n"],
	])("is refused with its lines for a list %s", (_, text) => {
		expect(() => added(text)).toThrow("TILL-1010");
	});

	it.each(["systemd/examples/till.yaml", "src/config/schema/examples/till.example.yaml"])(
		"leaves every other line of %s as it was",
		(path) => {
			const text = readFileSync(path, "utf8").replace(/<[^>]*>/g, "X");
			expect(added(text).replace(indented("  "), "")).toBe(text.replace("devices: [] #", "devices: #"));
		},
	);
});
