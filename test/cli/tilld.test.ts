import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { stringify } from "yaml";
import { tillctl } from "../../src/cli/tillctl/program.ts";
import { verifyJournal } from "../../src/journal/sqlite/verify-journal.ts";
import type { TillView } from "../../src/till/view.ts";
import { catalogFile } from "../faults/support/box-config.ts";
import { asked, startTillProcess, type TillProcess } from "../faults/support/till-process.ts";
import { boxOf } from "../support/box.ts";
import { type Ended, runProgram } from "../support/program.ts";
import { tempDir } from "../support/temp-dir.ts";
import { collecting, technicianAt } from "./support/commander.ts";

/** Nobody listens there. */
const NO_BROKER = "mqtt://127.0.0.1:1";

/** Starts tilld on settings that it must refuse; it ends by itself. */
const refusedOn = (directory: string, text: string): Promise<Ended> => {
	const file = join(directory, "refused.yaml");
	writeFileSync(file, text);
	return runProgram("src/cli/tilld.ts", ["--config", file]);
};

const sellable = async (directory: string, config: ReturnType<typeof boxOf>): Promise<TillProcess> => {
	const till = await startTillProcess({ directory, config });
	await asked(till, { command: "catalogImport", file: catalogFile(directory) });
	await asked(till, { command: "dayOpen", businessDate: "2026-11-20" });
	return till;
};

const sell = async (till: TillProcess): Promise<void> => {
	await asked(till, { command: "scan", code: "BEER" });
	await asked(till, { command: "tender", tenderType: "visa" });
};

const receiptCount = async (till: TillProcess): Promise<number | undefined> =>
	((await asked(till, { command: "view" })) as TillView).lastTicket?.receiptNumber;

describe("tilld with a configuration that is wrong", () => {
	it("names every problem with its place, and ends with 78", async () => {
		const directory = tempDir();
		const config = boxOf(directory, "mqtt://broker.example:1883");
		const wrong = {
			...config,
			store: "oslo one",
			currency: "XXX",
			cutOverHour: 25,
			tenderTypes: [{ id: "visa", description: "Visa", safTCode: "12003" }],
			colour: "blue",
		};
		const { code, stdout, stderr } = await refusedOn(directory, stringify(wrong));
		expect({ code, stdout }).toEqual({ code: 78, stdout: "" });
		expect(stderr).toMatch(/^tilld: TILL-1003 /);
		for (const place of ["store", "currency", "cutOverHour", "colour"])
			expect(stderr).toMatch(new RegExp(`^  .*${place}`, "m"));
		const problems = stderr.split("\n").filter((line) => line.startsWith("  "));
		for (const line of problems) expect(line).toMatch(/line [0-9]+/);
		expect(stderr).toMatch(/\nRemedy: Correct the lines named/);
	});

	it("names what no single setting shows too: a till without cash, a broker in plain text", async () => {
		const directory = tempDir();
		const config = boxOf(directory, "mqtt://broker.example:1883", {
			more: { tenderTypes: [{ id: "visa", description: "Visa", safTCode: "12003" }] },
		});
		const { code, stderr } = await refusedOn(directory, stringify(config));
		expect(code).toBe(78);
		expect(stderr).toMatch(/tenderTypes.*cash/);
		expect(stderr).toMatch(/mqtt\.url.*insecure/);
	});

	it.each([
		["no YAML", () => "a: [", "TILL-1002"],
		["of a newer version", (box: object) => stringify({ ...box, version: 2 }), "TILL-1005"],
		["of no version", (box: object) => stringify({ ...box, version: undefined }), "TILL-1004"],
		[
			"with a device model that there is not",
			(box: object) =>
				stringify({
					...box,
					devices: [{ deviceClass: "Scanner", id: "s", profile: "no-such", port: { transport: "virtual" } }],
				}),
			"TILL-0702",
		],
		[
			"with a control socket that cannot be made",
			(box: object) => stringify({ ...box, controlSocket: "/dev/null/control.sock" }),
			"TILL-0907",
		],
		[
			"with a catalog that cannot be kept",
			(box: object) => stringify({ ...box, catalog: { file: "/dev/null/catalog.sqlite" } }),
			"TILL-0505",
		],
	])("%s: its code and 78", async (_name, text, fault) => {
		const directory = tempDir();
		const ended = await refusedOn(directory, text(boxOf(directory, NO_BROKER)));
		expect({ code: ended.code, stdout: ended.stdout }).toEqual({ code: 78, stdout: "" });
		expect(ended.stderr).toContain(`tilld: ${fault} `);
	});

	it("that is not there", async () => {
		const ended = await runProgram("src/cli/tilld.ts", ["--config", join(tempDir(), "none.yaml")]);
		expect(ended).toMatchObject({ code: 78, stdout: "" });
		expect(ended.stderr).toContain("TILL-1001");
	});
});

describe("two tills", () => {
	it("never run on one journal, nor on one control socket; the first goes on selling", async () => {
		const directory = tempDir();
		const config = boxOf(directory, NO_BROKER);
		const till = await sellable(directory, config);
		const sameJournal = await refusedOn(
			directory,
			stringify({ ...config, controlSocket: join(directory, "second.sock") }),
		);
		expect(sameJournal.code).toBe(78);
		expect(sameJournal.stderr).toContain("TILL-0601");
		const sameSocket = await refusedOn(
			directory,
			stringify({
				...config,
				journal: { directory: join(directory, "second-journal") },
				catalog: { file: join(directory, "second.sqlite") },
			}),
		);
		expect(sameSocket.code).toBe(78);
		expect(sameSocket.stderr).toContain("TILL-0903");
		await sell(till);
		expect(await receiptCount(till)).toBe(1);
		await till.stop();
		const anotherTill = await refusedOn(directory, stringify({ ...config, till: "2" }));
		expect(anotherTill.code).toBe(78);
		expect(anotherTill.stderr).toMatch(/TILL-0905 .*OSLO1\/1 .*OSLO1\/2/);
	});
});

describe("tilld that is told to stop", () => {
	it.each(["SIGTERM", "SIGINT"] as const)(
		"ends in order on %s, and goes on with the open ticket at the next start",
		async (signal) => {
			const directory = tempDir();
			const config = boxOf(directory, NO_BROKER);
			const till = await sellable(directory, config);
			await sell(till);
			await asked(till, { command: "scan", code: "FOOD", quantity: "3" });
			await asked(till, { command: "tender", tenderType: "cash", amount: "100" });
			const exited = once(till.child, "exit");
			till.child.kill(signal);
			till.child.kill(signal);
			await exited;
			expect(till.child.exitCode).toBe(0);
			expect(existsSync(config.controlSocket)).toBe(false);

			const again = await startTillProcess({ directory, config });
			expect(await asked(again, { command: "view" })).toMatchObject({
				day: { businessDate: "2026-11-20", ticketCount: 1 },
				ticket: { lines: [{ quantity: "3", gross: "375.00" }], tenders: [{ amount: "100.00" }], left: "275.00" },
				lastTicket: { receiptNumber: 1 },
			});
			const { answer } = await technicianAt(config.controlSocket).asks(
				"journal",
				"show",
				"--type",
				"ApplicationStopped",
				"--from",
				"1",
			);
			expect(answer["records"]).toMatchObject([{ event: { reason: signal } }]);
			await again.stop();
			expect(verifyJournal(config.journal.directory).findings).toEqual([]);
		},
	);

	it("does not wait for a broker and a printer that take everything and answer nothing", async () => {
		const directory = tempDir();
		const held = new Set<Socket>();
		const silent = createServer((socket) => {
			held.add(socket);
			socket.on("error", () => undefined);
		});
		await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
		onTestFinished(() => {
			for (const socket of held) socket.destroy();
			silent.close();
		});
		const address = silent.address();
		const port = address !== null && typeof address === "object" ? address.port : 0;
		const config = boxOf(directory, `mqtt://127.0.0.1:${port}`, {
			printer: { port: { transport: "tcp", host: "127.0.0.1", port } },
		});
		const till = await sellable(directory, config);
		await sell(till);
		await till.stop();
		expect(till.child.exitCode).toBe(0);
		const again = await startTillProcess({ directory, config });
		const view = (await asked(again, { command: "view" })) as TillView;
		expect(view.doubts).toMatchObject([{ what: "print", number: 1 }]);
	});

	it("ends in order in the midst of a catalog import, which then has not been", async () => {
		const directory = tempDir();
		const config = boxOf(directory, NO_BROKER);
		const till = await startTillProcess({ directory, config });
		const file = join(directory, "large.csv");
		const rows = Array.from({ length: 200_000 }, (_, index) => `I${index},Item ${index},goods,10.00,3,Pcs,Pce,`);
		writeFileSync(file, ["item_id,description,item_group,price,vat_code,unit,unit_text,codes", ...rows, ""].join("\n"));
		let isUnderWay = (): void => undefined;
		const underWay = new Promise<void>((resolve) => {
			isUnderWay = resolve;
		});
		const importing = collecting(({ out }) =>
			tillctl(["--socket", config.controlSocket, "catalog", "import", file], { out, err: isUnderWay }),
		);
		await underWay;
		await till.stop();
		expect(till.child.exitCode).toBe(0);
		expect((await importing).code).toBe(4);
		const again = await startTillProcess({ directory, config });
		const { answer } = await technicianAt(config.controlSocket).asks("catalog", "import", catalogFile(directory));
		expect(answer).toMatchObject({ itemCount: 5, isNew: true });
		await again.stop();
	});
});

describe("tilld that was killed", () => {
	it("replaces the socket file that is left, and sells on", async () => {
		const directory = tempDir();
		const config = boxOf(directory, NO_BROKER);
		const till = await sellable(directory, config);
		await sell(till);
		await till.kill();
		expect(existsSync(config.controlSocket)).toBe(true);
		const again = await startTillProcess({ directory, config });
		await sell(again);
		expect(await receiptCount(again)).toBe(2);
		await again.stop();
	});
});

describe("a journal that was lost", () => {
	it("in part: the start says so and names the remedy; the mirror brings it back", async () => {
		const directory = tempDir();
		const mirror = join(directory, "mirror");
		mkdirSync(mirror);
		const journal = join(directory, "journal");
		const config = boxOf(directory, NO_BROKER, {
			more: { journal: { directory: journal, freeBytesMin: 1_000_000, mirror } },
		});
		const till = await sellable(directory, config);
		await sell(till);
		await till.stop();
		cpSync(journal, join(directory, "older"), { recursive: true });
		const onward = await startTillProcess({ directory, config });
		await sell(onward);
		await onward.stop();
		rmSync(journal, { recursive: true });
		cpSync(join(directory, "older"), journal, { recursive: true });

		const refused = await runProgram("src/cli/tilld.ts", ["--config", join(directory, "till.yaml")]);
		expect(refused.code).toBe(78);
		expect(refused.stderr).toContain("TILL-0611");
		const recovered = await collecting((streams) =>
			tillctl(["--json", "journal", "recover", mirror, "--config", join(directory, "till.yaml")], streams),
		);
		expect(recovered.code).toBe(0);
		const again = await startTillProcess({ directory, config });
		expect(await receiptCount(again)).toBe(2);
		const whileRunning = await collecting((streams) =>
			tillctl(["--json", "journal", "recover", mirror, "--config", join(directory, "till.yaml")], streams),
		);
		expect(whileRunning.code).toBe(1);
		expect(JSON.parse(whileRunning.out)).toMatchObject({ ok: false, code: "TILL-0601" });
		await again.stop();
	});

	it("with its box: another box goes on with the copy under a new id, receipts going on behind it", async () => {
		const directory = tempDir();
		const till = await sellable(directory, boxOf(directory, NO_BROKER));
		await sell(till);
		await till.stop();
		const other = tempDir();
		const config = boxOf(other, NO_BROKER);
		writeFileSync(join(other, "till.yaml"), stringify(config));
		const adopted = await collecting((streams) =>
			tillctl(
				["--json", "journal", "adopt", join(directory, "journal"), "--config", join(other, "till.yaml")],
				streams,
			),
		);
		expect(adopted).toMatchObject({ code: 0 });
		const box = await sellable(other, config);
		await sell(box);
		expect(await receiptCount(box)).toBe(2);
		const { answer } = await technicianAt(config.controlSocket).asks("status");
		expect(answer).toMatchObject({
			status: { journalId: (JSON.parse(adopted.out) as { journalId: string }).journalId },
		});
		await box.stop();
	});
});
