import type { Timers } from "../../runtime/contract/clock.ts";
import { send } from "./http-outcome.ts";
import { type MiResult, readMiAnswer } from "./mi-answer.ts";
import { retryAfterMs, type SignIn } from "./sign-in.ts";

/** One transaction to run. All values are text (m3.md section 4, "Formats"). */
export interface MiTransaction {
	readonly transaction: string;
	readonly record: Readonly<Record<string, string>>;
}

/** Company and division of the session; sent beside the record's own CONO and DIVI, equal to them (m3.md section 4). */
export interface MiSession {
	readonly cono: number;
	readonly divi: string;
}

/** What came of a call, told apart by whether it may have been carried out. */
export type CallOutcome =
	/** M3 answered: one result a transaction, in the order sent. */
	| { readonly kind: "answered"; readonly results: readonly MiResult[] }
	/** The request as a whole was refused: nothing was carried out. */
	| { readonly kind: "rejected"; readonly reason: string }
	/** It may or may not have been carried out: no answer, HTTP 5xx, or an answer that cannot be read. */
	| { readonly kind: "uncertain"; readonly reason: string }
	/** Certainly not carried out, and worth another try: throttled, not reached, not signed in. */
	| { readonly kind: "deferred"; readonly reason: string; readonly retryAfterMs?: number };

/** M3's programs, over m3api-rest v2. */
export interface M3Client {
	/**
	 * Runs transactions that change something, in one bulk. Always POST, also for a single one: between here and M3 stand
	 * gateways, and what is called GET may be sent twice by them.
	 */
	change(program: string, transactions: readonly MiTransaction[], session: MiSession): Promise<CallOutcome>;
	/** Runs one transaction that only reads, with all its records. */
	read(program: string, transaction: MiTransaction, session: MiSession): Promise<CallOutcome>;
}

/** What the client needs. */
export interface M3ClientOptions {
	/** Up to and including /m3api-rest. */
	readonly baseUrl: string;
	readonly signIn: SignIn;
	readonly timeoutMs: number;
	readonly timers: Timers;
}

interface Request {
	readonly method: "GET" | "POST";
	readonly url: string;
	readonly body?: string;
	readonly transactionCount: number;
}

const UNAUTHORIZED = 401;
const TOO_MANY_REQUESTS = 429;

const deferred = (reason: string, waitMs: number | undefined): CallOutcome => ({
	kind: "deferred",
	reason,
	...(waitMs === undefined ? {} : { retryAfterMs: waitMs }),
});

/** An answer by status and body: 4xx means not carried out, 5xx and what cannot be read means not known. */
const outcomeOf = (status: number, headers: Headers, body: string, transactionCount: number): CallOutcome => {
	if (status === TOO_MANY_REQUESTS) return deferred("M3 throttles (HTTP 429)", retryAfterMs(headers));
	if (status === UNAUTHORIZED) return deferred("M3 does not accept the sign-in (HTTP 401)", undefined);
	if (status >= 500 || status === 408) return { kind: "uncertain", reason: `HTTP ${status}` };
	const answer = readMiAnswer(body, transactionCount);
	if (answer.kind === "results") return { kind: "answered", results: answer.results };
	if (status >= 400) {
		return { kind: "rejected", reason: answer.kind === "rejected" ? answer.words : `HTTP ${status}` };
	}
	return { kind: "uncertain", reason: `HTTP ${status} with an answer that cannot be read` };
};

/** A client of one tenant. Nothing is repeated by itself, but for one new token after a 401. */
export const createM3Client = ({ baseUrl, signIn, timeoutMs, timers }: M3ClientOptions): M3Client => {
	const execute = `${baseUrl}/v2/execute`;

	const once = async (request: Request, authorization: string): Promise<{ outcome: CallOutcome; status: number }> => {
		const headers = {
			authorization,
			accept: "application/json",
			...(request.body === undefined ? {} : { "content-type": "application/json" }),
		};
		const { method, body } = request;
		const answer = await send(
			request.url,
			{ method, headers, ...(body === undefined ? {} : { body }) },
			timeoutMs,
			timers,
		);
		if (answer.kind === "unreached") return { outcome: deferred(answer.reason, undefined), status: 0 };
		if (answer.kind === "uncertain") return { outcome: answer, status: 0 };
		const { status } = answer;
		return { outcome: outcomeOf(status, answer.headers, answer.text, request.transactionCount), status };
	};

	const call = async (request: Request): Promise<CallOutcome> => {
		const first = await signIn.authorization();
		if (first.kind === "none") return deferred(first.reason, first.retryAfterMs);
		const { outcome, status } = await once(request, first.value);
		if (status !== UNAUTHORIZED || !signIn.refused(first.value)) return outcome;
		const second = await signIn.authorization();
		if (second.kind === "none") return deferred(second.reason, second.retryAfterMs);
		return (await once(request, second.value)).outcome;
	};

	return {
		change: (program, transactions, { cono, divi }) =>
			call({
				method: "POST",
				url: execute,
				// `transactions` last: the server streams (m3.md section 4, "Bulk").
				body: JSON.stringify({ program, cono, divi, rightTrim: true, transactions }),
				transactionCount: transactions.length,
			}),
		read: (program, { transaction, record }, { cono, divi }) => {
			const context = { cono: String(cono), divi, maxrecs: "0", righttrim: "true" };
			const query = Object.entries({ ...context, ...record })
				.map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
				.join("&");
			const url = `${execute}/${program}/${transaction}?${query}`;
			return call({ method: "GET", url, transactionCount: 1 });
		},
	};
};
