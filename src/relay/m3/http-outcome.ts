import type { Timers } from "../../runtime/contract/clock.ts";
import { messageOf } from "../../runtime/contract/fault.ts";

/** What came of one HTTP request, told apart by the only question that counts: may it have been carried out? */
export type HttpOutcome =
	| { readonly kind: "answered"; readonly status: number; readonly headers: Headers; readonly text: string }
	/** Sent, and no whole answer came: it may have been carried out. */
	| { readonly kind: "uncertain"; readonly reason: string }
	/** No connection was made: it was certainly not carried out. */
	| { readonly kind: "unreached"; readonly reason: string };

/** Errors of looking a name up and of connecting: what has one of these calls in it was not sent. */
const CONNECTING = ["getaddrinfo", "connect"];

/**
 * Errors that occur before the first byte of a request is sent. The kernel reports EHOSTUNREACH and its like of a connection
 * that stood as well, when the way is lost under it: those count only from the calls that make a connection.
 */
const BEFORE_SENDING =
	/^(UND_ERR_CONNECT_TIMEOUT|CERT_\w+|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|ERR_TLS_CERT_ALTNAME_INVALID)$/;

interface Failure {
	readonly code: string;
	readonly isBeforeSending: boolean;
}

/** What a failed fetch failed of: its cause, and every address that was tried. */
const failuresOf = (error: unknown): Failure[] => {
	if (!(error instanceof Error)) return [];
	if (error instanceof AggregateError && error.errors.length > 0) return error.errors.flatMap(failuresOf);
	const inner = failuresOf(error.cause);
	if (!("code" in error) || typeof error.code !== "string") return inner;
	const isConnecting = "syscall" in error && CONNECTING.some((call) => call === error.syscall);
	return [{ code: error.code, isBeforeSending: isConnecting || BEFORE_SENDING.test(error.code) }, ...inner];
};

const reasonOf = (error: unknown): string => {
	const codes = failuresOf(error).map(({ code }) => code);
	return codes.length === 0 ? messageOf(error) : `${messageOf(error)}: ${[...new Set(codes)].join(", ")}`;
};

/** Sends one request and reads the whole answer, within `timeoutMs`. Never throws. */
export const send = async (
	url: string,
	request: { readonly method: "GET" | "POST"; readonly headers: Record<string, string>; readonly body?: string },
	timeoutMs: number,
	timers: Timers,
): Promise<HttpOutcome> => {
	const abort = new AbortController();
	const cancel = timers.after("m3-request", timeoutMs, () =>
		abort.abort(new Error(`no answer within ${timeoutMs} ms`)),
	);
	try {
		const response = await fetch(url, { ...request, signal: abort.signal, redirect: "error" });
		return { kind: "answered", status: response.status, headers: response.headers, text: await response.text() };
	} catch (error) {
		const failures = failuresOf(error);
		const isUnreached = failures.length > 0 && failures.every(({ isBeforeSending }) => isBeforeSending);
		return { kind: isUnreached ? "unreached" : "uncertain", reason: reasonOf(error) };
	} finally {
		cancel();
	}
};
