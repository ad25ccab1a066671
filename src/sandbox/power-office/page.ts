import { compareDecimals } from "./decimal.ts";
import { isJsonNumber, type JsonObjectOut, type JsonOut, numberText, writeJson } from "./json.ts";
import { type Answer, accepted, jsonAnswer, type Outcome, problemAnswer, refused } from "./problem.ts";
import { type Query, resourceProblem, textParameter } from "./query.ts";
import type { PowerOfficeSwitches } from "./switches.ts";

/** PageSize unless given, and MaxPageSize (section 1.6). */
const DEFAULT_PAGE_SIZE = 5_000;
const MAX_PAGE_SIZE = 20_000;

type Paging = { readonly number: number; readonly size: number };

/**
 * The answer to a list request: a bare array of one page with the X-Pagination header, or 204 with an empty body when
 * there is nothing (sections 1.5 and 1.6). `fields` are the DTO's properties, for Fields and OrderBy.
 */
export function listAnswer(
	items: readonly JsonObjectOut[],
	fields: readonly string[],
	query: Query,
	url: URL,
	switches: PowerOfficeSwitches,
): Answer {
	const paging = readPaging(query);
	if (!paging.ok) return problemAnswer(paging.problem, switches);
	const projection = readFields(textOrEmpty(query, "Fields"), fields);
	if (!projection.ok) return problemAnswer(projection.problem, switches);
	const order = readOrder(textParameter(query, "OrderBy"), fields);
	if (!order.ok) return problemAnswer(order.problem, switches);
	const { number, size } = paging.value;
	const page = [...items].sort(order.value).slice((number - 1) * size, number * size);
	if (page.length === 0) return { status: 204, body: null };
	const answer = jsonAnswer(200, page.map(projection.value));
	const pagination = paginationHeader(paging.value, items.length, url, switches);
	return { ...answer, headers: { ...answer.headers, "x-pagination": pagination } };
}

function readPaging(query: Query): Outcome<Paging> {
	const number = wholeNumber(textParameter(query, "PageNumber"), 1);
	const size = wholeNumber(textParameter(query, "PageSize"), DEFAULT_PAGE_SIZE);
	if (number === null) return refused(resourceProblem("PageNumber must be a whole number from 1."));
	// Section 1.6: "not allowed to be larger than MaxPageSize".
	if (size === null || size > MAX_PAGE_SIZE) {
		return refused(resourceProblem(`PageSize must be a whole number from 1 to ${MAX_PAGE_SIZE}.`));
	}
	return accepted({ number, size });
}

function wholeNumber(text: string | null, fallback: number): number | null {
	if (text === null) return fallback;
	return /^\d{1,9}$/.test(text) && Number(text) > 0 ? Number(text) : null;
}

function textOrEmpty(query: Query, name: string): string | null {
	return query.get(name.toLowerCase()) ?? null;
}

/** Section 1.7: 400 "Fields property in resourceParameter is not formatted correct." */
function readFields(text: string | null, fields: readonly string[]): Outcome<(item: JsonObjectOut) => JsonObjectOut> {
	if (text === null) return accepted((item) => item);
	const names = text.split(",").map((part) => findField(part.trim(), fields));
	if (names.some((name) => name === undefined)) {
		return refused(resourceProblem("Fields property in resourceParameter is not formatted correct."));
	}
	return accepted((item) => Object.fromEntries(names.map((name) => [name ?? "", item[name ?? ""]])));
}

type Comparison = (a: JsonObjectOut, b: JsonObjectOut) => number;

/** `Name`, `Name desc`, `Name asc, Id desc`. The spelling of the order is OAS's "asc (default) or desc". */
function readOrder(text: string | null, fields: readonly string[]): Outcome<Comparison> {
	const comparisons: Comparison[] = [];
	for (const part of text === null ? [] : text.split(",")) {
		const [name = "", direction = "asc", ...rest] = part.trim().split(/\s+/);
		const field = findField(name, fields);
		if (field === undefined || rest.length > 0 || !/^(asc|desc)$/i.test(direction)) {
			return refused(resourceProblem("OrderBy property in resourceParameter is not formatted correct."));
		}
		const sign = direction.toLowerCase() === "desc" ? -1 : 1;
		comparisons.push((a, b) => sign * compare(a[field], b[field]));
	}
	return accepted((a, b) => comparisons.reduce((found, one) => (found === 0 ? one(a, b) : found), 0));
}

function findField(name: string, fields: readonly string[]): string | undefined {
	return fields.find((field) => field.toLowerCase() === name.toLowerCase());
}

function compare(a: JsonOut | undefined, b: JsonOut | undefined): number {
	if (isJsonNumber(a) && isJsonNumber(b)) return compareDecimals(numberText(a), numberText(b));
	const [left, right] = [sortKey(a), sortKey(b)];
	return left < right ? -1 : left > right ? 1 : 0;
}

function sortKey(value: JsonOut | undefined): bigint | string {
	if (value === null || value === undefined) return "";
	return typeof value === "bigint" || typeof value === "string" ? value : writeJson(value);
}

/** Section 1.6: nextPageLink, "absent/empty on the last page"; other members [U]. */
function paginationHeader(paging: Paging, total: number, url: URL, switches: PowerOfficeSwitches): string {
	const pages = Math.ceil(total / paging.size);
	const next = paging.number < pages ? pageLink(url, paging.number + 1) : null;
	const members: { [name: string]: JsonOut | undefined } = {
		nextPageLink: next ?? (switches.lastPageLink === "empty" ? "" : undefined),
	};
	if (switches.paginationMembers === "withTotals") {
		members["totalCount"] = BigInt(total);
		members["pageSize"] = BigInt(paging.size);
		members["currentPage"] = BigInt(paging.number);
		members["totalPages"] = BigInt(pages);
	}
	return writeJson(members);
}

function pageLink(url: URL, pageNumber: number): string {
	const link = new URL(url);
	for (const name of [...link.searchParams.keys()]) {
		if (name.toLowerCase() === "pagenumber") link.searchParams.delete(name);
	}
	link.searchParams.set("PageNumber", String(pageNumber));
	return link.href;
}
