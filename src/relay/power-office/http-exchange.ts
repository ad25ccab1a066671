import type { Timers } from "../../runtime/contract/clock.ts";
import { messageOf } from "../../runtime/contract/fault.ts";

/** One HTTP request. */
export interface HttpRequest {
	readonly method: "GET" | "POST";
	readonly url: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string | null;
}

/** A whole HTTP answer, or why there is none: then nobody knows whether the request was worked on. */
export type HttpOutcome =
	| { readonly kind: "answer"; readonly status: number; header(name: string): string | null; readonly body: string }
	| { readonly kind: "noAnswer"; readonly why: string };

/** Sends a request; never rejects. */
export type HttpExchange = (request: HttpRequest) => Promise<HttpOutcome>;

/** The longest answer that is read, in bytes: more than 20,000 account transactions. */
const ANSWER_BYTES_MAX = 67_108_864;

/** Reads a body up to the limit; undefined beyond it. */
const readBody = async (response: Response): Promise<string | undefined> => {
	if (response.body === null) return "";
	const chunks: Uint8Array[] = [];
	let size = 0;
	for await (const chunk of response.body) {
		const bytes: Uint8Array = chunk;
		size += bytes.byteLength;
		if (size > ANSWER_BYTES_MAX) return undefined;
		chunks.push(bytes);
	}
	return Buffer.concat(chunks).toString("utf8");
};

/** An exchange over the network that gives up after `timeoutMs`. Redirects are refused: a bearer token goes nowhere else. */
export const httpExchange =
	(timers: Timers, timeoutMs: number): HttpExchange =>
	async (request) => {
		const controller = new AbortController();
		const cancel = timers.after(`power-office ${request.method}`, timeoutMs, () => controller.abort());
		try {
			const { method, url, headers, body } = request;
			const response = await fetch(url, { method, headers, body, redirect: "error", signal: controller.signal });
			const text = await readBody(response);
			if (text === undefined) return { kind: "noAnswer", why: `the answer is longer than ${ANSWER_BYTES_MAX} bytes` };
			return { kind: "answer", status: response.status, header: (name) => response.headers.get(name), body: text };
		} catch (error) {
			const why = controller.signal.aborted ? `no answer within ${timeoutMs} ms` : reasonOf(error);
			return { kind: "noAnswer", why };
		} finally {
			cancel();
		}
	};

/** fetch says "fetch failed" and hides the reason in the cause. */
const reasonOf = (error: unknown): string =>
	error instanceof Error && error.cause instanceof Error
		? `${error.message}: ${error.cause.message}`
		: messageOf(error);
