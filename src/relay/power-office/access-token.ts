import type { Clock } from "../../runtime/contract/clock.ts";
import type { CallResult } from "./call-result.ts";
import { numberTextOf, objectOf, parseExactJson, textOf } from "./exact-json.ts";
import type { HttpExchange } from "./http-exchange.ts";
import { problemOf } from "./problem-words.ts";
import type { CallTurns } from "./rate-limit.ts";
import { retryAfterMs } from "./retry-after.ts";

/** The keys of one Go client (poweroffice.md section 1.2). Secrets: never logged, never stored. */
export interface ClientKeys {
	readonly applicationKey: string;
	readonly clientKey: string;
	readonly subscriptionKey: string;
}

/** Where tokens come from, one source a client key: "never share token state between clients" (section 1.2). */
export interface TokenSource {
	/** A token that is good for a while; asks for a new one when it must. */
	token(): Promise<CallResult<string>>;
	/** The token was not accepted: the next one is a new one. */
	drop(): void;
}

/** A token is renewed this long before it ends, or at half its life when it is shorter than twice that. */
const RENEW_AHEAD_MS = 120_000;

/** Lifetime when the answer does not say: 20 minutes (section 1.2). */
const LIFETIME_DEFAULT_S = 1_200;

/** OAuth2 client credentials: `POST /OAuth/Token` with Basic applicationKey:clientKey and the subscription key (section 1.2). */
export const tokenSource = (
	keys: ClientKeys,
	tokenUrl: string,
	exchange: HttpExchange,
	turns: CallTurns,
	clock: Clock,
): TokenSource => {
	let held: { readonly token: string; readonly bootId: string; readonly renewAtMs: number } | undefined;
	const request = {
		method: "POST",
		url: tokenUrl,
		headers: {
			authorization: `Basic ${Buffer.from(`${keys.applicationKey}:${keys.clientKey}`, "utf8").toString("base64")}`,
			"ocp-apim-subscription-key": keys.subscriptionKey,
			"content-type": "application/x-www-form-urlencoded",
			accept: "application/json",
		},
		body: "grant_type=client_credentials",
	} as const;

	const renew = async (): Promise<CallResult<string>> => {
		const waitMs = await turns.next();
		if (waitMs !== null) return { kind: "throttled", waitMs };
		const now = clock.stamp();
		const outcome = await exchange(request);
		if (outcome.kind === "noAnswer") return { kind: "unsent", why: `no token: ${outcome.why}` };
		if (outcome.status === 429) {
			const pauseMs = retryAfterMs(outcome.header("retry-after"));
			turns.pause(pauseMs);
			return { kind: "throttled", waitMs: pauseMs };
		}
		if (outcome.status !== 200) {
			const problem = problemOf(outcome.status, outcome.body);
			// 400 by RFC 6749 section 5.2 and the gateway's 401 judge the keys; the rest passes by itself.
			return outcome.status === 400 || outcome.status === 401 || outcome.status === 403
				? { kind: "refused", problem }
				: { kind: "unsent", why: `no token: ${problem.words}` };
		}
		const answer = readToken(outcome.body);
		if (answer === undefined) return { kind: "unsent", why: "no token: the answer cannot be read" };
		const lifetimeMs = answer.lifetimeS * 1000;
		const goodForMs = lifetimeMs > 2 * RENEW_AHEAD_MS ? lifetimeMs - RENEW_AHEAD_MS : lifetimeMs / 2;
		held = { token: answer.token, bootId: now.bootId, renewAtMs: now.monotonicMs + goodForMs };
		return { kind: "ok", value: answer.token };
	};

	return {
		token: () => {
			const now = clock.stamp();
			const isGood = held !== undefined && held.bootId === now.bootId && now.monotonicMs < held.renewAtMs;
			return isGood && held !== undefined ? Promise.resolve({ kind: "ok", value: held.token }) : renew();
		},
		drop: () => {
			held = undefined;
		},
	};
};

const readToken = (body: string): { readonly token: string; readonly lifetimeS: number } | undefined => {
	let token: string | undefined;
	let lifetimeS: number;
	try {
		const answer = objectOf(parseExactJson(body));
		token = textOf(answer?.["access_token"]);
		lifetimeS = Number(numberTextOf(answer?.["expires_in"]) ?? LIFETIME_DEFAULT_S);
	} catch {
		return undefined;
	}
	return token === undefined || token === "" || !(lifetimeS > 0) ? undefined : { token, lifetimeS };
};
