import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runProgram, startProgram, until } from "../support/program.ts";
import { tempDir } from "../support/temp-dir.ts";

/** What is printed, with the blanks between columns as one. */
const read = (text: string): string => text.replace(/ +/g, " ");

describe("npm start", () => {
	it("sells at once: papers, display and drawer are shown, both ERPs book, and `quit` ends it", async () => {
		const directory = tempDir();
		const shop = startProgram("scripts/start.ts", ["--directory", directory], { input: null });
		const type = (line: string): void => void shop.child.stdin?.write(`${line}\n`);
		const shown = (what: string): Promise<void> =>
			until(
				() => `"${what}" in:\n${shop.log()}`,
				() => read(shop.log()).includes(what),
			);
		await shown("Till 1 is ready.");
		await shown("display [Welcome");
		type("7038010001659");
		await shown("Left to pay 99.95 in cash 100.00");
		await shown("display [Item A");
		type("mc 500");
		await shown("drawer opens");
		await shown("| Receipt No. 1 ");
		await shown("| Change back 400.00 |");
		await shown("drawer is shut");
		type("cover open");
		await shown("! The printer's cover is open. Close it");
		type("cover shut");
		await shown("Over: The printer's cover is open.");
		type("cable half");
		type("]d2010703801000165917301231");
		await shown("Left to pay 99.95 in cash 100.00\n display [Item A");
		type("visa");
		await shown("! The receipt printer does not answer.");
		type("cable in");
		await shown("? Receipt 2 may not have come out. Look at the printer, then:");
		type("no");
		await shown("| COPY |");
		type("drawer change");
		await shown("The drawer is opened; the reason stands in the journal.");
		type("bitcoin 5");
		await shown("TILL-0401");
		type("rm -rf /");
		await shown('"rm -rf /" is not understood');
		type("day close");
		await shown("| Z report 1 |");
		const drawn = readFileSync(join(directory, "papers", "0001.svg"), "utf8");
		expect(drawn).toContain("Receipt\u00a0No.\u00a01<");
		type("status");
		await shown("business date (closed)");

		const second = await runProgram("scripts/start.ts", ["--directory", directory]);
		expect(second).toMatchObject({ code: 1 });
		expect(second.stderr).toMatch(/RELAY-1005|TILL-0601/);
		// A look costs calls of the same subscription key that the relay books with: not too many.
		let looks = 0;
		await until("M3 and PowerOffice to book", async () => {
			looks += 1;
			type("books");
			await until("the books", () => shop.log().split("PowerOffice Go, cash vouchers").length > looks);
			await new Promise((resolve) => setTimeout(resolve, 1_000));
			const books = read(shop.log());
			return books.includes("1000001 1000 Item A") && /3010 Goods 3 -199\.90/.test(books);
		});
		type("quit");
		expect(await shop.ended).toMatchObject({ code: 0, stderr: "" });
	});

	it("shows the open ticket again after a kill; --fresh forgets it", async () => {
		const directory = tempDir();
		const first = startProgram("scripts/start.ts", ["--directory", directory], { input: null });
		first.child.stdin?.write("2 * BEER\n");
		await until("the line", () => read(first.log()).includes("Left to pay 200.00"));
		await first.end("SIGKILL");
		const again = await runProgram("scripts/start.ts", ["--directory", directory], "visa\nquit\n");
		expect(again).toMatchObject({ code: 0, stderr: "" });
		expect(read(again.stdout)).toContain("display [2 Beer 0.4 l");
		expect(read(again.stdout)).toContain("A ticket is open:\n 1 Beer 0.4 l 2 Pce 200.00");
		expect(read(again.stdout)).toContain("Receipt 1: 200.00 NOK");
		const fresh = await runProgram("scripts/start.ts", ["--directory", directory, "--fresh"], "BEER\nvisa\n");
		expect(fresh).toMatchObject({ code: 0, stderr: "" });
		expect(read(fresh.stdout)).toContain("Receipt 1: 100.00 NOK");
	});
});
