import { writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { gtinKey, ownKey } from "../../../src/catalog/core/scan-code.ts";
import { type CatalogStore, openCatalog } from "../../../src/catalog/sqlite/catalog-store.ts";
import { importRecalls } from "../../../src/catalog/sqlite/import-recalls.ts";
import { tempDir } from "../../support/temp-dir.ts";
import { HEADER, itemLine, NOW_UTC_MS, testCatalog } from "./catalog-file.ts";

const MILK = gtinKey("7038010001659");

const fileOf = (content: string | Uint8Array): string => {
	const file = join(tempDir(), "recalls.csv");
	writeFileSync(file, content);
	return file;
};

const listed = (store: CatalogStore): unknown[] => [
	store.recall(MILK, "L-42"),
	store.recall(MILK, "l-42 "),
	store.recall(MILK, "L-43"),
	store.recall(MILK, undefined),
	store.recall(ownKey("butter"), undefined),
];

const GLASS = { key: MILK, batch: "L-42", reason: "glass" };
const BUTTER = { key: ownKey("BUTTER"), batch: undefined, reason: "" };

describe("a list of recalls", () => {
	it("is in force at once, and still after the store was opened anew", async () => {
		const { store, file } = testCatalog();
		const list = fileOf("code,batch,reason\n7038010001659,L-42,glass\nButter,,\n");
		expect(await importRecalls(store, list)).toEqual({ recallCount: 2, replacedCount: 0 });
		expect(listed(store)).toEqual([GLASS, GLASS, undefined, undefined, BUTTER]);
		store.close();
		const again = testCatalog(file).store;
		expect(listed(again)).toEqual([GLASS, GLASS, undefined, undefined, BUTTER]);
	});

	it("takes the place of the one before, whatever catalog is in force", async () => {
		const catalog = testCatalog();
		await importRecalls(catalog.store, fileOf("code,batch\n7038010001659,L-42\n7038010001659,\n"));
		await catalog.import([HEADER, itemLine("A1")]);
		expect(catalog.store.recall(MILK, "L-43")).toMatchObject({ batch: undefined });
		expect(await importRecalls(catalog.store, fileOf("code\n"))).toEqual({ recallCount: 0, replacedCount: 2 });
		expect(catalog.store.recall(MILK, "L-42")).toBeUndefined();
	});

	it("with a mistake leaves the one before as it was, and names every line", async () => {
		const { store } = testCatalog();
		await importRecalls(store, fileOf("code\nBUTTER\n"));
		const lines = Array.from({ length: 300 }, () => "7038010001658");
		await expect(importRecalls(store, fileOf(["code", "GOOD", ...lines].join("\n")))).rejects.toMatchObject({
			code: "TILL-0501",
			message: expect.stringContaining("recalls.csv: line 3, code: has a wrong check digit (and 299 more)"),
			problems: expect.arrayContaining(["line 202, code: has a wrong check digit", "and 100 more"]),
		});
		expect([store.recall(ownKey("BUTTER"), undefined), store.recall(ownKey("GOOD"), undefined)]).toEqual([
			BUTTER,
			undefined,
		]);
	});

	it.each([
		["no UTF-8", "TILL-0502", () => fileOf(Uint8Array.of(0x63, 0xff, 0x0a))],
		["too large", "TILL-0503", () => fileOf("x".repeat(2 * 1024 * 1024 + 1))],
		["not there", "TILL-0504", () => "/nowhere/recalls.csv"],
		["a directory", "TILL-0504", () => tempDir()],
	])("that is %s is refused", async (_name, code, file) => {
		await expect(importRecalls(testCatalog().store, file())).rejects.toMatchObject({ code });
	});

	it("that cannot be written is refused, and the one before stays in force", async () => {
		const { store, file } = testCatalog();
		await importRecalls(store, fileOf("code\nBUTTER\n"));
		const tool = new Database(file);
		tool.exec("BEGIN IMMEDIATE");
		await expect(importRecalls(store, fileOf("code\n"))).rejects.toMatchObject({ code: "TILL-0505" });
		tool.exec("ROLLBACK");
		tool.close();
		expect(store.recall(ownKey("BUTTER"), undefined)).toEqual(BUTTER);
	});

	it("finds its place in a store of before there were any, whose items stay", async () => {
		const catalog = testCatalog();
		const { version } = await catalog.import([HEADER, itemLine("A1")]);
		catalog.store.close();
		const tool = new Database(catalog.file);
		tool.exec("DROP TABLE recall");
		tool.pragma("user_version = 1");
		tool.close();
		const store = openCatalog(catalog.file);
		expect(store.effective(NOW_UTC_MS)?.version).toBe(version);
		expect(store.find(version, ownKey("A1"))?.itemId).toBe("A1");
		await importRecalls(store, fileOf("code\nBUTTER\n"));
		expect(store.recall(ownKey("BUTTER"), undefined)).toEqual(BUTTER);
		store.close();
	});
});
