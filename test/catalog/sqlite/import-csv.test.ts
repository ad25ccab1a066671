import { truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { ITEM_GROUPS_MAX } from "../../../src/catalog/core/catalog-row.ts";
import { FileReader, PROBLEMS_MAX } from "../../../src/catalog/sqlite/file-reader.ts";
import { type ImportRequest, importCatalog } from "../../../src/catalog/sqlite/import-csv.ts";
import { tempDir } from "../../support/temp-dir.ts";
import { HEADER, itemLine, NOW_UTC_MS, testCatalog } from "./catalog-file.ts";

const REQUEST: ImportRequest = {
	effectiveFromUtcMs: 0,
	importedAtUtcMs: 0,
	currency: "NOK",
	hasRate: () => true,
	onProgress: () => {},
};

const rowCounts = (file: string): unknown => {
	const database = new Database(file, { readonly: true });
	try {
		return database.prepare("SELECT (SELECT count(*) FROM item) AS items, (SELECT count(*) FROM code) AS codes").get();
	} finally {
		database.close();
	}
};

describe("a file with a group an item", () => {
	it("is refused where the groups become too many for a Z, and one with as many as it holds is not", async () => {
		const grouped = (count: number): string[] => [
			HEADER,
			...Array.from({ length: count }, (_, n) => itemLine(`A${n}`).replace(",goods,", `,G${n},`)),
		];
		const fault = await testCatalog().faultOf(grouped(ITEM_GROUPS_MAX + 50));
		expect(fault.code).toBe("TILL-0501");
		expect(fault.problems).toEqual([expect.stringMatching(/^line 402.*item_group.*more than 400 item groups/)]);
		expect(await testCatalog().import(grouped(ITEM_GROUPS_MAX))).toMatchObject({ itemCount: ITEM_GROUPS_MAX });
	});
});

describe("a good file", () => {
	it("becomes a version whose digest does not depend on the order of lines, columns or codes", async () => {
		const { import: put } = testCatalog();
		const one = await put([HEADER, itemLine("A1", "1.00", "x y"), itemLine("B2")]);
		const other = testCatalog();
		const two = await other.import([
			"\uFEFFunit;codes;vat_code;price;item_group;description;item_id",
			"Pcs;;3;10,0;goods;Item B2;B2",
			"Pcs;y|x;3;1;goods;Item A1;A1",
			"",
		]);
		expect(two.sha256).toBe(one.sha256);
		expect(one).toMatchObject({
			itemCount: 2,
			isNew: true,
			effectiveFromUtcMs: NOW_UTC_MS,
			importedAtUtcMs: NOW_UTC_MS,
		});
		expect(one.version).toBe(`20261123T120000Z-${one.sha256.slice(0, 8)}`);
	});

	it("that is in force already changes nothing and says so; going back to an old one does", async () => {
		const { store, import: put } = testCatalog();
		const [old, fresh] = [
			[HEADER, itemLine("A1", "1.00")],
			[HEADER, itemLine("A1", "2.00")],
		];
		const first = await put(old);
		const repeated = await put(old, { effectiveFromUtcMs: NOW_UTC_MS + 5000 });
		expect(repeated).toEqual({ ...first, isNew: false });
		await put(fresh, { effectiveFromUtcMs: NOW_UTC_MS + 6000 });
		const back = await put(old, { effectiveFromUtcMs: NOW_UTC_MS + 7000 });
		expect(back).toMatchObject({ isNew: true, sha256: first.sha256 });
		expect(store.effective(NOW_UTC_MS + 7000)?.version).toBe(back.version);
		expect(store.versions()).toHaveLength(3);
	});

	it("can be named; the same name for other items is refused", async () => {
		const { store, import: put, faultOf } = testCatalog();
		await put([HEADER, itemLine("A1")], { version: "summer" });
		expect(await put([HEADER, itemLine("A1")], { version: "summer" })).toMatchObject({ isNew: false });
		expect(await faultOf([HEADER, itemLine("A2")], { version: "summer" })).toMatchObject({ code: "TILL-0507" });
		expect(store.find("summer", "own:A1")).toBeDefined();
		expect(store.find("summer", "own:A2")).toBeUndefined();
	});

	it("of many lines is taken whole, told step by step, while the loop goes on", async () => {
		const catalog = testCatalog();
		const lines = Array.from({ length: 12_000 }, (_, index) => itemLine(`N${index}`, "5.00", `c${index}`));
		const told: string[] = [];
		let turns = 0;
		let isOver = false;
		const loop = (): void => {
			turns += 1;
			if (!isOver) setImmediate(loop);
		};
		loop();
		const { version, itemCount } = await catalog.import([HEADER, ...lines], { onProgress: (text) => told.push(text) });
		isOver = true;
		expect(itemCount).toBe(12_000);
		expect(catalog.store.find(version, "own:C11999")?.itemId).toBe("N11999");
		expect(told.length).toBeGreaterThan(5);
		expect(told.at(-1)).toMatch(/^100 %, \d+ items$/);
		expect(turns).toBeGreaterThan(30);
	});
});

describe("a file with problems", () => {
	it("is refused whole, each problem with its line and column, and leaves nothing behind", async () => {
		const catalog = testCatalog();
		const { version } = await catalog.import([HEADER, itemLine("A1")]);
		const fault = await catalog.faultOf([
			HEADER,
			itemLine("A1", "1.00", "7038010001659"),
			itemLine("B2", "-3.00", "7038010001658"),
			itemLine("C3", "1.00", "07038010001659"),
			itemLine("a1", "2.00"),
			itemLine("D4", "2.00", "A1"),
			"E5,Item",
			itemLine("F6", "9.999"),
			"G7,Item G7,goods,1.00,98,Pcs,",
			itemLine("A1"),
		]);
		expect(fault.code).toBe("TILL-0501");
		expect(fault.problems.toSorted()).toEqual([
			'line 10, item_id: "A1" stands on line 2 already',
			'line 3, codes: "7038010001658" has a wrong check digit',
			'line 3, price: "-3.00" is negative',
			'line 4, codes: "07038010001659" stands on line 2 already',
			'line 5, item_id: "a1" stands on line 2 already',
			'line 6, codes: "A1" stands on line 2 already',
			"line 7: 2 fields, the header has 7; is a separator or a quote missing?",
			'line 8, price: "9.999" has more than 2 decimals',
			'line 9, vat_code: "98" has no rate here',
		]);
		expect(fault.message).toMatch(/\(and 8 more\)$/);
		expect(catalog.store.versions().map((stored) => stored.version)).toEqual([version]);
		expect(rowCounts(catalog.file)).toEqual({ items: 1, codes: 1 });
		expect(await catalog.import([HEADER, itemLine("B2")])).toMatchObject({ isNew: true });
	});

	it("lists so many and counts the rest", async () => {
		const { faultOf } = testCatalog();
		const fault = await faultOf([HEADER, ...Array.from({ length: 1234 }, (_, index) => itemLine(`A${index}`, "x"))]);
		expect(fault.problems).toHaveLength(PROBLEMS_MAX + 1);
		expect(fault.problems[0]).toMatch(/^line 2, price/);
		expect(fault.problems.at(-1)).toBe(`and ${1234 - PROBLEMS_MAX} more`);
	});

	it.each<[string, string[], string]>([
		[
			"an unknown and a missing column",
			["item_id,description,item_group,price,vat_code,size", "1,2,3,4,5,6"],
			"line 1, size: is no column of a catalog",
		],
		["an empty file", [""], "line 1: there is no item in the file"],
		["a header alone", [HEADER, ""], "line 1: there is no item in the file"],
		[
			"a quote that is not closed",
			[HEADER, 'A1,"Item,goods,1.00,3,Pcs,', itemLine("B2")],
			"line 2: a quote is opened and never closed",
		],
	])("says of %s what is wrong", async (_name, lines, problem) => {
		const { faultOf } = testCatalog();
		const fault = await faultOf(lines);
		expect(fault.code).toBe("TILL-0501");
		expect(fault.problems).toContain(problem);
	});

	it("is refused when it is not UTF-8: Latin-1, UTF-16, or cut within a letter", async () => {
		const { faultOf } = testCatalog();
		const text = `${HEADER}\n${itemLine("A1")}\n${itemLine("B2").replace("Item", "Øl")}`;
		for (const bytes of [
			Buffer.from(text, "latin1"),
			Buffer.from(`\uFEFF${text}`, "utf16le"),
			Buffer.concat([Buffer.from(text), Buffer.from([0xc3])]),
		]) {
			expect((await faultOf(bytes)).code).toBe("TILL-0502");
		}
	});

	it("is refused when it is too large, before it is read, or has too many items", async () => {
		const { store } = testCatalog();
		const file = join(tempDir(), "items.csv");
		writeFileSync(file, "");
		truncateSync(file, 600_000_000);
		await expect(importCatalog(store, file, REQUEST)).rejects.toMatchObject({ code: "TILL-0503" });
		const load = store.load();
		const reader = new FileReader(load, REQUEST, 2);
		reader.push(Buffer.from(`${HEADER}\n${itemLine("A1")}\n${itemLine("A2")}\n`));
		expect(() => reader.push(Buffer.from(`${itemLine("A3")}\n`))).toThrow(/^TILL-0503/);
		load.end();
	});

	it("is refused when it is none", async () => {
		const { store } = testCatalog();
		await expect(importCatalog(store, "/nowhere/items.csv", REQUEST)).rejects.toMatchObject({ code: "TILL-0504" });
		await expect(importCatalog(store, tempDir(), REQUEST)).rejects.toMatchObject({ code: "TILL-0504" });
	});
});

describe("two imports, or one that was cut off", () => {
	it("the second waits for nobody and is told so; the first is not disturbed", async () => {
		const catalog = testCatalog();
		const first = catalog.import([HEADER, ...Array.from({ length: 3000 }, (_, index) => itemLine(`A${index}`))]);
		expect(await catalog.faultOf([HEADER, itemLine("B2")])).toMatchObject({ code: "TILL-0508" });
		expect(await first).toMatchObject({ isNew: true, itemCount: 3000 });
		expect(await catalog.import([HEADER, itemLine("B2")])).toMatchObject({ isNew: true });
	});

	it("what a stopped service left behind is never seen, and is cleared by the next import", async () => {
		const catalog = testCatalog();
		const { version } = await catalog.import([HEADER, itemLine("A1", "1.00")]);
		const writer = new Database(catalog.file);
		writer.exec(`INSERT INTO item SELECT (9 << 32) + 2, item_id, description, item_group, unit, unit_text, unit_decimals,
			777, price_per, includes_vat, currency, vat_code, other_keys FROM item; INSERT INTO code VALUES (9, 'own:A1', 2)`);
		writer.close();
		const later = testCatalog(catalog.file);
		expect(later.store.effective(NOW_UTC_MS)?.version).toBe(version);
		expect(later.store.find(version, "own:A1")?.price.amountMinor).toBe(100n);
		await later.import([HEADER, itemLine("A1", "2.00")]);
		expect(rowCounts(catalog.file)).toEqual({ items: 2, codes: 2 });
	});
});
