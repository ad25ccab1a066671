import { createInterface, type Interface } from "node:readline";
import { PassThrough } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import { describe, expect, it, onTestFinished } from "vitest";
import { displayText, paperText, Screen } from "../../../scripts/terminal/screen.ts";

const PROMPT = "till> ";

const screenOf = (): { screen: Screen; lines: Interface; input: PassThrough; shown: () => string } => {
	const input = new PassThrough();
	const output = new PassThrough();
	const lines = createInterface({ input, output, prompt: PROMPT, terminal: true });
	onTestFinished(() => lines.close());
	let text = "";
	output.setEncoding("utf8").on("data", (chunk: string) => {
		text += chunk;
	});
	return { screen: new Screen(output), lines, input, shown: () => text };
};

/** What stands on a terminal's last line: after the last line feed, and after the last time that line was cleared. */
const lastLine = (text: string): string =>
	stripVTControlCharacters(text.split("\n").at(-1)?.split("\u001b[2K").at(-1) ?? "").replaceAll("\r", "");

describe("a screen", () => {
	it("says what happens while a person types above the line being typed, and leaves that as it was", async () => {
		const { screen, lines, input, shown } = screenOf();
		screen.ask(lines);
		input.write("cash 1");
		await expect.poll(() => lines.line).toBe("cash 1");
		screen.say("  drawer   opens");
		await expect.poll(() => lastLine(shown())).toBe(`${PROMPT}cash 1`);
		expect(shown()).toContain("  drawer   opens\n");
	});

	it("draws no prompt while nothing is asked", async () => {
		const { screen, lines, shown } = screenOf();
		screen.ask(lines);
		screen.heard();
		screen.say("one");
		screen.say("two");
		await expect.poll(shown).toMatch(/one\ntwo\n$/);
	});
});

describe("what a device shows", () => {
	it("is framed as wide as its longest line, letters of more than one unit too", () => {
		expect(paperText(["Kaffe 😀", "Blåbær på brød"]).split("\n")).toEqual([
			"  +----------------+",
			"  | Kaffe 😀        |",
			"  | Blåbær på brød |",
			"  +----------------+",
		]);
	});

	it("stands in two rows when it is wide", () => {
		expect(displayText(["a ", "b "])).toBe("  display  [a ] [b ]");
		const [wide, other] = ["a".padEnd(40), "b".padEnd(40)];
		expect(displayText([wide, other])).toBe(`  display  [${wide}]\n           [${other}]`);
	});
});
