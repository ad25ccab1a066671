/** A profile as it was read, before the schema has seen it. */
export type RawProfile = Readonly<Record<string, unknown>>;

/** Whether this is a mapping. */
export const isRecord = (value: unknown): value is RawProfile =>
	typeof value === "object" && value !== null && !Array.isArray(value);

/** Keys whose items are taken over one by one; every other key of the heir replaces the inherited one whole. */
const MERGED_BY_ITEM: readonly string[] = ["capabilities", "status", "serial"];

/** What tells a model apart or says how well it is known is its own and is never inherited. */
const NOT_INHERITED: readonly string[] = ["inherits", "evidence", "identity"];

/** Code pages are merged by slot: the heir's come first, in its order; an inherited slot that it does not name stays. */
const mergeCodePages = (base: unknown, own: unknown): unknown => {
	if (!Array.isArray(base) || !Array.isArray(own)) return own;
	const slots = own.map((page: unknown) => (isRecord(page) ? page["slot"] : undefined));
	return [...own, ...base.filter((page: unknown) => !isRecord(page) || !slots.includes(page["slot"]))];
};

const mergeKey = (key: string, base: unknown, own: unknown): unknown => {
	if (key === "codePages") return mergeCodePages(base, own);
	if (key === "quirks" && Array.isArray(base) && Array.isArray(own)) return [...base, ...own];
	return MERGED_BY_ITEM.includes(key) && isRecord(base) && isRecord(own) ? { ...base, ...own } : own;
};

/** An heir with what it does not say itself taken from its base. */
export const mergeProfiles = (base: RawProfile, own: RawProfile): RawProfile => {
	const inherited = Object.entries(base).filter(([key]) => !NOT_INHERITED.includes(key));
	const merged = Object.entries(own).map(([key, value]) => [key, mergeKey(key, base[key], value)]);
	return { ...Object.fromEntries(inherited), ...Object.fromEntries(merged) };
};
