import type { Clock, Timers } from "../../runtime/contract/clock.ts";
import { type HttpOutcome, send } from "./http-outcome.ts";
import type { IonApiFile } from "./ionapi.ts";

/** How a request proves who sends it. */
export type Authorization =
	| { readonly kind: "header"; readonly value: string }
	/** No token could be had; nothing was sent to M3. */
	| { readonly kind: "none"; readonly reason: string; readonly retryAfterMs?: number };

/** Keeps the relay signed in to M3. */
export interface SignIn {
	/** The header to send. */
	authorization(): Promise<Authorization>;
	/** M3 did not take this header: forget it. Answers whether asking for a new one makes sense. */
	refused(value: string): boolean;
}

/** How long before its end a token is no longer used: a request must not outlive it. */
const EXPIRY_MARGIN_MS = 60_000;
/** A lifetime that the authorization server does not state. */
const LIFETIME_DEFAULT_S = 600;

/** HTTP Basic, for an address on the premises. */
export const basicSignIn = (user: string, password: string): SignIn => {
	const value = `Basic ${Buffer.from(`${user}:${password}`, "utf8").toString("base64")}`;
	return { authorization: () => Promise.resolve({ kind: "header", value }), refused: () => false };
};

interface Token {
	readonly value: string;
	/** On the monotonic clock. */
	readonly usableUntilMs: number;
}

const field = (json: unknown, name: string): unknown =>
	typeof json === "object" && json !== null ? Object.entries(json).find(([key]) => key === name)?.[1] : undefined;

const parseJson = (text: string): unknown => {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
};

/** How long the other side asks to wait, from Retry-After in seconds. */
export const retryAfterMs = (headers: Headers): number | undefined => {
	const seconds = headers.get("retry-after");
	return seconds !== null && /^\d{1,5}$/.test(seconds) ? Number(seconds) * 1000 : undefined;
};

const readToken = (outcome: HttpOutcome, nowMs: number): Token | Authorization => {
	if (outcome.kind !== "answered") return { kind: "none", reason: `token endpoint: ${outcome.reason}` };
	const json = parseJson(outcome.text);
	const token = field(json, "access_token");
	if (outcome.status !== 200 || typeof token !== "string") {
		const error = field(json, "error");
		const wait = retryAfterMs(outcome.headers);
		return {
			kind: "none",
			reason: `token endpoint: HTTP ${outcome.status}${typeof error === "string" ? ` ${error}` : ""}`,
			...(wait === undefined ? {} : { retryAfterMs: wait }),
		};
	}
	const stated = field(json, "expires_in");
	const lifetimeMs = (typeof stated === "number" ? stated : LIFETIME_DEFAULT_S) * 1000;
	const margin = Math.min(EXPIRY_MARGIN_MS, lifetimeMs / 2);
	return { value: `Bearer ${token}`, usableUntilMs: nowMs + lifetimeMs - margin };
};

/**
 * OAuth2 of an .ionapi file: grant_type=password with the service account's keys as they stand (m3.md section 4). One token
 * is used until shortly before its end; calls that need one at the same time wait for the same request.
 */
export const ionApiSignIn = (ionapi: IonApiFile, clock: Clock, timers: Timers, timeoutMs: number): SignIn => {
	let token: Token | undefined;
	let asking: Promise<Authorization> | undefined;
	const body = new URLSearchParams({
		grant_type: "password",
		username: ionapi.saak,
		password: ionapi.sask,
		client_id: ionapi.ci,
		client_secret: ionapi.cs,
	}).toString();
	const ask = async (): Promise<Authorization> => {
		const headers = { "content-type": "application/x-www-form-urlencoded", accept: "application/json" };
		const outcome = await send(`${ionapi.pu}${ionapi.ot}`, { method: "POST", headers, body }, timeoutMs, timers);
		const read = readToken(outcome, clock.stamp().monotonicMs);
		if ("kind" in read) return read;
		token = read;
		return { kind: "header", value: read.value };
	};
	return {
		authorization: () => {
			if (token !== undefined && clock.stamp().monotonicMs < token.usableUntilMs) {
				return Promise.resolve({ kind: "header", value: token.value });
			}
			asking ??= ask().finally(() => {
				asking = undefined;
			});
			return asking;
		},
		refused: (value) => {
			if (token?.value === value) token = undefined;
			return true;
		},
	};
};
