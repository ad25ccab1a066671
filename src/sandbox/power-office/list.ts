import type { JsonObjectOut } from "./json.ts";
import { listAnswer } from "./page.ts";
import { type Answer, accepted, type Outcome, problemAnswer } from "./problem.ts";
import { momentParameter, type Query, RESOURCE_PARAMETERS } from "./query.ts";
import type { Call, Route } from "./route.ts";

/** A filter of a list as read from the query: a test, null for "not used", or the problem with it. */
export type Filter<T> = Outcome<((item: T) => boolean) | null>;

/** What a list route shows. */
export type Listing<T> = {
	readonly items: readonly T[];
	readonly fields: readonly string[];
	readonly filters: readonly Filter<T>[];
	readonly dto: (item: T) => JsonObjectOut;
};

/** A GET route. `roles` null: the token is enough. */
export function getRoute(path: string, roles: readonly string[] | null, handle: (call: Call) => Answer): Route {
	return { method: "GET", path, roles, query: [], handle };
}

/** A GET route of a list, which takes ResourceParameters (section 1.6) besides its own filters. */
export function listRoute(
	path: string,
	roles: readonly string[],
	filters: readonly string[],
	handle: (call: Call) => Answer,
): Route {
	return { method: "GET", path, roles, query: [...filters, ...RESOURCE_PARAMETERS], handle };
}

/** Filters, orders, pages and writes a list. */
export function answerListing<T>(call: Call, listing: Listing<T>): Answer {
	const tests: ((item: T) => boolean)[] = [];
	for (const filter of listing.filters) {
		if (!filter.ok) return problemAnswer(filter.problem, call.world.switches);
		if (filter.value !== null) tests.push(filter.value);
	}
	const items = listing.items.filter((item) => tests.every((test) => test(item))).map(listing.dto);
	return listAnswer(items, listing.fields, call.query, call.request.url, call.world.switches);
}

/** A filter on a value as a filter on the items that have it. */
export function on<T, V>(filter: Filter<V>, pick: (item: T) => V): Filter<T> {
	if (!filter.ok) return filter;
	const test = filter.value;
	return accepted(test === null ? null : (item: T) => test(pick(item)));
}

/** A filter by a set of texts. With `-1` among them, items without a value are taken too (OAS, departmentCodes). */
export function inSet(wanted: ReadonlySet<string> | null): Filter<string | null> {
	return accepted(wanted === null ? null : (text) => (text === null ? wanted.has("-1") : wanted.has(text)));
}

/** `...GreaterThan` filters: exclusive (section 1.6). */
export function after(query: Query, name: string): Filter<number> {
	const moment = momentParameter(query, name);
	if (!moment.ok) return moment;
	const { value } = moment;
	return accepted(value === null ? null : (atMs) => atMs > value);
}

/** A filter by equality; null for not used. */
export function equalTo<V>(wanted: V | null): Filter<V | null> {
	return accepted(wanted === null ? null : (value) => value === wanted);
}
