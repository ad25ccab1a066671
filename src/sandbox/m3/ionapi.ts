import type { OAuthOptions } from "./http/token-service.ts";

/** The content of an .ionapi file (m3.md, ".ionapi + OAuth2"). */
export interface IonApi {
	readonly ti: string;
	readonly cn: string;
	readonly dt: string;
	readonly ci: string;
	readonly cs: string;
	readonly iu: string;
	readonly pu: string;
	readonly oa: string;
	readonly ot: string;
	readonly or: string;
	readonly ev: string;
	readonly v: string;
	readonly saak: string;
	readonly sask: string;
}

/** The .ionapi content for a stand-in at `url`: write it to a file and give that to a client. */
export function ionApiOf(url: string, options: OAuthOptions): IonApi {
	return {
		ti: options.tenant,
		cn: options.appName,
		dt: "12",
		ci: options.clientId,
		cs: options.clientSecret,
		iu: url,
		pu: `${url}/${options.tenant}/as/`,
		oa: "authorization.oauth2",
		ot: "token.oauth2",
		or: "revoke_token.oauth2",
		ev: "SANDBOX",
		v: "1.0",
		saak: options.accessKey,
		sask: options.secretKey,
	};
}
