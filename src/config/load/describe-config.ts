import { z } from "zod";

/** The parts of a JSON Schema that say what a setting is. */
interface Json {
	readonly type?: string;
	readonly const?: unknown;
	readonly enum?: readonly unknown[];
	readonly default?: unknown;
	readonly description?: string;
	readonly pattern?: string;
	readonly minimum?: number;
	readonly maximum?: number;
	readonly minLength?: number;
	readonly maxLength?: number;
	readonly minItems?: number;
	readonly maxItems?: number;
	readonly properties?: Readonly<Record<string, Json>>;
	readonly required?: readonly string[];
	readonly items?: Json;
	readonly oneOf?: readonly Json[];
	readonly additionalProperties?: Json | boolean;
}

/** One setting as the documentation shows it. */
export interface SettingDescription {
	/** `devices[].port.path`; `<name>` stands for a key that the file chooses. */
	readonly path: string;
	readonly type: string;
	/** Undefined: it must be given. "" : it may be left out and then means what the description says. */
	readonly fallback: string | undefined;
	readonly description: string;
}

/** The JSON Schema of settings as they are written: for editor completion, and for the tables below. */
export const settingsJsonSchema = (schema: z.ZodType): object => z.toJSONSchema(schema, { io: "input" });

/** Every setting of a schema, in its order. */
export const settingsOf = (schema: z.ZodType): SettingDescription[] => {
	const seen = new Set<string>();
	return walk("", settingsJsonSchema(schema), undefined, true).filter(({ path, type }) => {
		const key = `${path} ${type}`;
		return !seen.has(key) && seen.add(key);
	});
};

/** A Markdown table of every setting: path, type, default, description. */
export const describeConfig = (schema: z.ZodType): string => {
	const cell = (text: string): string => text.replaceAll("|", "\\|");
	const rows = settingsOf(schema).map(
		({ path, type, fallback, description }) =>
			`| \`${path}\` | ${cell(type)} | ${fallback === undefined ? "required" : cell(fallback)} | ${cell(description)} |`,
	);
	return ["| setting | type | default | description |", "|---|---|---|---|", ...rows, ""].join("\n");
};

/** `given` is the default that a parent carries for this setting. */
const walk = (path: string, json: Json, given: unknown, isRequired: boolean): SettingDescription[] => {
	const fallback = given ?? json.default;
	const inner = below(path, json, fallback);
	const isLeaf = inner.length === 0;
	const isWorthARow = isLeaf || (path !== "" && json.description !== undefined);
	if (!isWorthARow) return inner;
	const own: SettingDescription = {
		path,
		type: typeText(json),
		fallback: fallback === undefined ? (isRequired ? undefined : "") : `\`${JSON.stringify(fallback)}\``,
		description: json.description ?? "",
	};
	return [own, ...inner];
};

const below = (path: string, json: Json, fallback: unknown): SettingDescription[] => {
	if (json.oneOf !== undefined) return json.oneOf.flatMap((choice) => below(path, choice, undefined));
	if (json.properties !== undefined) {
		return Object.entries(json.properties).flatMap(([name, property]) =>
			walk(
				path === "" ? name : `${path}.${name}`,
				property,
				defaultIn(fallback, name),
				json.required?.includes(name) === true,
			),
		);
	}
	if (json.items !== undefined) return isGroup(json.items) ? below(`${path}[]`, json.items, undefined) : [];
	const { additionalProperties: values } = json;
	return typeof values === "object" && isGroup(values) ? below(`${path}.<name>`, values, undefined) : [];
};

const isGroup = (json: Json): boolean => json.properties !== undefined || json.oneOf !== undefined;

const defaultIn = (value: unknown, name: string): unknown =>
	typeof value === "object" && value !== null ? Object.entries(value).find(([key]) => key === name)?.[1] : undefined;

const typeText = (json: Json): string => {
	if (json.const !== undefined) return `\`${String(json.const)}\``;
	if (json.enum !== undefined) return json.enum.map((value) => `\`${String(value)}\``).join(", ");
	switch (json.type) {
		case "integer":
			return `whole number${range(json.minimum, json.maximum, ", ", "")}`;
		case "boolean":
			return "`true`, `false`";
		case "string":
			return json.pattern === undefined
				? `text${range(json.minLength, json.maxLength, " of ", " letters")}`
				: `text like \`${json.pattern}\``;
		case "array":
			return `list${range(json.minItems, json.maxItems, " of ", "")} of ${json.items === undefined ? "values" : typeText(json.items)}`;
		case "object":
			return typeof json.additionalProperties === "object"
				? `names with ${typeText(json.additionalProperties)}`
				: "group";
		default:
			return json.oneOf === undefined ? "value" : "group";
	}
};

/** What is allowed, where that is less than everything: " of 1 to 60 letters". */
const range = (least: number | undefined, most: number | undefined, before: string, behind: string): string => {
	if (most !== undefined && most !== Number.MAX_SAFE_INTEGER) return `${before}${least ?? 0} to ${most}${behind}`;
	return least === undefined || least <= 1 ? "" : `${before}at least ${least}${behind}`;
};
