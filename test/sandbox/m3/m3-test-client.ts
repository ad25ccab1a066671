import { expect, onTestFinished } from "vitest";
import { type M3Sandbox, type M3SandboxOptions, startM3Sandbox } from "../../../src/sandbox/m3/m3-sandbox.ts";

export type Fields = Readonly<Record<string, string>>;

/** A v2 answer as a client reads it. */
export interface Answer {
	readonly status: number;
	readonly results: readonly {
		readonly transaction: string;
		readonly records?: readonly Fields[];
		readonly parameters?: Fields;
		readonly errorMessage?: string;
		readonly errorCode?: string;
		readonly errorField?: string;
		readonly errorType?: string;
		readonly notProcessed?: boolean;
	}[];
	readonly wasTerminated: boolean;
	readonly terminationReason?: string;
	readonly nrOfSuccessfullTransactions: number;
	readonly nrOfFailedTransactions: number;
	readonly nrOfNotProcessedTransactions?: number;
}

export interface BulkTransaction {
	readonly transaction: string;
	readonly record: Fields;
	readonly selectedColumns?: readonly string[];
}

/** A stand-in with a client that is logged on; both end with the test. */
export interface Tenant {
	readonly sandbox: M3Sandbox;
	readonly base: string;
	readonly headers: Readonly<Record<string, string>>;
	/** Single GET; `tail` is `PROGRAM/Transaction` with matrix parameters, if any. */
	get(tail: string, fields?: Fields): Promise<Answer>;
	bulk(
		program: string,
		transactions: readonly BulkTransaction[],
		more?: Readonly<Record<string, unknown>>,
	): Promise<Answer>;
	/** POSTs a body as it stands to the bulk address. */
	post(body: string, contentType?: string): Promise<Response>;
	/** A new round number. */
	newRound(): Promise<string>;
	/** Uploads rows into a new round, expects every one to be taken, and returns the round. */
	upload(...rows: readonly Fields[]): Promise<string>;
	/** BchPrcRound over a round. */
	process(itrn: string, more?: Fields): Promise<Answer>;
	/** EXPORTMI Select; the REPL values. */
	select(query: string, more?: Fields): Promise<readonly string[]>;
}

export async function startSandbox(options: M3SandboxOptions = {}): Promise<M3Sandbox> {
	const sandbox = await startM3Sandbox(options);
	onTestFinished(() => sandbox.close());
	return sandbox;
}

export async function startTenant(options: M3SandboxOptions = {}): Promise<Tenant> {
	const sandbox = await startSandbox(options);
	const { ionapi } = sandbox;
	const headers = { authorization: `Bearer ${await fetchToken(sandbox)}` };
	const base = `${ionapi.iu}/${ionapi.ti}/M3/m3api-rest/v2/execute`;
	const post = (body: string, contentType = "application/json"): Promise<Response> =>
		fetch(base, { method: "POST", headers: { ...headers, "content-type": contentType }, body });
	const tenant: Tenant = {
		sandbox,
		base,
		headers,
		post,
		get: async (tail, fields = {}) =>
			readAnswer(await fetch(`${base}/${tail}?${new URLSearchParams(fields)}`, { headers })),
		bulk: async (program, transactions, more = {}) =>
			readAnswer(await post(JSON.stringify({ program, cono: 100, divi: "AAA", ...more, transactions }))),
		newRound: async () => {
			const answer = await tenant.get("OPS270MI/AddRoundNumber", { CONO: "100" });
			return answer.results[0]?.records?.[0]?.["ITRN"] ?? "";
		},
		upload: async (...rows) => {
			const ITRN = await tenant.newRound();
			const answer = await tenant.bulk(
				"OPS270MI",
				rows.map((row) => addRow({ ...row, ITRN })),
			);
			expect(answer.results.filter((result) => result.errorType !== undefined)).toEqual([]);
			return ITRN;
		},
		process: (ITRN, more = {}) =>
			tenant.get("OPS270MI/BchPrcRound", { ITRN, CONO: "100", DIVI: "AAA", ACDT: "20260105", ...more }),
		select: async (QERY, more = {}) => {
			const answer = await tenant.get("EXPORTMI/Select;maxrecs=0", { QERY, SEPC: ";", HDRS: "0", ...more });
			expect(answer.status).toBe(200);
			return (answer.results[0]?.records ?? []).map((record) => record["REPL"] ?? "");
		},
	};
	return tenant;
}

export async function fetchToken({ ionapi }: M3Sandbox): Promise<string> {
	const form = { grant_type: "password", username: ionapi.saak, password: ionapi.sask };
	const body = new URLSearchParams({ ...form, client_id: ionapi.ci, client_secret: ionapi.cs });
	const response = await fetch(ionapi.pu + ionapi.ot, { method: "POST", body });
	const { access_token: token } = JSON.parse(await response.text());
	return String(token);
}

export async function readAnswer(response: Response): Promise<Answer> {
	return { ...JSON.parse(await response.text()), status: response.status };
}

/** The transaction that uploads a row: payments are the record types that end in 90. */
export function addRow(record: Fields): BulkTransaction {
	const payment = record["XRCD"]?.endsWith("90") === true;
	return { transaction: payment ? "AddSlsTicketPay" : "AddSlsTicketLin", record };
}

const COMMON: Fields = {
	CONO: "100",
	DIVI: "AAA",
	WHLO: "001",
	ORNO: "T1000001",
	DLIX: "1",
	POSX: "00",
	CUCD: "NOK",
	TRDT: "20260105",
	TRTM: "093000",
};

/** A ticket line of the cash sales document: Item A, 79.96 net and 19.99 VAT. */
export function saleLine(changes: Fields = {}): Fields {
	const goods = { ITNO: "Item A", ALUN: "Pcs", IVQA: "1", CUAM: "79.96", FVT1: "19.99", VTCD: "25" };
	return { ...COMMON, XRCD: "1000", PONR: "1", ...goods, ...changes };
}

/** A payment row. */
export function payment(PYCD: string, CUAM: string, PONR: string, changes: Fields = {}): Fields {
	return { ...COMMON, XRCD: "1990", PONR, PYCD, CUAM, ...changes };
}

/** The ticket of the cash sales document: line, Master Card, cash back, rounding. */
export function goldenTicket(changes: Fields = {}): readonly Fields[] {
	return [
		saleLine(changes),
		payment("MC", "500.00", "2", changes),
		payment("CSH", "-400.00", "3", changes),
		payment("RND", "-0.05", "4", changes),
	];
}

/** OXSALE status and message of each row of the tenant. */
export function oxsale(tenant: Tenant): readonly string[] {
	return tenant.sandbox.rows("OXSALE").map((row) => `${row["OXSTAT"]} ${row["OXMSGD"]}`.trim());
}

/** The ledger as `event type amount bank operation`. */
export function ledger(tenant: Tenant): readonly string[] {
	const rows = tenant.sandbox.rows("FGLEDG");
	return rows.map((row) => `${row["EGEVEN"]} ${row["EGACTY"]} ${row["EGCUAM"]} ${row["EGBOPC"]}`.trim());
}
