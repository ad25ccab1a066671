import type { M3Config } from "../../config/schema/relay-config.ts";
import type { Clock, Timers } from "../../runtime/contract/clock.ts";
import { createM3Client, type M3Client } from "./client.ts";
import { cloudBaseUrl, parseIonApi } from "./ionapi.ts";
import { basicSignIn, ionApiSignIn } from "./sign-in.ts";

/** What a client of M3 is opened with. */
export interface OpenM3Parts {
	readonly m3: Pick<M3Config, "access" | "requestTimeoutMs">;
	/** Content of the file that `access` names: the .ionapi file, or the password file. */
	readonly secret: string;
	readonly clock: Clock;
	readonly timers: Timers;
}

/** The file that holds what the sign-in needs: read it, and give its content to {@link openM3Client}. */
export const secretFileOf = ({ access }: Pick<M3Config, "access">): string =>
	access.kind === "ionapi" ? access.ionapiFile : access.passwordFile;

/** A client of the configured tenant. Throws RELAY-2306 for a bad .ionapi file. Sends nothing yet. */
export const openM3Client = ({ m3, secret, clock, timers }: OpenM3Parts): M3Client => {
	const { access, requestTimeoutMs: timeoutMs } = m3;
	if (access.kind === "basic") {
		const signIn = basicSignIn(access.user, secret.replace(/\r?\n$/, ""));
		return createM3Client({ baseUrl: access.baseUrl, signIn, timeoutMs, timers });
	}
	const ionapi = parseIonApi(secret);
	const signIn = ionApiSignIn(ionapi, clock, timers, timeoutMs);
	return createM3Client({ baseUrl: cloudBaseUrl(ionapi), signIn, timeoutMs, timers });
};
