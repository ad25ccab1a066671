import { BatchQueue } from "./batch-queue.ts";
import type { Executor } from "./execute/executor.ts";
import type { FaultRule } from "./faults/fault.ts";
import { FaultScript } from "./faults/fault-script.ts";
import { answerAdmin, prefixedRows } from "./http/admin.ts";
import { M3HttpServer } from "./http/m3-http-server.ts";
import { type RateLimit, RateLimiter } from "./http/rate-limit.ts";
import { basicCredentials, DEFAULT_OAUTH, type OAuthOptions, TokenService } from "./http/token-service.ts";
import { type IonApi, ionApiOf } from "./ionapi.ts";
import { DEFAULT_MASTER_DATA } from "./master-data/default-master-data.ts";
import type { MasterData } from "./master-data/master-data.ts";
import { type UpdateInterfaces, type UpdateReport, updateTickets } from "./posting/ops280.ts";
import { runTransaction } from "./programs/run-transaction.ts";
import { type LoggedRequest, RequestLog } from "./request-log.ts";
import { addMasterData, createState } from "./state.ts";
import { DEFAULT_SWITCHES, type M3Switches } from "./switches.ts";
import type { Row, Table } from "./tables/table.ts";
import type { TableName } from "./tables/tables.ts";

/** How a stand-in is started. Everything has a default. */
export interface M3SandboxOptions {
	/** Port on 127.0.0.1; 0, the default, takes a free one. */
	readonly port?: number;
	/** Positions of the switches that differ from DEFAULT_SWITCHES. */
	readonly switches?: Partial<M3Switches>;
	/** Master data beside DEFAULT_MASTER_DATA; a record with the key of a default one replaces it, stock is added. */
	readonly masterData?: Partial<MasterData>;
	/** The authorized app, where it differs from DEFAULT_OAUTH. */
	readonly oauth?: Partial<OAuthOptions>;
	/** Throttling of the gateway; none when left out. */
	readonly rateLimit?: RateLimit;
	/** Clock in milliseconds since 1970, for token lifetimes, throttling and server time; the machine's when left out. */
	readonly now?: () => number;
}

/** A running stand-in. */
export interface M3Sandbox {
	/** `http://127.0.0.1:<port>`; the on-premises base is `${url}/m3api-rest`. */
	readonly url: string;
	/** Content of the .ionapi file of this stand-in. */
	readonly ionapi: IonApi;
	/** User and password for the on-premises address. */
	readonly basicUser: { readonly user: string; readonly password: string };
	/** Scripts faults, in order. */
	addFaults(...rules: readonly FaultRule[]): void;
	clearFaults(): void;
	/** Faults that have not hit yet. */
	pendingFaults(): readonly FaultRule[];
	/** Every request but those to /admin. */
	requests(): readonly LoggedRequest[];
	/** OPS280 'POS Sales Ticket. Update', as the M3 administrator starts it, over all of OPSALE. */
	runOps280(interfaces: UpdateInterfaces): UpdateReport;
	/** What the administrator does in MMS001, CRS076 and the like while the stand-in runs. Throws on bad opening stock. */
	addMasterData(data: Partial<MasterData>): void;
	/** Runs the batch jobs that wait (switch batchCompletion "async"). */
	finishBatches(): void;
	/** A table's rows, columns with prefix, as EXPORTMI would read them. */
	rows(table: TableName): readonly Row[];
	/** Stops it and forgets everything. */
	close(): Promise<void>;
}

/** Starts a stand-in for M3's m3api-rest on loopback, in memory. Rejects when the port is taken. */
export async function startM3Sandbox(options: M3SandboxOptions = {}): Promise<M3Sandbox> {
	const now = options.now ?? Date.now;
	const switches: M3Switches = { ...DEFAULT_SWITCHES, ...options.switches };
	const oauth: OAuthOptions = { ...DEFAULT_OAUTH, ...options.oauth };
	const state = createState(switches, now);
	addMasterData(state, DEFAULT_MASTER_DATA);
	addMasterData(state, options.masterData ?? {});
	const faults = new FaultScript();
	const log = new RequestLog();
	const batches = new BatchQueue();
	const tables: ReadonlyMap<string, Table> = new Map(Object.entries(state.tables));
	const actions = {
		requests: () => log.entries(),
		runOps280: (interfaces: UpdateInterfaces) => updateTickets(state, state.tables.OPSALE.rows, interfaces),
		addMasterData: (data: Partial<MasterData>) => addMasterData(state, data),
		finishBatches: () => batches.finish(),
	};
	const executorOf = (usid: string): Executor | undefined => {
		const user = state.book.user(usid);
		if (user === undefined) return undefined;
		const session = { usid, cono: user.cono, divi: user.divi };
		return { switches, session, run: (call) => runTransaction(state, batches, call) };
	};
	const server = new M3HttpServer({
		tenant: oauth.tenant,
		tokens: new TokenService(oauth, now),
		faults,
		log,
		rateLimiter: options.rateLimit === undefined ? undefined : new RateLimiter(options.rateLimit, now),
		now,
		basicUserOf: (authorization) => {
			const credentials = basicCredentials(authorization);
			const user = credentials && state.book.user(credentials.user);
			return user !== undefined && user.password === credentials?.password ? user.usid : undefined;
		},
		executorOf,
		admin: (method, tail, body) => answerAdmin({ faults, tables, ...actions }, method, tail, body),
	});
	const url = await server.listen(options.port ?? 0);
	return {
		url,
		ionapi: ionApiOf(url, oauth),
		basicUser: { user: oauth.usid, password: state.book.user(oauth.usid)?.password ?? "" },
		...actions,
		addFaults: (...rules) => faults.add(...rules),
		clearFaults: () => faults.clear(),
		pendingFaults: () => faults.pending(),
		rows: (table) => prefixedRows(state.tables[table]),
		close: async () => {
			batches.discard();
			await server.close();
		},
	};
}
