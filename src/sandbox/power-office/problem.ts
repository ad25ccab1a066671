import { type JsonObjectOut, writeJson } from "./json.ts";
import type { PowerOfficeSwitches } from "./switches.ts";

/** An application error before it is written (poweroffice.md section 1.7: RFC 7807-like, lower-case members). */
export type Problem = {
	readonly status: number;
	readonly title: string;
	readonly detail: string;
	/** Messages by property path: ASP.NET model binding, section 1.7 [I]. */
	readonly errors?: { readonly [path: string]: readonly string[] };
};

/** Either a value or the problem that stands against it. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

/** An HTTP answer before it is sent. A null body is an empty one. */
export type Answer = {
	readonly status: number;
	readonly body: string | null;
	readonly headers?: { readonly [name: string]: string };
};

/** A value as an {@link Outcome}. */
export function accepted<T>(value: T): Outcome<T> {
	return { ok: true, value };
}

/** A problem as an {@link Outcome}. */
export function refused(problem: Problem): { readonly ok: false; readonly problem: Problem } {
	return { ok: false, problem };
}

/** A JSON answer. */
export function jsonAnswer(status: number, body: JsonObjectOut | readonly JsonObjectOut[]): Answer {
	return { status, body: writeJson(body), headers: { "content-type": "application/json; charset=utf-8" } };
}

/** A problem as an answer, `{title, status, detail}` and, where the switch says so, `errors`. */
export function problemAnswer(problem: Problem, switches: PowerOfficeSwitches): Answer {
	const errors = switches.modelBindingErrors === "perField" ? problem.errors : undefined;
	const members = { title: problem.title, status: BigInt(problem.status), detail: problem.detail, errors };
	return {
		status: problem.status,
		body: writeJson(members),
		headers: { "content-type": "application/problem+json; charset=utf-8" },
	};
}

/** A malformed request (section 1.7, model binding [I]). `errors` is by property path. */
export function bindingProblem(errors: { readonly [path: string]: readonly string[] }): Problem {
	const detail = Object.entries(errors)
		.flatMap(([path, messages]) => messages.map((message) => `${path}: ${message}`))
		.join(" ");
	return { status: 400, title: "One or more validation errors occurred.", detail, errors };
}

/** A voucher refused by a rule. The texts are the sandbox's own: section 6 item 2 [U]. */
export function voucherProblem(detail: string, status = 400): Problem {
	return { status, title: "Voucher validation error(s)", detail };
}

/** Section 1.7, unknown id: 404 `{"title":"Object(s) not found","detail":"Customer with id = 12345 not found."}`. */
export function notFound(what: string, id: string): Problem {
	return { status: 404, title: "Object(s) not found", detail: `${what} with id = ${id} not found.` };
}
