import { randomUUID } from "node:crypto";
import { once } from "node:events";
import type { Server } from "node:http";
import { ADMIN_PATH } from "./admin.ts";
import { apiPath, tokenPath } from "./api.ts";
import { type ClientBook, openBook } from "./book.ts";
import type { PowerOfficeClientSpec } from "./client-spec.ts";
import { powerOfficeClient } from "./default-client.ts";
import { createFaultScript, type FaultRule } from "./faults.ts";
import { createSandboxServer } from "./http-server.ts";
import { bookOpenInvoice } from "./open-invoice.ts";
import { createRateLimiter } from "./rate-limit.ts";
import { createRequestLog, type LoggedRequest } from "./request-log.ts";
import { DEFAULT_SWITCHES, type PowerOfficeSwitches } from "./switches.ts";
import { createTokenStore } from "./tokens.ts";
import type { SandboxClock, World } from "./world.ts";

/** How to start a sandbox; everything has a default. */
export type PowerOfficeSandboxOptions = {
	/** Default 0: any free port. */
	readonly port?: number;
	/** The integration's key, the client_id of the token call (section 1.2). */
	readonly applicationKey?: string;
	/** Keys of the developer portal, hex without dashes (section 1.2); each has its own rate limit. */
	readonly subscriptionKeys?: readonly [string, ...string[]];
	/** The Go clients (legal entities). Default: the restaurant of the point-of-sale page. */
	readonly clients?: readonly PowerOfficeClientSpec[];
	/** Default 1200 seconds (section 1.2). */
	readonly tokenLifetimeS?: number;
	/** Where the paths begin (section 1.1): "/v2", or "/Demo/v2". Default production. */
	readonly environment?: "production" | "demo";
	readonly switches?: Partial<PowerOfficeSwitches>;
	/** Default: the system's time. */
	readonly clock?: SandboxClock;
	/** Where voucher ids come from; lower-case GUIDs. Default: random. */
	readonly newGuid?: () => string;
};

/** A Go client as a test needs to know it: what stands in the client's settings, no ids. */
export type PowerOfficeSandboxClient = {
	readonly clientKey: string;
	readonly clientId: string;
	readonly clientName: string;
};

/** A running sandbox. */
export type PowerOfficeSandbox = {
	/** The API's base, `http://127.0.0.1:<port>/v2`. */
	readonly url: string;
	/** The token endpoint, `http://127.0.0.1:<port>/OAuth/Token`. */
	readonly tokenUrl: string;
	/** The controls, `http://127.0.0.1:<port>/admin`. */
	readonly adminUrl: string;
	readonly port: number;
	readonly applicationKey: string;
	/** The first of the subscription keys. */
	readonly subscriptionKey: string;
	readonly clients: readonly PowerOfficeSandboxClient[];
	/** Adds a line to the fault script, like `POST /admin/faults`. */
	addFault(rule: FaultRule): void;
	/** Forgets the fault script. */
	clearFaults(): void;
	/** The requests so far, oldest first, without those to the controls. */
	requests(): readonly LoggedRequest[];
	/** Moves switches while running. */
	setSwitches(switches: Partial<PowerOfficeSwitches>): void;
	/** What an accountant does in Go: locks the books up to and including a date, or opens them with null. */
	setLockDate(clientKey: string, lockDate: string | null): void;
	/** What PowerOffice does for an integration: replaces the roles; shows in new tokens only (section 1.2). */
	setPrivileges(clientKey: string, privileges: readonly string[]): void;
	/** Stops listening and ends every connection, held ones too. */
	close(): Promise<void>;
};

const DEFAULT_APPLICATION_KEY = "sandbox-application-key";
const DEFAULT_SUBSCRIPTION_KEY = "5a9db0c5a9db0c5a9db0c5a9db0c5a9d";
const DEFAULT_TOKEN_LIFETIME_S = 1200;

/**
 * Starts a stand-in for PowerOffice Go's API v2 on 127.0.0.1. It refuses by the rules of the reference and offers
 * nothing that the real system lacks; what the reference leaves open is a switch. All state is in memory. Rejects when
 * the port is taken; throws `RangeError` when a client's description contradicts itself.
 */
export async function startPowerOfficeSandbox(options: PowerOfficeSandboxOptions = {}): Promise<PowerOfficeSandbox> {
	const world = openWorld(options);
	const faults = createFaultScript();
	const log = createRequestLog();
	const server = createSandboxServer(world, faults, log);
	server.listen(options.port ?? 0, "127.0.0.1");
	await once(server, "listening");
	const port = portOf(server);
	const origin = `http://127.0.0.1:${port}`;
	return {
		url: `${origin}${apiPath(world)}`,
		tokenUrl: `${origin}${tokenPath(world)}`,
		adminUrl: `${origin}${ADMIN_PATH}`,
		port,
		applicationKey: world.applicationKey,
		subscriptionKey: world.subscriptionKeys[0] ?? DEFAULT_SUBSCRIPTION_KEY,
		clients: world.books.map(({ clientKey, clientId, clientName }) => ({ clientKey, clientId, clientName })),
		addFault: faults.add,
		clearFaults: faults.clear,
		requests: log.all,
		setSwitches: (switches) => {
			world.switches = { ...world.switches, ...switches };
		},
		setLockDate: (clientKey, lockDate) => {
			bookOf(world, clientKey).lockDate = lockDate;
		},
		setPrivileges: (clientKey, privileges) => {
			bookOf(world, clientKey).privileges = privileges;
		},
		close: () => closeServer(server),
	};
}

function openWorld(options: PowerOfficeSandboxOptions): World {
	const clock = options.clock ?? { nowMs: () => Date.now() };
	const newGuid = options.newGuid ?? randomUUID;
	const switches = { ...DEFAULT_SWITCHES, ...options.switches };
	const nowMs = clock.nowMs();
	const specs = options.clients ?? [powerOfficeClient()];
	const books = specs.map((spec, index) => {
		const book = openBook(spec, index, nowMs);
		for (const invoice of spec.openInvoices) bookOpenInvoice(invoice, { book, switches, nowMs, newGuid });
		return book;
	});
	return {
		applicationKey: options.applicationKey ?? DEFAULT_APPLICATION_KEY,
		subscriptionKeys: options.subscriptionKeys ?? [DEFAULT_SUBSCRIPTION_KEY],
		books,
		tokens: createTokenStore(),
		rateLimiter: createRateLimiter(),
		clock,
		newGuid,
		tokenLifetimeS: options.tokenLifetimeS ?? DEFAULT_TOKEN_LIFETIME_S,
		pathPrefix: options.environment === "demo" ? "/Demo" : "",
		switches,
	};
}

function bookOf(world: World, clientKey: string): ClientBook {
	const book = world.books.find((candidate) => candidate.clientKey === clientKey);
	if (book === undefined) throw new RangeError("there is no client with this key");
	return book;
}

function portOf(server: Server): number {
	const address = server.address();
	if (address === null || typeof address === "string") throw new TypeError("the server has no TCP address");
	return address.port;
}

async function closeServer(server: Server): Promise<void> {
	const closed = once(server, "close");
	server.close();
	server.closeAllConnections();
	await closed;
}
