import { writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { openCatalog } from "../../../src/catalog/sqlite/catalog-store.ts";
import { tempDir } from "../../support/temp-dir.ts";
import { HEADER, itemLine, NOW_UTC_MS, testCatalog } from "./catalog-file.ts";

const HOUR_MS = 3_600_000;

describe("looking up", () => {
	it("finds an item by each of its codes and by its own number, in its version only", async () => {
		const { store, import: put } = testCatalog();
		const first = await put([HEADER, itemLine("A1", "99.95", "7038010001659 x-9"), itemLine("a2")]);
		const second = await put([HEADER, itemLine("A1", "89.95", "7038010001659")]);
		for (const key of ["gtin:07038010001659", "own:X-9", "own:A1"]) {
			expect(store.find(first.version, key)).toMatchObject({ itemId: "A1", price: { amountMinor: 9995n, per: 1 } });
		}
		expect(store.find(second.version, "own:A1")).toEqual({
			itemId: "A1",
			description: "Item A1",
			itemGroup: "goods",
			unit: "Pcs",
			unitText: "Pcs",
			unitDecimals: 0,
			price: { amountMinor: 8995n, per: 1 },
			includesVat: true,
			currency: "NOK",
			vatCode: "3",
		});
		expect(store.find(first.version, "own:A2")).toMatchObject({ itemId: "a2" });
		expect(store.find(second.version, "own:A2")).toBeUndefined();
		expect(store.find(second.version, "own:X-9")).toBeUndefined();
		expect(store.find("another", "own:A1")).toBeUndefined();
	});

	it("reads the largest price exactly", async () => {
		const { store, import: put } = testCatalog();
		const { version } = await put([HEADER, itemLine("A1", "90071992547409.91")]);
		expect(store.find(version, "own:A1")?.price.amountMinor).toBe(9_007_199_254_740_991n);
	});
});

describe("the version in force", () => {
	it("is the newest by its time, of one time the one imported later; none before the first", async () => {
		const { store, import: put } = testCatalog();
		const at = async (offsetMs: number, price: string): Promise<string> =>
			(await put([HEADER, itemLine("A1", price)], { effectiveFromUtcMs: NOW_UTC_MS + offsetMs })).version;
		expect(store.effective(NOW_UTC_MS)).toBeUndefined();
		const tomorrow = await at(24 * HOUR_MS, "3.00");
		const early = await at(0, "1.00");
		const late = await at(0, "2.00");
		const inForce = (offsetMs: number): string | undefined => store.effective(NOW_UTC_MS + offsetMs)?.version;
		expect([inForce(-1), inForce(0), inForce(24 * HOUR_MS - 1), inForce(24 * HOUR_MS)]).toEqual([
			undefined,
			late,
			late,
			tomorrow,
		]);
		expect(store.versions().map(({ version }) => version)).toEqual([early, late, tomorrow]);
	});

	it("is still there after the file was closed and opened", async () => {
		const catalog = testCatalog();
		const { version, isNew, ...stored } = await catalog.import([HEADER, itemLine("A1")]);
		const again = testCatalog(catalog.file);
		expect(isNew).toBe(true);
		expect(again.store.effective(NOW_UTC_MS)).toEqual({ version, ...stored });
		expect(again.store.find(version, "own:A1")?.itemId).toBe("A1");
	});
});

describe("what is kept", () => {
	it("is the version in force, those to come, and the last three before", async () => {
		const catalog = testCatalog();
		const names: string[] = [];
		for (let hour = -6; hour <= 0; hour += 1) {
			const { version } = await catalog.import([HEADER, itemLine("A1", `${hour + 10}.00`)], {
				effectiveFromUtcMs: NOW_UTC_MS + hour * HOUR_MS,
			});
			names.push(version);
		}
		const coming = await catalog.import([HEADER, itemLine("A1", "99.00")], {
			effectiveFromUtcMs: NOW_UTC_MS + HOUR_MS,
		});
		const kept = [...names.slice(-4), coming.version];
		expect(catalog.store.versions().map(({ version }) => version)).toEqual(kept);
		for (const name of names) {
			expect(catalog.store.find(name, "own:A1") !== undefined).toBe(kept.includes(name));
		}
		const counted = new Database(catalog.file, { readonly: true });
		expect(
			counted.prepare("SELECT (SELECT count(*) FROM item) AS items, (SELECT count(*) FROM code) AS codes").get(),
		).toEqual({
			items: 5,
			codes: 5,
		});
		counted.close();
	});

	it("never changes: the file itself refuses it", async () => {
		const catalog = testCatalog();
		await catalog.import([HEADER, itemLine("A1")]);
		const tool = new Database(catalog.file);
		tool.pragma("recursive_triggers = 1");
		for (const statement of [
			"UPDATE item SET price_minor = 1",
			"UPDATE code SET line = 9",
			"UPDATE version SET effective_from_utc_ms = 0",
			"DELETE FROM item",
			"DELETE FROM code",
			"INSERT INTO code SELECT version_id, 'own:B', line FROM code",
			"INSERT INTO item SELECT id + 1, item_id, description, item_group, unit, unit_text, unit_decimals, price_minor, price_per, includes_vat, currency, vat_code, other_keys FROM item",
			"INSERT OR REPLACE INTO code SELECT version_id, key, 9 FROM code",
		]) {
			expect(() => tool.exec(statement), statement).toThrow(/never changes/);
		}
		tool.close();
	});
});

describe("a file that is no catalog", () => {
	it("is refused with its code", () => {
		const file = join(tempDir(), "catalog.sqlite");
		writeFileSync(file, "this is a text, and long enough to be none of SQLite's files. ".repeat(20));
		expect(() => openCatalog(file)).toThrow(/^TILL-0505/);
		const newer = join(tempDir(), "catalog.sqlite");
		const database = new Database(newer);
		database.pragma("user_version = 99");
		database.close();
		expect(() => openCatalog(newer)).toThrow(/^TILL-0506/);
		expect(() => openCatalog(join(file, "below", "catalog.sqlite"))).toThrow(/^TILL-0505/);
	});
});
