import { describe, expect, it } from "vitest";
import { outputTo } from "../../src/cli/tillctl/output.ts";

const wrote = (json: boolean, text: string): { readonly out: string; readonly err: string } => {
	const told = { out: "", err: "" };
	const output = outputTo(
		{
			out: (line) => {
				told.out += line;
			},
			err: (line) => {
				told.err += line;
			},
		},
		json,
	);
	output.say(text);
	output.note(text);
	return told;
};

describe("what a command writes", () => {
	it("is no command of the terminal, whatever a printer or a USB device said of itself", () => {
		const words = "maker \u001b[2J\nmodel ␛Æ\u0007\n";
		expect(wrote(false, words)).toEqual({ out: "maker ␛[2J\nmodel ␛Æ␇\n\n", err: "maker ␛[2J\nmodel ␛Æ␇\n\n" });
	});

	it("is left alone in JSON, which escapes it", () => {
		const text = JSON.stringify({ model: "\u001b[2J" }, null, 2);
		expect(wrote(true, text).out).toBe(`${text}\n`);
	});
});
