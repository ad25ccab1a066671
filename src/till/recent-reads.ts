import { isGtin } from "../catalog/core/gtin.ts";
import { readScan } from "../catalog/core/read-scan.ts";
import { isRefusal, type Refusal } from "../events/refusal.ts";
import type { Stamp } from "../events/stamp.ts";
import type { TillParts } from "./context.ts";
import type { Input, Scanned } from "./input.ts";
import { presentYear } from "./present-year.ts";

/**
 * Within this time one scanner reads the EAN and the 2D code of one pack, which carries both for years to come
 * (norway-fiscal.md 5.1). Nobody moves a second pack before a scanner so fast.
 */
export const SAME_ITEM_MS = 150;

/** Packs that are remembered; a scanner reads a few in that time. */
const RECENT_READS_MAX = 16;

/** One pack that was read a moment ago. */
export interface RecentRead {
	readonly deviceId: string;
	/** 14 digits. */
	readonly gtin: string;
	/** The symbologies it was read in; another read in one of them is another pack. */
	readonly symbologies: readonly string[];
	readonly at: Stamp;
}

/** A scanner that names no symbology still tells a bare GTIN from a code that says more. */
const symbologyOf = ({ symbology, data }: Scanned): string => {
	if (symbology !== "Unknown") return symbology;
	return isGtin(data.trim()) ? "Unknown, GTIN" : "Unknown, more";
};

/** A scan of a GTIN; undefined for everything else. */
const gtinScanOf = (input: Input, { inStoreTemplates }: TillParts): RecentRead | undefined => {
	const { body, at } = input;
	if (body.type !== "Scanned") return undefined;
	const meaning = readScan(body, { templates: inStoreTemplates, presentYear: presentYear(at) });
	if (isRefusal(meaning) || meaning.gtin === undefined) return undefined;
	return { deviceId: body.deviceId, gtin: meaning.gtin, symbologies: [symbologyOf(body)], at };
};

const isFresh = (read: RecentRead, at: Stamp): boolean =>
	read.at.bootId === at.bootId && at.monotonicMs - read.at.monotonicMs <= SAME_ITEM_MS;

/** Whether one was read as another code of the same pack. */
const isSamePack = (recent: RecentRead, scan: RecentRead): boolean =>
	isFresh(recent, scan.at) &&
	recent.deviceId === scan.deviceId &&
	recent.gtin === scan.gtin &&
	scan.symbologies.every((symbology) => !recent.symbologies.includes(symbology));

/** Whether an input is another code of a pack that the same scanner read a moment ago: it counts once. */
export const isOtherCodeOfPack = (recent: readonly RecentRead[], input: Input, parts: TillParts): boolean => {
	const scan = gtinScanOf(input, parts);
	return scan !== undefined && recent.some((read) => isSamePack(read, scan));
};

/** Whether a refusal is about the pack itself: then its other code must not sell it. */
export const isOfPack = ({ code }: Refusal): boolean => code === "TILL-0428" || code === "TILL-0429";

/** What is remembered after an input: packs that were sold, and those that may not be. */
export const withRead = (
	recent: readonly RecentRead[],
	input: Input,
	refusal: Refusal | undefined,
	parts: TillParts,
): readonly RecentRead[] => {
	const scan = refusal === undefined || isOfPack(refusal) ? gtinScanOf(input, parts) : undefined;
	if (scan === undefined) return recent;
	const fresh = recent.filter((read) => isFresh(read, scan.at));
	const same = fresh.find((read) => isSamePack(read, scan));
	const both = same === undefined ? scan : { ...same, symbologies: [...same.symbologies, ...scan.symbologies] };
	return [...fresh.filter((read) => read !== same), both].slice(-RECENT_READS_MAX);
};
