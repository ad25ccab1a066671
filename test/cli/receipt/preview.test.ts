import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { pngSize } from "../../../drivers/logo/png-pixels.ts";
import { dotsPng } from "../../../drivers/paper/picture/dots-png.ts";
import { tillctl } from "../../../src/cli/tillctl/program.ts";
import { sampleTicket } from "../../../src/cli/tillctl/receipt/sample-ticket.ts";
import { sampleZ } from "../../../src/cli/tillctl/receipt/sample-z.ts";
import { brokenInvariants } from "../../../src/ticket/invariants.ts";
import { tempDir } from "../../support/temp-dir.ts";
import { filledIn } from "../device/support.ts";
import { collecting, type Told } from "../support/commander.ts";

/** `tillctl receipt preview` on a machine without a service, and without a till.yaml unless one is named. */
const preview = (...args: readonly string[]): Promise<Told> => {
	const nowhere = join(tempDir(), "none");
	return collecting((streams) =>
		tillctl(["--socket", nowhere, "receipt", "preview", "--config", nowhere, ...args], streams),
	);
};

const logoFile = (): string => {
	const file = join(tempDir(), "logo.png");
	writeFileSync(file, dotsPng({ widthDots: 80, rows: 40, bits: new Uint8Array(400).fill(0xff) }));
	return file;
};

const PLACE = { store: "S1", till: "1", currency: "NOK" } as const;

describe("tillctl receipt preview --sample", () => {
	it("shows an example in the columns of the model, without a service and without a till.yaml", async () => {
		const { code, out, err } = await preview("--sample", "--profile", "epson-tm-t20iii", "--logo", logoFile());
		expect(code).toBe(0);
		const lines = out.trimEnd().split("\n");
		expect(lines.every((line) => line.length === 50)).toBe(true);
		expect(lines).toEqual(
			expect.arrayContaining([
				"|           [picture of 80 x 40 dots]            |",
				`|${"S a l g s k v i t t e r i n g".padEnd(48)}|`,
				"|Ærlig blåbærsyltetøy 2 stk                 49,80|",
				"|Å betale                                  500,00|",
				"|             [EAN13 7038010001659]              |",
			]),
		);
		expect(err).toContain("Seller, language and printer are examples");
	});

	it("speaks for the shop of till.yaml", async () => {
		const file = join(tempDir(), "till.yaml");
		writeFileSync(file, filledIn());
		const { out, err } = await preview("--sample", "--config", file);
		expect(out).toMatch(/\| +Shop +\|/);
		expect(err).toBe("");
	});

	it("says on a copy that it is one", async () => {
		const { out } = await preview("--sample", "--copy");
		expect(out).toMatch(/^\|K O P I +\|\n/);
	});

	it("shows a Z, and fewer columns than the model has", async () => {
		const { code, out } = await preview("--sample", "z", "--columns", "32", "--profile", "epson-tm-t88v");
		expect(code).toBe(0);
		expect(out).toContain(`|${"Samlet kontantsalg".padEnd(26)}500,46${" ".repeat(10)}|`);
	});

	it("writes the paper as a drawing and as a picture, and says so", async () => {
		const directory = tempDir();
		const [svg, png] = [join(directory, "paper.svg"), join(directory, "paper.png")];
		const told = await preview("--sample", "--profile", "epson-tm-t20iii", "--svg", svg, "--png", png);
		expect(told).toMatchObject({ code: 0, out: `Written: ${svg}\nWritten: ${png}\n` });
		expect(readFileSync(svg, "utf8")).toMatch(/^<svg .*width="80mm"/);
		// 576 dots and two margins of 32, two pixels each.
		expect(pngSize(readFileSync(png))?.width).toBe(1_280);
	});

	it("answers in JSON: the model, the columns, the lines, and why there is no logo", async () => {
		const { out } = await preview("--json", "--sample", "--profile", "generic-escpos-58mm", "--logo", "logo.png");
		expect(JSON.parse(out)).toMatchObject({
			profile: "generic-escpos-58mm",
			columns: 32,
			logoTrouble: "Generic ESC/POS 58 mm prints no pictures, so there is no logo",
			lines: expect.arrayContaining(["|Mössa och vantar, barn 1 stk    |"]),
		});
	});

	it.each([
		["neither a number nor a sample", [], 2, "one of the two"],
		["both", ["1", "--sample"], 2, "one of the two"],
		["more columns than the model has", ["--sample", "--profile", "epson-tm-t88v", "--columns", "48"], 2, "prints 42"],
		["no number of columns", ["--sample", "--columns", "31"], 2, "from 32 to 64"],
		["a model that is none", ["--sample", "--profile", "epson"], 1, "epson-tm-t88v"],
		["a display", ["--sample", "--profile", "epson-dm-d110"], 1, "TILL-0720"],
		["a place that is none", ["--sample", "--svg", "/nowhere/a.svg"], 1, "TILL-0704"],
		["a ticket without a service", ["1"], 4, "TILL-0904"],
	])("refuses %s with what to do", async (_, args, code, why) => {
		const told = await preview(...args);
		expect(told.code).toBe(code);
		expect(told.err).toContain(why);
		expect(told.out).toBe("");
	});

	it("prints without a logo that cannot be used, and says why", async () => {
		const { code, err } = await preview("--sample", "--profile", "epson-tm-t88v", "--logo", "/nowhere/logo.png");
		expect(code).toBe(0);
		expect(err).toContain("TILL-0703 /nowhere/logo.png cannot be read: ENOENT");
	});
});

describe("the sample", () => {
	it("keeps what must hold of every ticket, VAT line by line too", () => {
		const ticket = sampleTicket(PLACE);
		expect(brokenInvariants(ticket, 100n)).toEqual([]);
		for (const { gross, vat, vatRate } of ticket.lines) {
			const exact = (Number(gross) * Number(vatRate)) / (1_000_000 + Number(vatRate));
			expect(Number(vat)).toBe(Math.round(exact));
		}
	});

	it("adds up to the Z of its day", () => {
		const { totals, grandTotals } = sampleZ(sampleTicket(PLACE));
		expect(totals.tenders.reduce((sum, { amount }) => sum + amount, 0n) + totals.rounding).toBe(totals.gross);
		expect(totals.itemGroups.reduce((sum, { gross }) => sum + gross, 0n)).toBe(totals.gross);
		expect(grandTotals.net).toBe(totals.gross);
	});
});
