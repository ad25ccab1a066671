import type { M3Sandbox } from "../../src/sandbox/m3/m3-sandbox.ts";
import type { PowerOfficeSandbox } from "../../src/sandbox/power-office/sandbox.ts";

/** A row of an M3 table, by column name. */
export type M3Row = Readonly<Record<string, string>>;

/** Columns that are read of each table. */
const TABLES = {
	OPSALE: [
		"OPORNO",
		"OPDLIX",
		"OPPONR",
		"OPXRCD",
		"OPITNO",
		"OPIVQA",
		"OPALUN",
		"OPPYCD",
		"OPFVT1",
		"OPCUAM",
		"OPWHLO",
	],
	FGLEDG: ["EGEVEN", "EGACTY", "EGBOPC", "EGACAM", "EGVTXT", "EGJSNO"],
	MITBAL: ["MBWHLO", "MBITNO", "MBSTQT"],
	MITTRA: ["MTWHLO", "MTITNO", "MTRIDN", "MTTRQT"],
	MITSTA: ["MHWHLO", "MHITNO", "MHSOQT"],
	OSBSTD: ["UCORNO", "UCITNO", "UCIVQT", "UCSAAM"],
} as const;

/** A table of M3 that can be read. */
export type M3Table = keyof typeof TABLES;

/** What a person needs to sign in to M3 with a service account. */
interface TokenAnswer {
	readonly access_token: string;
}

/** Reads M3's tables as an M3 user would: EXPORTMI over m3api-rest. */
export class M3Books {
	readonly #sandbox: M3Sandbox;
	#token: string | undefined;

	constructor(sandbox: M3Sandbox) {
		this.#sandbox = sandbox;
	}

	async read(table: M3Table): Promise<M3Row[]> {
		const columns = TABLES[table];
		const { iu, ti } = this.#sandbox.ionapi;
		const query = new URLSearchParams({
			SEPC: ";",
			HDRS: "0",
			QERY: `${columns.join(",")} from ${table}`,
			maxrecs: "0",
		});
		const response = await fetch(`${iu}/${ti}/M3/m3api-rest/v2/execute/EXPORTMI/Select?${query}`, {
			headers: { authorization: `Bearer ${await this.#signIn()}` },
		});
		const text = await response.text();
		if (!response.ok) throw new Error(`EXPORTMI ${table}: ${response.status} ${text}`);
		const body = JSON.parse(text) as {
			readonly results: readonly { readonly records?: readonly { readonly REPL: string }[] }[];
		};
		return (body.results[0]?.records ?? []).map(({ REPL }) => {
			const values = REPL.split(";");
			return Object.fromEntries(columns.map((column, index) => [column, (values[index] ?? "").trim()]));
		});
	}

	/** OPS280, as the M3 administrator starts it. */
	async runOps280(): Promise<void> {
		const response = await fetch(`${this.#sandbox.url}/admin/ops280`, {
			method: "POST",
			headers: { "content-type": "application/json" },
			body: JSON.stringify({ inventory: true, salesStatistics: true, financial: true }),
		});
		if (!response.ok) throw new Error(`OPS280: ${response.status} ${await response.text()}`);
	}

	async #signIn(): Promise<string> {
		if (this.#token !== undefined) return this.#token;
		const { pu, ot, saak, sask, ci, cs } = this.#sandbox.ionapi;
		const response = await fetch(`${pu}${ot}`, {
			method: "POST",
			body: new URLSearchParams({
				grant_type: "password",
				username: saak,
				password: sask,
				client_id: ci,
				client_secret: cs,
			}),
		});
		if (!response.ok) throw new Error(`M3 sign-in: ${response.status}`);
		this.#token = ((await response.json()) as TokenAnswer).access_token;
		return this.#token;
	}
}

/** A number of a JSON answer as the text it was written in: no floating point on the way. */
export interface ExactNumber {
	readonly source: string;
}

/** A line of a voucher as PowerOffice holds it. */
export interface BookedLine {
	readonly AccountId: ExactNumber;
	readonly VatId: ExactNumber;
	readonly CurrencyAmount: ExactNumber;
	readonly Description: string | null;
}

/** A cash voucher as PowerOffice holds it. */
export interface BookedVoucher {
	readonly Id: string;
	readonly VoucherNo: ExactNumber | null;
	readonly VoucherDate: string;
	readonly ExternalImportReference: string | null;
	readonly ImportedVoucherNo: ExactNumber | null;
	readonly SaftBatchId: string | null;
	readonly VoucherLines: readonly BookedLine[];
}

interface Account {
	readonly Id: ExactNumber;
	readonly AccountNo: ExactNumber;
	readonly Name: string;
}

interface VatCode {
	readonly Id: ExactNumber;
	readonly Code: string;
}

/** Reads PowerOffice Go as the client's integration: vouchers by the account transactions they left, accounts, VAT codes. */
export class PowerOfficeBooks {
	readonly #sandbox: PowerOfficeSandbox;
	readonly #clientKey: string;
	#token: string | undefined;

	constructor(sandbox: PowerOfficeSandbox, clientKey: string) {
		this.#sandbox = sandbox;
		this.#clientKey = clientKey;
	}

	/** Account numbers and names by id. */
	async accounts(): Promise<ReadonlyMap<string, { readonly accountNo: string; readonly name: string }>> {
		const accounts = await this.#get<Account[]>("/GeneralLedgerAccounts");
		return new Map(accounts.map((a) => [a.Id.source, { accountNo: a.AccountNo.source, name: a.Name }]));
	}

	/** VAT codes by id. */
	async vatCodes(): Promise<ReadonlyMap<string, string>> {
		return new Map((await this.#get<VatCode[]>("/VatCodes")).map((v) => [v.Id.source, v.Code]));
	}

	/** Rows of the general ledger that cash vouchers left in a range of dates. */
	transactions(fromDate: string, toDate: string): Promise<Readonly<Record<string, unknown>>[]> {
		return this.#get(`/AccountTransactions?fromDate=${fromDate}&toDate=${toDate}&voucherTypes=CashJournal`);
	}

	voucher(id: string): Promise<BookedVoucher> {
		return this.#get(`/Vouchers/CashJournals/${id}`);
	}

	async #get<T>(path: string): Promise<T> {
		const { url, subscriptionKey } = this.#sandbox;
		const response = await fetchInTurn(`${url}${path}`, {
			headers: { authorization: `Bearer ${await this.#signIn()}`, "ocp-apim-subscription-key": subscriptionKey },
		});
		const text = await response.text();
		if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
		return (text === "" ? [] : parseExact(text)) as T;
	}

	async #signIn(): Promise<string> {
		if (this.#token !== undefined) return this.#token;
		const { tokenUrl, applicationKey, subscriptionKey } = this.#sandbox;
		const response = await fetchInTurn(tokenUrl, {
			method: "POST",
			headers: {
				authorization: `Basic ${Buffer.from(`${applicationKey}:${this.#clientKey}`).toString("base64")}`,
				"ocp-apim-subscription-key": subscriptionKey,
			},
			body: new URLSearchParams({ grant_type: "client_credentials" }),
		});
		if (!response.ok) throw new Error(`PowerOffice sign-in: ${response.status}`);
		this.#token = ((await response.json()) as TokenAnswer).access_token;
		return this.#token;
	}
}

/** The calls of a subscription key are limited by the second, and the relay uses the same key: one too many is made again. */
const fetchInTurn = async (url: string, request: RequestInit): Promise<Response> => {
	const response = await fetch(url, request);
	if (response.status !== 429) return response;
	await new Promise((resolve) => setTimeout(resolve, 1_000));
	return fetchInTurn(url, request);
};

/** JSON with every number kept as the text it was written in. */
const parseExact = (text: string): unknown => {
	// The third argument of a reviver is in Node 24 and not yet in TypeScript's library.
	const revive = (_key: string, value: unknown, context?: { readonly source?: string }): unknown =>
		typeof value === "number" && context?.source !== undefined ? { source: context.source } : value;
	return JSON.parse(text, revive as (key: string, value: unknown) => unknown);
};
