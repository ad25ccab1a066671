import type { FaultKind } from "./faults.ts";

/** One request as the sandbox saw it. Authorization headers, keys and tokens are never kept. */
export type LoggedRequest = {
	/** Counts from 1. */
	readonly seq: number;
	/** UTC milliseconds of the injected clock. */
	readonly atMs: number;
	readonly method: string;
	readonly path: string;
	/** With its question mark, or empty. */
	readonly query: string;
	/** Name of the client whose token was used, or null. */
	readonly clientName: string | null;
	/** Null when no answer was sent. */
	readonly status: number | null;
	readonly fault: FaultKind | null;
	/** Null for token requests, whose answers are secrets. */
	readonly requestBody: string | null;
	readonly responseBody: string | null;
};

/** The requests so far, oldest first; the oldest go when there are more than the limit. */
export type RequestLog = {
	add(request: Omit<LoggedRequest, "seq">): void;
	all(): readonly LoggedRequest[];
};

const MAX_LOGGED_REQUESTS = 10_000;

/** An empty request log. */
export function createRequestLog(): RequestLog {
	const requests: LoggedRequest[] = [];
	let seq = 0;
	return {
		add(request) {
			seq += 1;
			requests.push({ seq, ...request });
			if (requests.length > MAX_LOGGED_REQUESTS) requests.shift();
		},
		all: () => [...requests],
	};
}
