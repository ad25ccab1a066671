import type { NamedProfile } from "./named-profile.ts";

/** One claim on something that a device shows of itself. */
interface Claim {
	readonly what: string;
	readonly key: string;
	readonly name: string;
	readonly vendor: string;
}

/** What each profile says only its devices show. A maker's id alone is no claim: all its models have it. */
const claimsOf = ({ name, profile: { vendor, identity } }: NamedProfile): readonly Claim[] =>
	[
		...identity.usb.flatMap(({ vendorId, productId }) =>
			productId === undefined ? [] : [{ what: "USB id", key: `${vendorId}:${productId}` }],
		),
		...identity.byId.map((pattern) => ({ what: "by-id pattern", key: pattern })),
		...identity.reportedModel.map((model) => ({
			what: "reported model",
			key: model.toUpperCase().replace(/[\s_-]/g, ""),
		})),
	].map((claim) => ({ ...claim, name, vendor }));

const makersOf = ({ name, profile: { vendor, identity } }: NamedProfile): readonly Claim[] =>
	identity.usb.map(({ vendorId }) => ({ what: "USB maker", key: vendorId, name, vendor }));

const groupsOf = (claims: readonly Claim[]): readonly (readonly Claim[])[] =>
	Object.values(Object.groupBy(claims, ({ what, key }) => `${what} ${key}`)).map((group) => group ?? []);

/**
 * What no two profiles may claim, as [name, problem]: a USB id with product, a by-id pattern, a model's own name; and a
 * maker's id under two makers' names, which is a slip of the pen.
 */
export const sharedClaims = (all: readonly NamedProfile[]): readonly (readonly [string, string])[] => [
	...groupsOf(all.flatMap(claimsOf))
		.filter((group) => new Set(group.map(({ name }) => name)).size > 1)
		.flatMap((group) =>
			group.map(({ name, what, key }) => {
				const others = group.filter((other) => other.name !== name).map((other) => other.name);
				return [name, `identity: ${what} ${key} is claimed by ${others.join(", ")} too`] as const;
			}),
		),
	...groupsOf(all.flatMap(makersOf))
		.filter((group) => new Set(group.map(({ vendor }) => vendor)).size > 1)
		.flatMap((group) =>
			group.map(({ name, key }) => [name, `identity: USB maker ${key} stands under several vendors`] as const),
		),
];
