import type { M3Switches } from "../switches.ts";

/** How a request wants its answer (m3.md section 4, "Parameters"); company and division are the session's context. */
export interface ExecuteSettings {
	readonly cono?: string;
	readonly divi?: string;
	/** Records at most; undefined when not given, 0 is unlimited. */
	readonly maxRecords?: number;
	readonly excludeEmpty: boolean;
	readonly rightTrim: boolean;
	/** Output columns wanted, undefined for all. */
	readonly columns?: readonly string[];
	/** Echoes the inputs as `parameters`. */
	readonly extendedResult: boolean;
	readonly pretty: boolean;
}

/** A request that cannot be read at all. */
export interface BadRequest {
	readonly badRequest: string;
}

/** Lower-case parameters of v2; the first spelling of each is the SWG's, the SDK's matrix form says `excludempty`. */
const PARAMETERS: readonly string[] = [
	"cono",
	"divi",
	"lanc",
	"locale",
	"timeZone",
	"maxrecs",
	"dateformat",
	"excludeempty",
	"excludempty",
	"righttrim",
	"returncols",
	"format",
	"extendedresult",
	"metadata",
];

/** True for a name that is a parameter of the request rather than a field of the transaction. */
export function isParameter(name: string): boolean {
	return PARAMETERS.includes(name);
}

/** Reads the parameters of a single GET, given in the query or as matrix parameters. */
export function readSettings(parameters: ReadonlyMap<string, string>): ExecuteSettings | BadRequest {
	// "v2 does not support metadata=true" (m3.md section 4, SDK comment).
	if (parameters.get("metadata") === "true") return { badRequest: "metadata is not supported by v2" };
	const dateFormat = parameters.get("dateformat") ?? "YMD8";
	if (dateFormat !== "YMD8") return { badRequest: `dateformat ${dateFormat} is not served: the stand-in speaks YMD8` };
	const format = parameters.get("format") ?? "COMPACT";
	if (!["PRETTY", "COMPACT", "UNFORMATTED"].includes(format)) return { badRequest: `format ${format} is not known` };
	const maxRecords = parameters.get("maxrecs");
	if (maxRecords !== undefined && !/^\d+$/.test(maxRecords)) return { badRequest: "maxrecs is not a number" };
	const [cono, divi, columns] = [parameters.get("cono"), parameters.get("divi"), parameters.get("returncols")];
	return {
		...(cono === undefined ? {} : { cono }),
		...(divi === undefined ? {} : { divi }),
		...(maxRecords === undefined ? {} : { maxRecords: Number(maxRecords) }),
		...(columns === undefined || columns === "" ? {} : { columns: columns.split(",") }),
		excludeEmpty: (parameters.get("excludeempty") ?? parameters.get("excludempty")) === "true",
		rightTrim: parameters.get("righttrim") !== "false",
		extendedResult: parameters.get("extendedresult") === "true",
		pretty: format === "PRETTY",
	};
}

/** How many records an answer may hold: the request's number, the tenant's default, and never above the tenant's cap. */
export function recordLimit(settings: ExecuteSettings, switches: M3Switches): number {
	const wanted = settings.maxRecords ?? switches.defaultMaxRecords;
	return Math.min(wanted === 0 ? Number.POSITIVE_INFINITY : wanted, switches.maxRecordsCap ?? Number.POSITIVE_INFINITY);
}
