import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type CatalogStore, openCatalog } from "../../../src/catalog/sqlite/catalog-store.ts";
import { type ImportAnswer, type ImportRequest, importCatalog } from "../../../src/catalog/sqlite/import-csv.ts";
import { norwegianRules } from "../../../src/fiscal/no/rules.ts";
import { Fault } from "../../../src/runtime/contract/fault.ts";
import { tempDir } from "../../support/temp-dir.ts";

/** The header of the files below. */
export const HEADER = "item_id,description,item_group,price,vat_code,unit,codes";

/** A line of a good item. */
export const itemLine = (itemId: string, price = "10.00", codes = ""): string =>
	`${itemId},Item ${itemId},goods,${price},3,Pcs,${codes}`;

/** A moment; imports happen then unless they say otherwise. */
export const NOW_UTC_MS = Date.UTC(2026, 10, 23, 12, 0, 0);

/** A store in a directory of its own, and how to import into it. */
export interface TestCatalog {
	readonly file: string;
	readonly store: CatalogStore;
	/** Writes a file of these lines (or bytes) and imports it. */
	import(content: readonly string[] | Uint8Array, request?: Partial<ImportRequest>): Promise<ImportAnswer>;
	/** The fault that an import ends with. */
	faultOf(content: readonly string[] | Uint8Array, request?: Partial<ImportRequest>): Promise<Fault>;
}

/** Makes one; it is closed and gone with the test. */
export const testCatalog = (file = join(tempDir(), "data", "catalog.sqlite")): TestCatalog => {
	const store = openCatalog(file);
	onTestFinished(() => store.close());
	const catalog: TestCatalog = {
		file,
		store,
		import: (content, request = {}) => {
			const csv = join(tempDir(), "items.csv");
			writeFileSync(csv, content instanceof Uint8Array ? content : content.join("\n"));
			return importCatalog(store, csv, {
				effectiveFromUtcMs: NOW_UTC_MS,
				importedAtUtcMs: NOW_UTC_MS,
				currency: "NOK",
				hasRate: (code) => norwegianRules.vatRate(code, "2026-11-23") !== undefined,
				onProgress: () => {},
				...request,
			});
		},
		faultOf: async (content, request) => {
			const thrown: unknown = await catalog.import(content, request).then(
				() => new Error("the import succeeded"),
				(reason: unknown) => reason,
			);
			if (thrown instanceof Fault) return thrown;
			throw thrown;
		},
	};
	return catalog;
};
