import { randomBytes } from "node:crypto";
import { type HttpAnswer, json } from "./http-answer.ts";

/** The authorized app and service account of the stand-in, and how its authorization server behaves. */
export interface OAuthOptions {
	/** Tenant (ti). */
	readonly tenant: string;
	/** App name (cn). */
	readonly appName: string;
	/** Client id (ci) and secret (cs). */
	readonly clientId: string;
	readonly clientSecret: string;
	/** Service account access key (saak) and secret (sask); saak holds the tenant and a '#'. */
	readonly accessKey: string;
	readonly secretKey: string;
	/** M3 user that the service account is. */
	readonly usid: string;
	/** Lifetime of an access token: a setting of the authorized app, 7200 is typical (m3.md, ".ionapi + OAuth2"). */
	readonly expiresInSeconds: number;
	/** 'Issue Refresh Token' of the app: only then is there a refresh token. */
	readonly issueRefreshToken: boolean;
	/** Where the client may put its id and secret: in the form, as HTTP Basic ("also accepted" [I]), or either. */
	readonly clientAuthentication: "either" | "form" | "basic";
}

/** The app that the stand-in has unless told otherwise. */
export const DEFAULT_OAUTH: OAuthOptions = {
	tenant: "SANDBOX_TST",
	appName: "till-relay",
	clientId: "SANDBOX_TST~mT1sandboxClient",
	clientSecret: "sandbox-client-secret",
	accessKey: "SANDBOX_TST#sandbox-service-account",
	secretKey: "sandbox-service-secret",
	usid: "TILLPOS",
	expiresInSeconds: 7200,
	issueRefreshToken: false,
	clientAuthentication: "either",
};

/** The authorization server: token and revocation endpoints, and the check of a bearer token. */
export class TokenService {
	readonly #options: OAuthOptions;
	readonly #now: () => number;
	/** Access token to the time in ms at which it ends. */
	readonly #accessTokens = new Map<string, number>();
	readonly #refreshTokens = new Set<string>();

	constructor(options: OAuthOptions, now: () => number) {
		this.#options = options;
		this.#now = now;
	}

	/**
	 * POST {pu}{ot}: grant_type=password, username=saak, password=sask, the client in the form or as Basic (m3.md,
	 * ".ionapi + OAuth2"; error bodies as RFC 6749 section 5.2).
	 */
	answerToken(contentType: string, authorization: string, body: string): HttpAnswer {
		if (!contentType.startsWith("application/x-www-form-urlencoded")) return oauthError(400, "invalid_request");
		const form = new URLSearchParams(body);
		if (!this.#isClient(authorization, form)) return oauthError(401, "invalid_client");
		switch (form.get("grant_type")) {
			case "password":
				// "use saak verbatim": a username with another form is not this account.
				if (form.get("username") !== this.#options.accessKey) return oauthError(400, "invalid_grant");
				if (form.get("password") !== this.#options.secretKey) return oauthError(400, "invalid_grant");
				return this.#issue();
			case "refresh_token":
				return this.#refreshTokens.delete(form.get("refresh_token") ?? "")
					? this.#issue()
					: oauthError(400, "invalid_grant");
			default:
				return oauthError(400, "unsupported_grant_type");
		}
	}

	/** POST {pu}{or}: the token ends at once; an unknown one is no error (RFC 7009). */
	answerRevoke(authorization: string, body: string): HttpAnswer {
		const form = new URLSearchParams(body);
		if (!this.#isClient(authorization, form)) return oauthError(401, "invalid_client");
		this.#accessTokens.delete(form.get("token") ?? "");
		this.#refreshTokens.delete(form.get("token") ?? "");
		return json(200, {});
	}

	/** The M3 user of a bearer token, or undefined when it is unknown, revoked or expired. */
	userOf(authorization: string): string | undefined {
		const token = /^Bearer (.+)$/.exec(authorization)?.[1] ?? "";
		const endsAtMs = this.#accessTokens.get(token);
		return endsAtMs !== undefined && this.#now() < endsAtMs ? this.#options.usid : undefined;
	}

	#issue(): HttpAnswer {
		const { expiresInSeconds, issueRefreshToken } = this.#options;
		const access = randomBytes(24).toString("base64url");
		this.#accessTokens.set(access, this.#now() + expiresInSeconds * 1000);
		const refresh = issueRefreshToken ? randomBytes(24).toString("base64url") : undefined;
		if (refresh !== undefined) this.#refreshTokens.add(refresh);
		return json(200, {
			access_token: access,
			...(refresh === undefined ? {} : { refresh_token: refresh }),
			token_type: "Bearer",
			expires_in: expiresInSeconds,
		});
	}

	#isClient(authorization: string, form: URLSearchParams): boolean {
		const { clientAuthentication, clientId, clientSecret } = this.#options;
		const inForm = form.get("client_id") === clientId && form.get("client_secret") === clientSecret;
		const credentials = basicCredentials(authorization);
		const inHeader = credentials?.user === clientId && credentials.password === clientSecret;
		if (clientAuthentication === "form") return inForm;
		return clientAuthentication === "basic" ? inHeader : inForm || inHeader;
	}
}

/** User and password of an HTTP Basic header (RFC 7617), or undefined for any other header. */
export function basicCredentials(authorization: string): { user: string; password: string } | undefined {
	const encoded = /^Basic (.+)$/.exec(authorization)?.[1];
	if (encoded === undefined) return undefined;
	const [user = "", ...password] = Buffer.from(encoded, "base64").toString("utf8").split(":");
	return { user, password: password.join(":") };
}

function oauthError(status: number, error: string): HttpAnswer {
	return json(status, { error });
}
