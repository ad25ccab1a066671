/** What can be measured and priced. */
export type Dimension = "mass" | "length" | "area" | "volume";

/** A measured amount: millionths of a gram, millimetre, square metre or millilitre. */
export interface Measure {
	readonly dimension: Dimension;
	readonly millionths: bigint;
}

/** A unit of measure: how many grams, millimetres, square metres or millilitres it is. */
export interface MeasuredUnit {
	readonly dimension: Dimension;
	readonly size: bigint;
}

const mass = (size: bigint): MeasuredUnit => ({ dimension: "mass", size });
const length = (size: bigint): MeasuredUnit => ({ dimension: "length", size });
const volume = (size: bigint): MeasuredUnit => ({ dimension: "volume", size });

/** The units labels are in. */
export const KILOGRAM = mass(1_000n);
export const METRE = length(1_000n);
export const SQUARE_METRE: MeasuredUnit = { dimension: "area", size: 1n };
export const LITRE = volume(1_000n);
export const CUBIC_METRE = volume(1_000_000n);

/**
 * How an item's unit of measure may be spelled: the symbol, as M3 companies commonly have it, or the code of UN/ECE
 * Recommendation 20.
 */
const UNITS: ReadonlyMap<string, MeasuredUnit> = new Map([
	["KG", KILOGRAM],
	["KGM", KILOGRAM],
	["HG", mass(100n)],
	["G", mass(1n)],
	["GR", mass(1n)],
	["GRM", mass(1n)],
	["M", METRE],
	["MTR", METRE],
	["DM", length(100n)],
	["DMT", length(100n)],
	["CM", length(10n)],
	["CMT", length(10n)],
	["MM", length(1n)],
	["MMT", length(1n)],
	["M2", SQUARE_METRE],
	["MTK", SQUARE_METRE],
	["L", LITRE],
	["LT", LITRE],
	["LTR", LITRE],
	["DL", volume(100n)],
	["DLT", volume(100n)],
	["CL", volume(10n)],
	["CLT", volume(10n)],
	["ML", volume(1n)],
	["MLT", volume(1n)],
	["M3", CUBIC_METRE],
	["MTQ", CUBIC_METRE],
]);

/** The unit that an item's code of unit of measure spells; undefined for pieces, packs and whatever else is counted. */
export const measuredUnit = (unit: string): MeasuredUnit | undefined => UNITS.get(unit.toUpperCase());

/** Decimal digits of a label as a measure: ("001234", 3, {@link KILOGRAM}) is 1.234 kg. At most six decimals. */
export const measureOf = (digits: string, decimals: number, { dimension, size }: MeasuredUnit): Measure => ({
	dimension,
	millionths: BigInt(digits) * size * 10n ** BigInt(6 - decimals),
});
