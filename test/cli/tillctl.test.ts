import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { catalogFile } from "../faults/support/box-config.ts";
import { startTillProcess, type TillProcess } from "../faults/support/till-process.ts";
import { attack, pastTriggers } from "../journal/support/attacker.ts";
import { boxOf } from "../support/box.ts";
import { closings } from "../support/closings.ts";
import { type PaperPrinter, paperPrinter } from "../support/paper-printer.ts";
import { runProgram, until } from "../support/program.ts";
import { type Technician, technicianAt } from "./support/commander.ts";

const shared = closings();
afterAll(() => shared.close());

let directory: string;
let socket: string;
let till: TillProcess;
let printer: PaperPrinter;
let technician: Technician;

beforeAll(async () => {
	directory = await mkdtemp(join(tmpdir(), "tilld-cli-"));
	shared.onEnd(() => rm(directory, { recursive: true, force: true }));
	printer = await paperPrinter(shared.onEnd);
	// Nobody listens there: the box stands alone.
	const config = boxOf(directory, "mqtt://127.0.0.1:1", { printer });
	socket = config.controlSocket;
	till = await startTillProcess({ directory, config, onEnd: shared.onEnd });
	technician = technicianAt(socket);
});

/** The first, then the second, and so on: a day at one box, each test beginning where the one before it ended. */
describe("tillctl over a running tilld, through a day", () => {
	it("says what a new box cannot do yet, and why", async () => {
		const { code, answer } = await technician.asks("status");
		expect(code).toBe(0);
		expect(answer).toMatchObject({
			status: {
				store: "OSLO1",
				till: "1",
				readiness: { sell: { able: false, codes: ["TILL-0412", "TILL-0420"] }, print: { able: true, codes: [] } },
				businessDate: null,
			},
			accepted: null,
		});
		const words = await technician.says("status");
		expect(words.out).toContain("sell       no   TILL-0412 TILL-0420");
		expect(words.out).toContain("TILL-0412: The business day is not open. Open the day: tillctl day open.");
		expect(words.out).toContain("has not answered yet");
		expect(words.out).toMatch(/printer +POSPrinter +online/);
		expect(words.err).toBe("");
	});

	it("names every problem of a catalog file by its line, and imports nothing of it", async () => {
		const file = join(directory, "bad.csv");
		writeFileSync(
			file,
			[
				"item_id,description,item_group,price,vat_code,unit,unit_text,codes",
				"A,Apple,fruit,ten,3,Pcs,Pce,",
				"B,Banana,fruit,10.00,3,Pcs,Pce,7038010000010",
				"C,Cherry,fruit,10.00,99,Pcs,Pce,7038010000011",
				"B,Banana again,fruit,10.00,3,Pcs,Pce,",
				"",
			].join("\n"),
		);
		const { code, answer } = await technician.asks("catalog", "import", file);
		expect(code).toBe(1);
		expect(answer).toMatchObject({ ok: false, code: "TILL-0501" });
		const problems = answer["problems"] as string[];
		expect(problems.map((problem) => /line ([0-9]+)/.exec(problem)?.[1])).toEqual(["2", "4", "4", "5"]);
		const words = await technician.says("catalog", "import", file);
		expect(words.code).toBe(1);
		for (const problem of problems) expect(words.err).toContain(problem);
		const { answer: status } = await technician.asks("status");
		expect(JSON.stringify(status)).toContain("TILL-0420");
	});

	it("says that a catalog file is not there", async () => {
		const { code, answer } = await technician.asks("catalog", "import", join(directory, "none.csv"));
		expect(code).toBe(1);
		expect(answer).toMatchObject({ ok: false, code: "TILL-0504" });
	});

	it("imports a good file once", async () => {
		const file = catalogFile(directory);
		const first = await technician.asks("catalog", "import", file);
		expect(first.code).toBe(0);
		expect(first.answer).toMatchObject({ itemCount: 5, isNew: true });
		const again = await technician.says("catalog", "import", file);
		expect(again.code).toBe(0);
		expect(again.out).toContain("nothing changed");
	});

	it("puts a list of recalls in the place of the one before", async () => {
		const file = join(directory, "recalls.csv");
		writeFileSync(file, "code,batch,reason\nSODA,,glass\n");
		expect((await technician.asks("catalog", "recall", file)).answer).toMatchObject({
			recallCount: 1,
			replacedCount: 0,
		});
		writeFileSync(file, "code\n");
		const words = await technician.says("catalog", "recall", file);
		expect(words).toMatchObject({ code: 0, out: "0 recalls are in force; the list before had 1.\n" });
		// Who took a recall back is nowhere else to be found.
		await until("logged", () => /"recallCount":0,"replacedCount":1[^\n]*another list of recalls/.test(till.log()));
		writeFileSync(file, "gtin\n");
		const { code, answer } = await technician.asks("catalog", "recall", file);
		expect(code).toBe(1);
		expect(answer).toMatchObject({
			code: "TILL-0501",
			problems: ["line 1, gtin: is no column of a recall list", "line 1, code: is missing"],
		});
	});

	it("refuses to sell before the day is open, with cause and remedy, in words and in JSON", async () => {
		const words = await technician.says("scan", "BEER");
		expect(words.code).toBe(3);
		expect(words.out).toBe("");
		expect(words.err).toMatch(/^TILL-0412 .*tillctl day open/);
		const { code, answer } = await technician.asks("scan", "BEER");
		expect(code).toBe(3);
		expect(answer).toMatchObject({ ok: false, code: "TILL-0412", problems: [] });
	});

	it("opens the day once, on a date of the calendar", async () => {
		expect((await technician.asks("day", "open", "--date", "2026-02-30")).answer).toMatchObject({ code: "TILL-0422" });
		const { code, answer } = await technician.asks("day", "open", "--date", "2026-11-20");
		expect(code).toBe(0);
		expect(answer).toMatchObject({ day: { businessDate: "2026-11-20", z: 1, ticketCount: 0, gross: "0.00" } });
		const again = await technician.asks("day", "open");
		expect(again.code).toBe(3);
		expect(again.answer).toMatchObject({ code: "TILL-0413" });
	});

	it("shows the open ticket, in words and in JSON", async () => {
		await technician.says("scan", "7038010001659");
		const { code, answer } = await technician.asks("scan", "BEER", "-q", "2");
		expect(code).toBe(0);
		expect(answer).toMatchObject({
			ticket: {
				lines: [
					{ lineNo: 1, description: "Item A", quantity: "1", unit: "Pce", gross: "99.95" },
					{ lineNo: 2, description: "Beer 0.4 l", quantity: "2", unit: "Pce", gross: "200.00" },
				],
				due: "299.95",
				left: "299.95",
				leftInCash: "300.00",
			},
		});
		const { out } = await technician.says("view");
		expect(out).toMatch(/1 +Item A +1 Pce +99\.95\n +2 +Beer 0\.4 l +2 Pce +200\.00/);
		expect(out).toMatch(/Left to pay +299\.95 +in cash 300\.00/);
	});

	it.each([
		["an item that is not there", ["scan", "nothing"], "TILL-0401"],
		["a read with a wrong check digit, which is no item's", ["scan", "7038010001658"], "TILL-0401"],
		["half a beer", ["scan", "BEER", "--quantity", "0.5"], "TILL-0402"],
		["a tender that is not set up", ["tender", "barter"], "TILL-0405"],
		["another currency", ["tender", "cash", "500", "--currency", "SEK"], "TILL-0406"],
		["what is no amount", ["tender", "cash", "much"], "TILL-0407"],
		["coin that there is not", ["tender", "cash", "99.95"], "TILL-0408"],
		["more by card than is left", ["tender", "visa", "500"], "TILL-0409"],
		["to close with something left", ["close"], "TILL-0404"],
		["to close the day with a ticket open", ["day", "close"], "TILL-0414"],
		["a ticket that is not there", ["ticket", "show", "999"], "TILL-0423"],
		["a copy of a receipt that is not there", ["receipt", "copy", "999"], "TILL-0423"],
		["to settle a doubt that is none", ["doubt", "settle", "job", "itCameOut"], "TILL-0423"],
	])("refuses %s; the ticket stands as it was", async (_name, args, refusal) => {
		const { code, answer } = await technician.asks(...args);
		expect({ code, refusal: answer["code"] }).toEqual({ code: 3, refusal });
		const { answer: view } = await technician.asks("view");
		expect(view).toMatchObject({ ticket: { due: "299.95", left: "299.95", tenders: [] } });
	});

	it("takes the tender, prints, opens the drawer and shows the closed ticket", async () => {
		const { code, answer } = await technician.asks("tender", "cash", "500");
		expect(code).toBe(0);
		expect(answer).toMatchObject({
			ticket: null,
			lastTicket: { receiptNumber: 1, due: "299.95", change: "200.00" },
		});
		const paper = await printer.paperWith("Receipt No. 1");
		expect(paper).toContain("Change back 200.00");
		expect(printer.pulseCount()).toBe(1);
		expect((await technician.says("view")).out).toBe(
			"Business date 2026-11-20, Z 1: 1 ticket, 299.95 NOK\nNo ticket is open. Receipt 1: 299.95 NOK, change 200.00\n",
		);
		const shown = await technician.asks("ticket", "show", "1");
		expect(shown.code).toBe(0);
		expect(shown.answer).toMatchObject({
			sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
			ticket: { series: "receipt", receiptNumber: 1, due: 29995 },
		});
		expect((await technician.says("ticket", "show", "1")).out).toMatch(
			/^receipt 1 of OSLO1\/1, closed 2[0-9-]+ [0-9:]+, business date 2026-11-20, Z 1, operator 1\n {2}1 Item A, 1 Pce +99\.95\n[\s\S]*\n {2}Rounding +0\.05\n {2}To pay, NOK +300\.00\n {2}Cash +500\.00\n {2}Change, Cash +-200\.00\n {2}VAT 25% in it +59\.99\nRecord [0-9]+ [0-9a-f]{64}/,
		);
		expect((await technician.asks("ticket", "show", "1", "--series", "return")).code).toBe(3);
	});

	it("shows the receipt as it came out on paper, and prints and records nothing by it", async () => {
		const paper = await printer.paperWith("Receipt No. 1");
		const before = await technician.asks("status");
		const config = join(directory, "till.yaml");
		const { code, answer } = await technician.asks("receipt", "preview", "1", "--config", config);
		expect(code).toBe(0);
		const shown = (answer["lines"] as readonly string[])
			.filter((line) => line.startsWith("|"))
			.map((line) => line.slice(1, -1).trim().replace(/ +/g, " "));
		// On a terminal a wide letter takes two columns, as on paper.
		expect(shown.filter((line) => line !== "").slice(1)).toEqual(paper.slice(1));
		expect(shown[0]).toBe("S a l e s r e c e i p t");
		expect((await technician.says("receipt", "preview", "1", "--copy", "--config", config)).out).toMatch(/^\|C O P Y/);
		expect((await technician.asks("receipt", "preview", "999", "--config", config)).answer).toMatchObject({
			code: "TILL-0423",
		});
		const after = await technician.asks("status");
		const head = ({ answer: { status } }: typeof after): unknown => (status as { readonly head: unknown }).head;
		expect(head(after)).toEqual(head(before));
		expect(printer.papers).toHaveLength(1);
	});

	it("marks a picture of a real sale as no receipt: nothing records it, and any printer would print it", async () => {
		const picture = join(directory, "paper.svg");
		const config = join(directory, "till.yaml");
		const { code, answer } = await technician.asks("receipt", "preview", "1", "--config", config, "--svg", picture);
		expect(code).toBe(0);
		const lines = (answer["lines"] as readonly string[]).map((line) => line.replaceAll(/[| ]/g, ""));
		expect(lines.filter((line) => line.includes("NOTARECEIPT"))).toHaveLength(2);
		expect(existsSync(picture)).toBe(true);
	});

	it("prints one marked copy", async () => {
		expect(await technician.says("receipt", "copy", "1")).toEqual({
			code: 0,
			out: "Receipt 1 goes to the printer, marked as a copy unless surely nothing of it came out before.\n",
			err: "",
		});
		const copy = await printer.paperWith("COPY");
		expect(copy).toContain("Receipt No. 1");
	});

	it("shows the journal: the newest, from a record on, of a type, so many", async () => {
		const { answer } = await technician.asks(
			"journal",
			"show",
			"--type",
			"TicketClosed",
			"BusinessDayOpened",
			"--from",
			"1",
		);
		const records = answer["records"] as { readonly seq: number; readonly event: { readonly type: string } }[];
		expect(records.map(({ event }) => event.type)).toEqual(["BusinessDayOpened", "TicketClosed"]);
		const last = records[1]?.seq ?? 0;
		const one = await technician.asks("journal", "show", "--from", String(last), "--limit", "1");
		expect(one.answer["records"]).toMatchObject([{ seq: last, event: { type: "TicketClosed" } }]);
		const newest = await technician.asks("journal", "show", "--type", "TicketClosed", "--limit", "1");
		expect(newest.answer["records"]).toMatchObject([{ seq: last }]);
		expect((await technician.says("journal", "show", "--from", "99999")).out).toBe("No such record.\n");
		const words = await technician.says("journal", "show");
		expect(words.out.trimEnd().split("\n").length).toBeLessThanOrEqual(20);
		expect(words.out).toMatch(/^ +[0-9]+ {2}[0-9-]+ [0-9:]+ {2}[0-9a-f]{8} {2}[A-Za-z]+ +\{/);
	});

	it("exports the feed, and says when there is nothing to export or nowhere to put it", async () => {
		const file = join(directory, "feed.jsonl");
		const { code, answer } = await technician.asks("journal", "export", file);
		expect(code).toBe(0);
		expect(answer).toMatchObject({ feedSeqFirst: 1, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
		expect(readFileSync(file, "utf8").split("\n")[0]).toContain('"format":"tilld-feed"');
		expect((await technician.says("journal", "export", file)).out).toMatch(
			/^Messages 1 to [0-9]+ are in .*feed\.jsonl\.\n$/,
		);
		const beyond = await technician.asks("journal", "export", file, "--from", "9999");
		expect(beyond).toMatchObject({ code: 1, answer: { code: "TILL-0906" } });
		const { err } = await technician.says("journal", "export", file, "--from", "9999");
		expect(err).toMatch(/^TILL-0906 the feed ends at [0-9]+\nCause: .*\nRemedy: .*--from/);
		const nowhere = await technician.asks("journal", "export", join(directory, "no", "feed.jsonl"));
		expect(nowhere).toMatchObject({ code: 1, answer: { code: "TILL-0821" } });
		expect(readdirSync(directory).filter((name) => name.includes("part"))).toEqual([]);
	});

	it("shows a paper whose fate nobody knows, and takes the word of who looked", async () => {
		printer.unplugInTheMiddle();
		await technician.says("scan", "FOOD");
		await technician.says("tender", "visa");
		await until("the doubt", async () => JSON.stringify(await technician.asks("view")).includes('"doubts":[{'));
		await printer.plug();
		const { answer } = await technician.asks("view");
		const [doubt] = answer["doubts"] as { readonly jobId: string; readonly what: string; readonly number: number }[];
		expect(doubt).toMatchObject({ what: "print", number: 2 });
		const jobId = doubt?.jobId ?? "";
		expect((await technician.says("view")).out).toContain(`tillctl doubt settle ${jobId} itCameOut`);
		expect((await technician.says("status")).out).toMatch(/warnings .*Doubt/);
		expect((await technician.asks("doubt", "settle", jobId, "itCameOut")).answer).toMatchObject({ doubts: [] });
		expect((await technician.says("status")).out).not.toMatch(/warnings .*Doubt/);
	});

	it("confirms a clock that nobody doubts", async () => {
		expect((await technician.asks("clock", "confirm")).code).toBe(0);
	});

	it("closes the day with a Z on paper", async () => {
		const { code, answer } = await technician.asks("day", "close");
		expect(code).toBe(0);
		expect(answer).toMatchObject({ day: null });
		const paper = await printer.paperWith("Z report 1");
		expect(paper).toContain("Total cash sales 424.95");
		expect(paper).toContain("Business date 2026-11-20");
		expect((await technician.says("view")).out).toMatch(
			/^The day is closed\.\nNo ticket is open\. Receipt 2: 125\.00 NOK\n$/,
		);
	});

	it("verifies the journal while the service runs, and finds what was changed in a copy of it", async () => {
		const journal = join(directory, "journal");
		const sound = await technician.asks("journal", "verify", "--directory", journal);
		expect(sound).toMatchObject({ code: 0, answer: { findings: [] } });
		expect((await technician.says("journal", "verify", "--directory", journal)).out).toMatch(/Everything holds\.\n$/);
		const copy = join(directory, "copy");
		cpSync(journal, copy, { recursive: true });
		const folder = readdirSync(copy, { withFileTypes: true }).find((entry) => entry.isDirectory())?.name ?? "";
		const segment = readdirSync(join(copy, folder)).find((name) => /^[0-9-]+\.sqlite$/.test(name)) ?? "";
		attack(join(copy, folder, segment), (database) =>
			pastTriggers(database, () =>
				database.exec("UPDATE record SET bytes = CAST(replace(CAST(bytes AS TEXT), 'Beer', 'Bear') AS BLOB)"),
			),
		);
		const changed = await technician.asks("journal", "verify", "--directory", copy);
		expect(changed.code).toBe(5);
		const findings = changed.answer["findings"] as { readonly code: string }[];
		expect(findings.map((finding) => finding.code)).toContain("TILL-0624");
		const none = await technician.asks("journal", "verify", "--directory", join(directory, "none"));
		expect(none).toMatchObject({ code: 5, answer: { findings: [{ code: "TILL-0609" }] } });
	});

	it.each([
		["0", ["view"], 0],
		["1", ["journal", "export", "/no/where"], 1],
		["2", ["tender"], 2],
		["3", ["scan", "BEER"], 3],
		["4", ["--socket", "/no/where", "view"], 4],
		["5", ["journal", "verify", "--directory", "COPY"], 5],
	])("ends its process with exit code %s", async (_name, args, code) => {
		const ended = await runProgram("src/cli/tillctl.ts", [
			"--socket",
			socket,
			...args.map((arg) => (arg === "COPY" ? join(directory, "copy") : arg)),
		]);
		expect(ended).toMatchObject({ code });
		expect(ended.stdout === "").toBe(code >= 1 && code <= 4);
	});

	it("has not been ended by any of it", () => {
		expect(till.child.exitCode).toBeNull();
		expect(existsSync(socket)).toBe(true);
	});
});
