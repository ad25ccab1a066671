import { isGtin, isVariableMeasure } from "../catalog/core/gtin.ts";
import type { CatalogItem, CatalogLookup, CatalogVersion, Recall } from "../catalog/core/item.ts";
import type { LabelValue } from "../catalog/core/label-value.ts";
import { type Candidate, readScan, type ScanMeaning, unknownCode } from "../catalog/core/read-scan.ts";
import { ownKey } from "../catalog/core/scan-code.ts";
import { isRefusal, type Refusal, refuse } from "../events/refusal.ts";
import { localDateTime, type Stamp } from "../events/stamp.ts";
import type { ScanCode } from "../events/ticket-document.ts";
import type { TillParts } from "./context.ts";
import { presentYear } from "./present-year.ts";

/** What a code is looked up with. */
export interface LookUp {
	readonly read: ScanCode;
	/** Null when none was typed. */
	readonly quantityText: string | null;
	/** The catalog version in force for the ticket. */
	readonly version: CatalogVersion["version"];
	readonly at: Stamp;
}

/** An item that may be sold, and what its code said. */
export interface Found {
	readonly item: CatalogItem;
	readonly label: LabelValue | null;
	/** What the line keeps of the read. */
	readonly scanCode: ScanCode;
}

/**
 * Reads a code and finds its item: the best key that the catalog knows. Refusals: those of {@link readScan}; TILL-0401 or
 * 0432 when nothing is found, 0428 expired, 0429 recalled, 0431 when a weight or count is missing.
 */
export const lookUp = ({ read, quantityText, version, at }: LookUp, parts: TillParts): Found | Refusal => {
	const meaning = readScan(read, { templates: parts.inStoreTemplates, presentYear: presentYear(at) });
	if (isRefusal(meaning)) return meaning;
	const found = firstFound(meaning.candidates, version, parts.catalog);
	if (found === undefined) return unknownCode(shownCode(read, meaning));
	const { item, label } = found;
	const unfit = recallRefusal(meaning, item, parts.catalog) ?? expiryRefusal(meaning, item, at);
	if (unfit !== undefined) return unfit;
	if (label === undefined && quantityText === null && meaning.gtin !== undefined && isVariableMeasure(meaning.gtin)) {
		return refuse("TILL-0431", { item: item.itemId });
	}
	return { item, label: label ?? null, scanCode: { symbology: read.symbology, data: meaning.kept } };
};

const firstFound = (
	candidates: readonly Candidate[],
	version: string,
	catalog: CatalogLookup,
): { readonly item: CatalogItem; readonly label: LabelValue | undefined } | undefined => {
	for (const { key, label } of candidates) {
		const item = catalog.find(version, key);
		if (item !== undefined) return { item, label };
	}
	return undefined;
};

/** A code as it was read; of a longer one its GTIN. */
const shownCode = ({ data }: ScanCode, { gtin }: ScanMeaning): string => {
	const code = data.trim();
	return gtin === undefined || isGtin(code) ? code : gtin;
};

/** A recall names a GTIN or an own code, the item's number too, which then stands for all of its codes. */
const recallRefusal = (
	{ candidates, batch }: ScanMeaning,
	{ itemId }: CatalogItem,
	catalog: CatalogLookup,
): Refusal | undefined => {
	const keys = [...candidates.map(({ key }) => key), ownKey(itemId)];
	const recall = keys.reduce<Recall | undefined>((found, key) => found ?? catalog.recall(key, batch), undefined);
	if (recall === undefined) return undefined;
	return refuse("TILL-0429", {
		item: itemId,
		...(recall.batch === undefined ? {} : { batch: recall.batch }),
		...(recall.reason === "" ? {} : { reason: recall.reason }),
	});
};

/** Local times in one form compare as texts. */
const expiryRefusal = ({ expiresAt }: ScanMeaning, { itemId }: CatalogItem, at: Stamp): Refusal | undefined => {
	const { date, time } = localDateTime(at);
	if (expiresAt === undefined || `${date}T${time}` <= expiresAt) return undefined;
	return refuse("TILL-0428", { item: itemId, expiry: expiresAt.replace(/T23:59:59$/, "") });
};
