/** One `KEY{attribute}op"value"` of a rule. */
interface Token {
	readonly key: string;
	readonly attribute: string;
	readonly operator: string;
	readonly value: string;
}

/** One rule: matches, then assignments; the line is for messages. */
export interface Rule {
	readonly line: number;
	readonly tokens: readonly Token[];
}

/** What udev knows of a device before the rules: properties of the device itself, `DRIVERS` and `SUBSYSTEMS` of its parents. */
export interface UdevDevice {
	readonly action?: string;
	readonly subsystem: string;
	readonly kernel: string;
	readonly parents: readonly { readonly subsystem: string; readonly driver?: string }[];
	readonly attributes?: Readonly<Record<string, string>>;
	readonly properties?: Readonly<Record<string, string>>;
}

/** What the rules make of a device. */
export interface UdevOutcome {
	readonly group: string | undefined;
	readonly mode: string | undefined;
	readonly links: readonly string[];
	readonly properties: Readonly<Record<string, string>>;
	readonly attributes: Readonly<Record<string, string>>;
}

const MATCHES = new Set(["ACTION", "SUBSYSTEM", "SUBSYSTEMS", "DRIVERS", "KERNEL", "TEST"]);
const ASSIGNMENTS = new Set(["GROUP", "MODE", "SYMLINK", "GOTO", "LABEL", "IMPORT"]);

const isMatch = ({ key, operator }: Token): boolean => operator === "==" || operator === "!=" || key === "TEST";

const checkToken = (token: Token, line: number): void => {
	const { key, operator } = token;
	const isKnown = key === "ENV" || key === "ATTR" || (["==", "!="].includes(operator) ? MATCHES : ASSIGNMENTS).has(key);
	if (!isKnown) throw new Error(`line ${line}: ${key}${operator} is not to be used`);
};

/** Reads rules as strictly as udev's own `verify` (systemd 254): every token, every comma, every label. */
export const parseRules = (text: string): readonly Rule[] => {
	const rules = text.split("\n").flatMap((content, index): Rule[] => {
		const line = index + 1;
		if (content === "" || content.startsWith("#")) return [];
		const tokens = content.split(/, (?=[A-Z])/).map((part): Token => {
			const found = /^([A-Z]+)(?:\{([^{}"]+)\})?(==|!=|\+=|:=|=)"([^"\\]*)"$/.exec(part);
			if (found === null) throw new Error(`line ${line}: what is this: ${part}`);
			const [, key = "", attribute = "", operator = "", value = ""] = found;
			const token = { key, attribute, operator, value };
			checkToken(token, line);
			return token;
		});
		const firstAct = tokens.findIndex((token) => !isMatch(token));
		if (firstAct < 0) throw new Error(`line ${line}: does nothing`);
		if (tokens.slice(firstAct).some(isMatch)) throw new Error(`line ${line}: matches after it has acted`);
		return [{ line, tokens }];
	});
	checkLabels(rules);
	return rules;
};

const checkLabels = (rules: readonly Rule[]): void => {
	const labelled = new Map<string, number>();
	const named = new Set<string>();
	for (const { line, tokens } of rules.toReversed()) {
		for (const { key, value } of tokens) {
			if (key === "LABEL" && labelled.has(value)) throw new Error(`line ${line}: label ${value} stands twice`);
			if (key === "LABEL") labelled.set(value, line);
			// udev looks forward only.
			if (key === "GOTO" && !labelled.has(value)) throw new Error(`line ${line}: no label ${value} follows`);
			if (key === "GOTO") named.add(value);
		}
	}
	for (const [label, line] of labelled)
		if (!named.has(label)) throw new Error(`line ${line}: nothing goes to ${label}`);
};

const globMatches = (pattern: string, value: string): boolean =>
	pattern.split("|").some((choice) => {
		const source = choice
			.replaceAll(/[.+^${}()]/g, "\\$&")
			.replaceAll("*", ".*")
			.replaceAll("?", ".");
		return new RegExp(`^${source}$`).test(value);
	});

/** Runs the rules for one device. `IMPORT` changes nothing: the device states what the builtins would find. */
export const applyRules = (rules: readonly Rule[], device: UdevDevice): UdevOutcome => {
	const properties: Record<string, string> = { ...device.properties };
	const attributes: Record<string, string> = { ...device.attributes };
	const links: string[] = [];
	const set: Record<string, string> = {};
	const known = ({ key, attribute }: Token): string => {
		if (key === "ENV") return properties[attribute] ?? "";
		if (key === "ATTR") return attributes[attribute] ?? "";
		return { ACTION: device.action ?? "add", SUBSYSTEM: device.subsystem, KERNEL: device.kernel }[key] ?? "";
	};
	const holds = (tokens: readonly Token[]): boolean => {
		const parental = tokens.filter(({ key }) => key === "SUBSYSTEMS" || key === "DRIVERS");
		// All of a rule's questions about parents are put to one parent.
		const parentHolds = device.parents.some(({ subsystem, driver = "" }) =>
			parental.every(({ key, value }) => globMatches(value, key === "SUBSYSTEMS" ? subsystem : driver)),
		);
		if (parental.length > 0 && !parentHolds) return false;
		return tokens.every((token) => {
			if (parental.includes(token)) return true;
			if (token.key === "TEST") return attributes[token.value] !== undefined;
			return globMatches(token.value, known(token)) === (token.operator === "==");
		});
	};
	let until: string | undefined;
	for (const { tokens } of rules) {
		const label = tokens.find(({ key }) => key === "LABEL")?.value;
		if (until !== undefined && label !== until) continue;
		until = undefined;
		if (!holds(tokens.filter(isMatch))) continue;
		for (const { key, attribute, value } of tokens.filter((token) => !isMatch(token))) {
			if (key === "ENV") properties[attribute] = value;
			else if (key === "ATTR") attributes[attribute] = value;
			else if (key === "SYMLINK") links.push(value.replaceAll(/\$env\{(\w+)\}/g, (_, name) => properties[name] ?? ""));
			else if (key === "GOTO") until = value;
			else set[key] = value;
		}
	}
	return { group: set["GROUP"], mode: set["MODE"], links, properties, attributes };
};
