import type { TokenSource } from "./access-token.ts";
import type { CallResult } from "./call-result.ts";
import { type ExactJson, listOf, objectOf, parseExactJson, textOf } from "./exact-json.ts";
import type { HttpExchange, HttpOutcome } from "./http-exchange.ts";
import { problemOf } from "./problem-words.ts";
import type { CallTurns } from "./rate-limit.ts";
import { retryAfterMs } from "./retry-after.ts";

/** What a {@link Client} works with. */
export interface ClientParts {
	/** The API's base, without a slash at its end: `https://goapi.poweroffice.net/v2`. */
	readonly baseUrl: string;
	readonly subscriptionKey: string;
	readonly tokens: TokenSource;
	readonly exchange: HttpExchange;
	readonly turns: CallTurns;
}

/** Calls of one Go client. Every call takes from the limit, carries a token and answers a {@link CallResult}; none rejects. */
export interface Client {
	/** A resource; null for an empty answer. */
	get(path: string): Promise<CallResult<ExactJson>>;
	/** All pages of a list; 204 is an empty one (poweroffice.md sections 1.5 and 1.6). */
	list(path: string, query: Readonly<Record<string, string>>): Promise<CallResult<readonly ExactJson[]>>;
	/** Posts a body of exact JSON text, or none. */
	post(path: string, body: string | null): Promise<CallResult<ExactJson>>;
}

/** The most pages of one list: 5,000 rows each (poweroffice.md section 1.6). */
const PAGES_MAX = 200;

type Answer = Extract<HttpOutcome, { readonly kind: "answer" }>;

/** Makes a client. A 401 renews the token and repeats the call once; nothing else is ever repeated in here. */
export const powerOfficeClient = (parts: ClientParts): Client => {
	const { baseUrl, subscriptionKey, tokens, exchange, turns } = parts;

	const once = async (method: "GET" | "POST", url: string, body: string | null): Promise<CallResult<Answer>> => {
		const token = await tokens.token();
		if (token.kind !== "ok") return token.kind === "uncertain" ? { kind: "unsent", why: token.why } : token;
		const waitMs = await turns.next();
		if (waitMs !== null) return { kind: "throttled", waitMs };
		const headers = {
			authorization: `Bearer ${token.value}`,
			"ocp-apim-subscription-key": subscriptionKey,
			accept: "application/json",
			...(body === null ? {} : { "content-type": "application/json" }),
		};
		const outcome = await exchange({ method, url, headers, body });
		if (outcome.kind === "noAnswer") return { kind: "uncertain", why: outcome.why };
		return { kind: "ok", value: outcome };
	};

	const call = async (method: "GET" | "POST", url: string, body: string | null): Promise<CallResult<Answer>> => {
		let result = await once(method, url, body);
		if (result.kind === "ok" && result.value.status === 401) {
			tokens.drop();
			result = await once(method, url, body);
		}
		if (result.kind !== "ok") return result;
		const { status, body: text } = result.value;
		if (status >= 200 && status < 300) return result;
		if (status === 429) {
			const waitMs = retryAfterMs(result.value.header("retry-after"));
			turns.pause(waitMs);
			return { kind: "throttled", waitMs };
		}
		// A privilege that was granted shows in a new token only (section 1.2).
		if (status === 403) tokens.drop();
		const problem = problemOf(status, text);
		if (status >= 500) return { kind: "uncertain", why: `status ${status}: ${problem.words}` };
		return { kind: "refused", problem };
	};

	const read = (result: CallResult<Answer>): CallResult<ExactJson> => {
		if (result.kind !== "ok") return result;
		if (result.value.body.trim() === "") return { kind: "ok", value: null };
		try {
			return { kind: "ok", value: parseExactJson(result.value.body) };
		} catch {
			return { kind: "uncertain", why: "the answer is no JSON" };
		}
	};

	return {
		get: async (path) => read(await call("GET", `${baseUrl}${path}`, null)),
		post: async (path, body) => read(await call("POST", `${baseUrl}${path}`, body)),
		list: async (path, query) => {
			const rows: ExactJson[] = [];
			let search: string | undefined = new URLSearchParams(query).toString();
			for (let page = 0; page < PAGES_MAX && search !== undefined; page += 1) {
				const result = await call("GET", `${baseUrl}${path}?${search}`, null);
				const body = read(result);
				if (body.kind !== "ok") return body;
				const list = body.value === null ? [] : listOf(body.value);
				if (list === undefined) return { kind: "uncertain", why: "the answer is no list" };
				rows.push(...list);
				const next = result.kind === "ok" ? nextPage(result.value.header("x-pagination")) : null;
				if (next === undefined) return { kind: "uncertain", why: "X-Pagination cannot be read" };
				search = next ?? undefined;
			}
			if (search !== undefined) return { kind: "uncertain", why: `the list has more than ${PAGES_MAX} pages` };
			return { kind: "ok", value: rows };
		},
	};
};

/**
 * The query of the next page, from `X-Pagination` (section 1.6): null when this is the last one, undefined when the
 * header cannot be read. Only the link's query is used: the token goes to the configured host alone.
 */
const nextPage = (header: string | null): string | null | undefined => {
	if (header === null) return null;
	let link: string | undefined;
	try {
		link = textOf(objectOf(parseExactJson(header))?.["nextPageLink"]);
	} catch {
		return undefined;
	}
	if (link === undefined || link === "") return null;
	return link.split("?")[1] ?? undefined;
};
