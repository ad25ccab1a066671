import { createHmac, randomBytes } from "node:crypto";
import type { ClientBook } from "./book.ts";
import { writeJson } from "./json.ts";

/** An access token's grant. Roles are those at issue: a change of privileges shows in a new token only (section 1.2). */
export type Grant = { readonly book: ClientBook; readonly roles: readonly string[]; readonly expiresAtMs: number };

/** The access tokens of a sandbox. */
export type TokenStore = {
	/** A new token for a client. Earlier tokens stay valid until they expire. */
	issue(book: ClientBook, nowMs: number, lifetimeS: number): string;
	/** The grant of a token, or null when it is unknown or expired. */
	find(token: string, nowMs: number): Grant | null;
};

const SIGNING_KEY_BYTES = 32;

/** An empty token store with a signing key of its own. */
export function createTokenStore(): TokenStore {
	const key = randomBytes(SIGNING_KEY_BYTES);
	const grants = new Map<string, Grant>();
	let issued = 0n;
	return {
		issue(book, nowMs, lifetimeS) {
			for (const [token, grant] of grants) if (grant.expiresAtMs <= nowMs) grants.delete(token);
			issued += 1n;
			const expiresAtMs = nowMs + lifetimeS * 1000;
			const token = signedToken(book, issued, expiresAtMs, key);
			grants.set(token, { book, roles: book.privileges, expiresAtMs });
			return token;
		},
		find(token, nowMs) {
			const grant = grants.get(token);
			return grant === undefined || grant.expiresAtMs <= nowMs ? null : grant;
		},
	};
}

/** A JWT with the claims named in section 1.2. Its value is opaque to clients. */
function signedToken(book: ClientBook, serial: bigint, expiresAtMs: number, key: Buffer): string {
	const header = { alg: "HS256", typ: "JWT" };
	const claims = {
		jti: serial,
		exp: BigInt(Math.floor(expiresAtMs / 1000)),
		role: book.privileges,
		goClientId: book.clientId,
		goClientName: book.clientName,
		goActiveClientSubscriptions: book.subscriptions,
		goInvalidPrivileges: book.invalidPrivileges,
		goAllowSendInvoice: false,
	};
	const signed = [header, claims].map((part) => Buffer.from(writeJson(part)).toString("base64url")).join(".");
	return `${signed}.${createHmac("sha256", key).update(signed).digest("base64url")}`;
}
