import type { Timers } from "../../runtime/contract/clock.ts";
import { messageOf } from "../../runtime/contract/fault.ts";

/** What came of one HTTP request, told apart by the only question that counts: may it have been carried out? */
export type HttpOutcome =
	| { readonly kind: "answered"; readonly status: number; readonly headers: Headers; readonly text: string }
	/** Sent, and no whole answer came: it may have been carried out. */
	| { readonly kind: "uncertain"; readonly reason: string }
	/** No connection was made: it was certainly not carried out. */
	| { readonly kind: "unreached"; readonly reason: string };

/** Errors that occur before the first byte of a request is sent: name look-up, connecting, TLS. */
const BEFORE_SENDING =
	/^(ECONNREFUSED|ENOTFOUND|EAI_\w+|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN|UND_ERR_CONNECT_TIMEOUT|CERT_\w+|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|ERR_TLS_CERT_ALTNAME_INVALID|ERR_SSL_\w+)$/;

/** The error codes of a failed fetch: its cause's, and those of every address that was tried. */
const codesOf = (error: unknown): string[] => {
	if (!(error instanceof Error)) return [];
	const own = "code" in error && typeof error.code === "string" ? [error.code] : [];
	const inner = error instanceof AggregateError ? error.errors.flatMap(codesOf) : [];
	return [...own, ...inner, ...codesOf(error.cause)];
};

const reasonOf = (error: unknown): string => {
	const codes = codesOf(error);
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
		const codes = codesOf(error);
		const isUnreached = codes.length > 0 && codes.every((code) => BEFORE_SENDING.test(code));
		return { kind: isUnreached ? "unreached" : "uncertain", reason: reasonOf(error) };
	} finally {
		cancel();
	}
};
