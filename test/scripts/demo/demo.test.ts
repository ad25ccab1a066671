import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { z } from "zod";
import { demo } from "../../../scripts/demo/demo.ts";
import { differencesOf } from "../../../scripts/demo/expected.ts";
import type { DemoResult } from "../../../scripts/demo/result.ts";
import { silentLogger } from "../../support/manual-runtime.ts";
import { runProgram } from "../../support/program.ts";
import { tempDir } from "../../support/temp-dir.ts";

/** Exactly two decimals: an amount of money. */
const amount = z.string().regex(/^-?[0-9]+\.[0-9]{2}$/);
const quantity = z.string().regex(/^-?[0-9]+(\.[0-9]{1,6})?$/);
const text = z.string().min(1);
const till = z.enum(["1", "2"]);
const number = z.int().min(1);
const date = z.string().regex(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/);
const four = z.strictObject({
	journal: amount.nullable(),
	feed: amount.nullable(),
	m3: amount.nullable(),
	powerOffice: amount.nullable(),
});
const evidence = z.enum(["sent", "acknowledged", "booked"]).nullable();

/** The form that other programs read: every field there, absent is null, nothing beside it. */
const form = z.strictObject({
	ok: z.boolean(),
	differences: z.array(text),
	m3: z.strictObject({
		opsale: z.array(
			z.strictObject({
				till,
				receipt: number,
				transactionType: z.string().regex(/^[0-9]{4}$/),
				item: text.nullable(),
				quantity: quantity.nullable(),
				unit: text.nullable(),
				paymentMethod: text.nullable(),
				vat: amount.nullable(),
				amount,
			}),
		),
		fgledg: z.array(
			z.strictObject({
				till,
				receipt: number,
				accountingEvent: text,
				accountingType: text,
				amount,
				bankOperation: text.nullable(),
			}),
		),
		stock: z.array(
			z.strictObject({
				item: text,
				warehouse: text,
				mitbalBefore: quantity,
				mitbalAfter: quantity,
				mittra: quantity,
				mitsta: quantity,
			}),
		),
		osbstd: z.array(z.strictObject({ till, receipt: number, item: text, quantity, amount })),
	}),
	powerOffice: z.strictObject({
		vouchers: z.array(
			z.strictObject({
				till,
				businessDate: date,
				z: number,
				externalImportReference: text,
				voucherNo: number,
				lines: z.array(
					z.strictObject({
						account: z.string().regex(/^[0-9]{4,8}$/),
						name: text,
						vatCode: z.string().regex(/^[0-9]+$/),
						amount,
					}),
				),
			}),
		),
	}),
	reconciliation: z.array(
		z.strictObject({
			till,
			businessDate: date,
			z: number,
			currency: z.string().regex(/^[A-Z]{3}$/),
			gross: four,
			tenders: z.record(text, four),
			evidence: z.strictObject({ m3: evidence, powerOffice: evidence }),
			vatDifference: amount.nullable(),
			equal: z.boolean(),
		}),
	),
	receipts: z.array(z.strictObject({ till, receipt: number, columns: number, lines: z.array(z.string()) })),
});

const read = (file: string): DemoResult => form.parse(JSON.parse(readFileSync(file, "utf8")));

const minor = (amountText: string): bigint => BigInt(amountText.replace(".", ""));

describe("npm run demo", () => {
	it("ends with 0 and writes a result of the form that is promised; a result that is changed is not ok", async () => {
		const file = join(tempDir(), "demo.json");
		const { code, stdout, stderr } = await runProgram("scripts/demo.ts", ["--json", file]);
		expect({ code, stderr }, stdout).toEqual({ code: 0, stderr: "" });
		expect(stdout).toContain("The day is booked everywhere as it was sold.");
		const result = read(file);
		expect(result).toMatchObject({ ok: true, differences: [] });
		expect(result.powerOffice.vouchers).toHaveLength(2);
		for (const { lines } of result.powerOffice.vouchers)
			expect(lines.reduce((sum, line) => sum + minor(line.amount), 0n)).toBe(0n);
		for (const { lines, columns } of result.receipts)
			for (const line of lines) expect([...line].length).toBeLessThanOrEqual(columns);
		expect(new Set(result.receipts.map((paper) => `${paper.till}/${paper.receipt}`)).size).toBe(36);

		const { ok: _ok, differences: _differences, ...books } = result;
		expect(differencesOf(books)).toEqual([]);
		const sabotages: readonly ((books: typeof result) => unknown)[] = [
			({ m3 }) => Object.assign(m3.opsale.find((row) => row.item === "Item A") ?? {}, { amount: "79.97" }),
			({ m3 }) => Object.assign(m3.fgledg.find((row) => row.till === "1") ?? {}, { bankOperation: "99" }),
			({ m3 }) => Object.assign(m3.stock.find((row) => row.item === "Item A") ?? {}, { mitbalAfter: "98" }),
			({ m3 }) =>
				(m3.opsale as unknown[]).splice(
					m3.opsale.findIndex((row) => row.item === "SODA"),
					1,
				),
			({ m3 }) =>
				(m3.osbstd as unknown[]).splice(
					m3.osbstd.findIndex((row) => row.till === "1"),
					1,
				),
			({ powerOffice }) => (powerOffice.vouchers as unknown[]).push(powerOffice.vouchers[1]),
			({ powerOffice }) =>
				Object.assign(powerOffice.vouchers.find((voucher) => voucher.till === "2")?.lines[0] ?? {}, {
					amount: "5000.01",
				}),
			({ reconciliation }) => Object.assign(reconciliation[0] ?? {}, { equal: false }),
			({ reconciliation }) => Object.assign(reconciliation[1]?.evidence ?? {}, { m3: "acknowledged" }),
			({ receipts }) => (receipts.find((paper) => paper.receipt === 123_456)?.lines as string[] | undefined)?.reverse(),
		];
		for (const sabotage of sabotages) {
			const changed = structuredClone(result);
			sabotage(changed);
			expect(differencesOf(changed), String(sabotage)).not.toEqual([]);
		}
	});

	it("ends with 1 when head office has mapped an account wrongly, says what differs, and writes the whole result", async () => {
		const file = join(tempDir(), "demo.json");
		const said: string[] = [];
		const complain = vi.spyOn(console, "error").mockImplementation((line: string) => void said.push(line));
		const tell = vi.spyOn(console, "log").mockImplementation(() => undefined);
		onTestFinished(() => {
			complain.mockRestore();
			tell.mockRestore();
		});
		const code = await demo({
			json: file,
			logger: silentLogger(),
			relay: (config) => ({
				...config,
				mapping: {
					...config.mapping,
					itemGroups: { ...config.mapping.itemGroups, soda: { account: 3002, name: "Soda", vatCode: "3" } },
				},
			}),
		});
		expect(code).toBe(1);
		const result = read(file);
		expect(result.ok).toBe(false);
		expect(result.differences.join("\n")).toContain("voucher of till 2: missing 3003 | -2500.00 | 3");
		expect(result.powerOffice.vouchers).toHaveLength(2);
		expect(said).toEqual(result.differences.map((difference) => `! ${difference}`));
	});

	it("ends with 1 and a result that says so when the day could not even begin", async () => {
		const file = join(tempDir(), "demo.json");
		vi.spyOn(console, "error").mockImplementation(() => undefined);
		vi.spyOn(console, "log").mockImplementation(() => undefined);
		onTestFinished(() => void vi.restoreAllMocks());
		const code = await demo({
			json: file,
			logger: silentLogger(),
			relay: (config) => ({ ...config, ledger: { file: "/dev/null/ledger.sqlite" } }),
		});
		expect(code).toBe(1);
		expect(read(file)).toMatchObject({ ok: false, differences: [expect.stringContaining("RELAY-1003")], receipts: [] });
	});

	it("says so at once when the result cannot be written, and does not know what it was not told", async () => {
		const nowhere = await runProgram("scripts/demo.ts", ["--json", "/dev/null/demo.json"]);
		expect(nowhere.code).not.toBe(0);
		expect(nowhere.stdout).not.toContain("Opening a shop");
		const unknown = await runProgram("scripts/demo.ts", ["--jsn", "x"]);
		expect(unknown.code).not.toBe(0);
		expect(unknown.stdout).not.toContain("Opening a shop");
		const help = await runProgram("scripts/demo.ts", ["--help"]);
		expect(help).toMatchObject({ code: 0, stderr: "" });
		expect(help.stdout).toContain("--json FILE");
		expect(existsSync("x")).toBe(false);
	});
});
