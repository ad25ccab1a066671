// Who may import whom: the table of ARCHITECTURE.md, "Layers". Type-only imports count too.
const PURE = "^src/(money|events|catalog/core|ticket|business-day|receipt|fiscal/[a-z]{2}|till)/";
const CONTRACTS = "^src/(devices/contract|journal/contract|feed/schema|runtime/contract|config/schema)/";
const VALUES = "^src/money/";
const FACTS = "^src/(events|catalog/core)/";
const DOMAIN = "^src/(ticket|business-day|receipt)/";

/** One rule: files under `from` may import only what matches one of `to` (node: and npm are judged by their own rules). */
const only = (name, comment, from, to) => ({
	name,
	comment,
	severity: "error",
	from: { path: from },
	to: { path: "^(src|drivers|scripts|test)/", pathNot: to },
});

module.exports = {
	forbidden: [
		{
			name: "no-cycles",
			comment: "A cycle has no reading order.",
			severity: "error",
			from: {},
			to: { circular: true },
		},
		{
			name: "pure-stays-pure",
			comment: "Layers 0 to 2 and 4 use no node: module and no npm package (assertions excepted).",
			severity: "error",
			from: { path: PURE },
			to: { dependencyTypes: ["core", "npm", "npm-dev", "npm-optional", "npm-peer"], pathNot: "^(node:)?assert" },
		},
		{
			name: "contracts-use-the-schema-library-only",
			comment: "Layer 3 declares; it does nothing by itself.",
			severity: "error",
			from: { path: CONTRACTS },
			to: { dependencyTypes: ["core", "npm", "npm-dev", "npm-optional", "npm-peer"], pathNot: "node_modules/zod/" },
		},
		only("layer-0-values", "money imports nothing.", VALUES, [VALUES]),
		only("layer-1-facts", "events and catalog/core import money.", FACTS, [VALUES, FACTS]),
		only("layer-2-ticket", "ticket imports values and facts.", "^src/ticket/", [VALUES, FACTS, "^src/ticket/"]),
		only("layer-2-business-day", "business-day comes after ticket.", "^src/business-day/", [
			VALUES,
			FACTS,
			"^src/(ticket|business-day)/",
		]),
		only("layer-2-receipt", "receipt comes last in the domain row.", "^src/receipt/", [VALUES, FACTS, DOMAIN]),
		only("layer-2c-countries", "A country knows the domain.", "^src/fiscal/[a-z]{2}/", [
			VALUES,
			FACTS,
			DOMAIN,
			"^src/fiscal/",
		]),
		only("layer-3-contracts", "Contracts know the domain.", CONTRACTS, [VALUES, FACTS, DOMAIN, CONTRACTS]),
		only("layer-4-loop", "The loop knows no adapter.", "^src/till/", [VALUES, FACTS, DOMAIN, CONTRACTS, "^src/till/"]),
		...[
			"src/journal/sqlite",
			"src/catalog/sqlite",
			"src/feed/mqtt",
			"src/feed/file",
			"src/devices/provisioning",
			"src/devices/supervisor",
			"src/operator",
			"src/config/load",
			"src/runtime/node",
			"src/fiscal/sign",
			"src/fiscal/export",
		].map((folder) =>
			only(
				`layer-5-${folder.slice(4).replaceAll("/", "-")}`,
				"An adapter knows the contracts and itself, no other adapter.",
				`^${folder}/`,
				[VALUES, FACTS, DOMAIN, CONTRACTS, `^${folder}/`],
			),
		),
		only("layer-5-drivers", "A driver knows the device contracts and its siblings' transports.", "^drivers/", [
			VALUES,
			FACTS,
			DOMAIN,
			CONTRACTS,
			"^drivers/",
		]),
		only(
			"layer-6-relay",
			"The relay knows facts, receipts, the feed, config and runtime; nothing of the till.",
			"^src/relay/",
			[VALUES, FACTS, "^src/receipt/", "^src/feed/", "^src/config/", "^src/runtime/", "^src/relay/"],
		),
		only("layer-7-sandbox", "A stand-in is written from the reference, not from our client.", "^src/sandbox/", [
			"^src/sandbox/",
		]),
		{
			name: "country-by-root-only",
			comment: "What a country forbids is absent from its build: only composition roots name a country.",
			severity: "error",
			from: { pathNot: "^(src/cli/compose\\.|src/fiscal/|test/|scripts/)" },
			to: { path: "^src/fiscal/[a-z]{2}/" },
		},
		{
			name: "no-tools-in-the-program",
			comment: "What runs on the box comes from dependencies; devDependencies are not there.",
			severity: "error",
			from: { path: "^(src|drivers)/" },
			to: { dependencyTypes: ["npm-dev"], pathNot: "node_modules/@types/" },
		},
		{
			name: "the-till-draws-nothing",
			comment: "Drawing and decoding pictures costs tens of megabytes, which the till's process never gives back.",
			severity: "error",
			from: { path: "^src/cli/tilld\\.ts$" },
			to: { path: "^drivers/(paper/picture/|logo/(png-pixels|read-logo)\\.ts)", reachable: true },
		},
		{
			name: "nobody-imports-tests",
			comment: "Tests import the program, never the other way round.",
			severity: "error",
			from: { pathNot: "^test/" },
			to: { path: "^test/" },
		},
		{
			name: "nobody-imports-roots",
			comment: "Composition roots are the top.",
			severity: "error",
			from: { path: "^(src|drivers)/", pathNot: "^src/cli/" },
			to: { path: "^(src/cli|scripts)/" },
		},
	],
	options: {
		doNotFollow: { path: "node_modules" },
		tsPreCompilationDeps: true,
		tsConfig: { fileName: "tsconfig.json" },
		enhancedResolveOptions: {
			exportsFields: ["exports"],
			conditionNames: ["import", "node", "default", "types"],
			extensions: [".ts", ".js", ".mjs", ".cjs"],
		},
	},
};
