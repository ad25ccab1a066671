/** A profile as it was read, before the schema has seen it. */
export type RawProfile = Readonly<Record<string, unknown>>;

/** Whether this is a mapping. */
export const isRecord = (value: unknown): value is RawProfile =>
	typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Keys whose items are taken over one by one. Every other key of the heir replaces the inherited one whole: a list (code
 * pages in their order, symbologies, drawers) says what this model has, and what it lacks is simply not in it.
 */
const MERGED_BY_ITEM: readonly string[] = ["capabilities", "cut", "status", "serial", "hidPos"];

/** What tells a model apart or says how well it is known is its own and is never inherited. */
const NOT_INHERITED: readonly string[] = ["inherits", "evidence", "identity"];

/** Quirks are added up; an heir's of the same id takes the inherited one's place, since it says how the model differs. */
const mergeQuirks = (base: readonly unknown[], own: readonly unknown[]): readonly unknown[] => {
	const ids = own.map((quirk) => (isRecord(quirk) ? quirk["id"] : undefined));
	return [...base.filter((quirk) => !isRecord(quirk) || !ids.includes(quirk["id"])), ...own];
};

const mergeKey = (key: string, base: unknown, own: unknown): unknown => {
	if (key === "quirks" && Array.isArray(base) && Array.isArray(own)) return mergeQuirks(base, own);
	return MERGED_BY_ITEM.includes(key) && isRecord(base) && isRecord(own) ? { ...base, ...own } : own;
};

/** An heir with what it does not say itself taken from its base. */
export const mergeProfiles = (base: RawProfile, own: RawProfile): RawProfile => {
	const inherited = Object.entries(base).filter(([key]) => !NOT_INHERITED.includes(key));
	const merged = Object.entries(own).map(([key, value]) => [key, mergeKey(key, base[key], value)]);
	return { ...Object.fromEntries(inherited), ...Object.fromEntries(merged) };
};
