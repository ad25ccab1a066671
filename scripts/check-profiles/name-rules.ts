import type { ProfileRule } from "./named-profile.ts";

/** Who stands for no maker: the program's own virtual devices are named by their model alone. */
const OWN_VENDOR = "tilld";

/** What may follow the model in a name, where one model has a profile for each way it is connected. */
const CONNECTION = /^(serial|usb-?com|hid|hid-?pos|usb|tcp)?$/;

/** Longest line of heirs: more cannot be read at a glance. */
const GENERATIONS_MAX = 3;

const plain = (text: string): string =>
	text
		.toLowerCase()
		.replace("+", "plus")
		.replace(/[^a-z0-9]/g, "");

/** A file is named vendor-model in kebab-case, with the connection behind it where a model has several profiles. */
export const namedAfterModel: ProfileRule = ({ name, profile: { vendor, model } }) => {
	const expected = vendor === OWN_VENDOR ? plain(model) : plain(vendor) + plain(model);
	const own = plain(name);
	if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) return [`name: "${name}" is not in kebab-case`];
	if (own.startsWith(expected) && CONNECTION.test(own.slice(expected.length))) return [];
	return [`name: "${name}" is not its vendor and model, "${vendor}" and "${model}"`];
};

/** At most three generations. */
export const shortLineOfHeirs: ProfileRule = ({ name, ancestors }) =>
	ancestors.length < GENERATIONS_MAX
		? []
		: [
				`inherits: ${[name, ...ancestors.map((one) => one.name)].join(" -> ")} is more than ${GENERATIONS_MAX} profiles`,
			];
