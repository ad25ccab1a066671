import type { NamedProfile, ProfileRule } from "./named-profile.ts";

/** What a maker's document is called. */
const DOCUMENT = /\b(guide|manual|reference|specification)\b/i;

/** A page, a section, a page of a reference by its subject, or a profile of a collection that names the document. */
const PLACE = /\bpp? \d|\bpages? (of|\d)|\bsections? \d|\bprofiles? \S/;

/** What tells one unit from another. */
const UNIT = /\b(firmware|serial( number)?) \S/i;

/** What confirms that a job is on paper; only a list of its maker's tells who knows it. */
const PROCESS_ID_COMMAND = "GS ( H";

/** The level is what the source can carry: `manual` a document and the place in it, `verified` the unit that was tried. */
export const evidenceCarriesLevel: ProfileRule = ({ profile: { driver, evidence } }) => {
	if (evidence.level === "manual" && !(DOCUMENT.test(evidence.source) && PLACE.test(evidence.source))) {
		return ['evidence: "manual" names the maker\'s document and the page, section or profile'];
	}
	if (evidence.level === "verified" && !driver.startsWith("virtual-") && !UNIT.test(evidence.source)) {
		return ['evidence: "verified" names the unit, by its serial number or firmware'];
	}
	return [];
};

const sourcesOf = ({ profile: { evidence, quirks } }: NamedProfile): readonly string[] => [
	evidence.source,
	...quirks.map(({ source }) => source),
];

/** Process ids are asked for only where a source names the command: another printer prints the question. */
export const processIdIsSourced: ProfileRule = (named) => {
	const { profile } = named;
	if (profile.deviceClass !== "POSPrinter" || profile.driver !== "escpos") return [];
	if (profile.status.confirmation !== "processId") return [];
	return sourcesOf(named).some((source) => source.includes(PROCESS_ID_COMMAND))
		? []
		: [`status.confirmation: processId without a source that names ${PROCESS_ID_COMMAND}`];
};

/** A quirk has an id of its own, in kebab-case, a reason in a sentence, and a source that can be looked up. */
export const quirksAreTold: ProfileRule = ({ profile: { quirks } }) => {
	const ids = quirks.map(({ id }) => id);
	return quirks.flatMap(({ id, why, source }) => [
		...(ids.filter((other) => other === id).length > 1 ? [`quirks: ${id} stands there twice`] : []),
		...(/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id) ? [] : [`quirks: "${id}" is not in kebab-case`]),
		...(/\S+ \S+/.test(why) ? [] : [`quirks: ${id}: why is no sentence`]),
		...(/\S+ \S+/.test(source) ? [] : [`quirks: ${id}: source "${source}" names no place to look it up`]),
	]);
};
