import type { ClientBook } from "./book.ts";
import type { RateLimiter } from "./rate-limit.ts";
import type { PowerOfficeSwitches } from "./switches.ts";
import type { TokenStore } from "./tokens.ts";

/** The sandbox's source of time. */
export type SandboxClock = {
	/** UTC milliseconds. */
	nowMs(): number;
};

/** Everything that a running sandbox answers from. */
export type World = {
	readonly applicationKey: string;
	readonly subscriptionKeys: readonly string[];
	readonly books: readonly ClientBook[];
	readonly tokens: TokenStore;
	readonly rateLimiter: RateLimiter;
	readonly clock: SandboxClock;
	readonly newGuid: () => string;
	readonly tokenLifetimeS: number;
	/** "" in production, "/Demo" in the demo environment (section 1.1). */
	readonly pathPrefix: string;
	switches: PowerOfficeSwitches;
};

/** A request as it came off the wire. */
export type SandboxRequest = {
	readonly method: string;
	readonly url: URL;
	/** A header's value, or null. */
	readonly header: (name: string) => string | null;
	readonly body: string;
};
