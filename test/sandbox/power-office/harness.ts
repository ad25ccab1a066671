import { onTestFinished } from "vitest";
import { exactNumber, type JsonObjectOut, type JsonOut, writeJson } from "../../../src/sandbox/power-office/json.ts";
import {
	type PowerOfficeSandbox,
	type PowerOfficeSandboxOptions,
	startPowerOfficeSandbox,
} from "../../../src/sandbox/power-office/sandbox.ts";

/** Friday 14 March 2025, 23:00 UTC. */
const FRIDAY_NIGHT_MS = Date.UTC(2025, 2, 14, 23);
export const FRIDAY = "2025-03-14";

/** An answer whose JSON numbers are their exact text. */
export type Reply = {
	readonly status: number;
	readonly headers: Headers;
	readonly text: string;
	/** The body as an object, with numbers as text. */
	readonly object: { readonly [name: string]: unknown };
	/** The body as a list of objects; empty for 204. */
	readonly list: readonly { readonly [name: string]: unknown }[];
};

/** A client of the sandbox for tests: real HTTP, its own token, ids resolved by number and code. */
export type TestClient = {
	get(path: string): Promise<Reply>;
	post(path: string, body: JsonObjectOut | string): Promise<Reply>;
	/** A(n) of the reference's examples: the id of account n. */
	account(accountNo: number): Promise<bigint>;
	/** V(c): the id of VAT code c. */
	vat(code: string): Promise<bigint>;
	/** S(customer): the sub-ledger account's id. */
	subledger(customerNumber: number): Promise<bigint>;
};

export type TestRun = {
	readonly sandbox: PowerOfficeSandbox;
	readonly go: TestClient;
	/** Moves the injected clock. */
	pass(ms: number): void;
};

/** Starts a sandbox on a manual clock without rate limit (unless asked) and a client with a token. */
export async function startRun(options: PowerOfficeSandboxOptions = {}): Promise<TestRun> {
	let nowMs = FRIDAY_NIGHT_MS;
	const sandbox = await startPowerOfficeSandbox({
		clock: { nowMs: () => nowMs },
		...options,
		switches: { callsPerSecond: null, ...options.switches },
	});
	onTestFinished(() => sandbox.close());
	const go = await connect(sandbox);
	return {
		sandbox,
		go,
		pass: (ms) => {
			nowMs += ms;
		},
	};
}

/** Asks for a token, with parts of the request replaced. */
export async function askToken(
	sandbox: PowerOfficeSandbox,
	changes: { readonly clientKey?: string; readonly headers?: Record<string, string>; readonly body?: string } = {},
): Promise<Reply> {
	const clientKey = changes.clientKey ?? sandbox.clients[0]?.clientKey ?? "";
	const basic = Buffer.from(`${sandbox.applicationKey}:${clientKey}`).toString("base64");
	const headers = new Headers({
		authorization: `Basic ${basic}`,
		"content-type": "application/x-www-form-urlencoded",
		"ocp-apim-subscription-key": sandbox.subscriptionKey,
	});
	for (const [name, value] of Object.entries(changes.headers ?? {})) {
		if (value === "") headers.delete(name);
		else headers.set(name, value);
	}
	const body = changes.body ?? "grant_type=client_credentials";
	return readReply(await fetch(sandbox.tokenUrl, { method: "POST", headers, body }));
}

/** A test client with a fresh token of the client with this key. */
export async function connect(sandbox: PowerOfficeSandbox, clientKey?: string): Promise<TestClient> {
	const reply = await askToken(sandbox, clientKey === undefined ? {} : { clientKey });
	const token = String(reply.object["access_token"]);
	const call = (method: string, path: string, body?: string) => send(sandbox, token, method, path, body);
	const get = (path: string) => call("GET", path);
	const idOf = async (path: string, isIt: (item: Reply["list"][number]) => boolean, name = "Id") => {
		const found = (await get(path)).list.find(isIt);
		if (found === undefined) throw new Error(`nothing found at ${path}`);
		return BigInt(String(found[name]));
	};
	return {
		get,
		post: (path, body) => call("POST", path, typeof body === "string" ? body : writeJson(body)),
		account: (no) => idOf(`/GeneralLedgerAccounts?accountNos=${no}`, () => true),
		vat: (code) => idOf("/VatCodes", (item) => item["Code"] === code),
		subledger: (no) => idOf(`/Customers?customerNos=${no}`, () => true, "SubledgerAccountId"),
	};
}

/** One call with a token and the subscription key. */
export async function send(
	sandbox: PowerOfficeSandbox,
	token: string,
	method: string,
	path: string,
	body?: string,
	headers: Record<string, string> = {},
): Promise<Reply> {
	const response = await fetch(`${sandbox.url}${path}`, {
		method,
		headers: {
			authorization: `Bearer ${token}`,
			"ocp-apim-subscription-key": sandbox.subscriptionKey,
			...(body === undefined ? {} : { "content-type": "application/json" }),
			...headers,
		},
		...(body === undefined ? {} : { body }),
	});
	return readReply(response);
}

/** A voucher line with an exact amount. */
export async function line(
	go: TestClient,
	accountNo: number,
	code: string,
	amount: string,
	more: { readonly [name: string]: JsonOut } = {},
): Promise<JsonObjectOut> {
	return {
		AccountId: await go.account(accountNo),
		VatId: await go.vat(code),
		CurrencyAmount: exactNumber(amount),
		PostingDate: FRIDAY,
		...more,
	};
}

/** A voucher with these lines. */
export function voucher(
	lines: readonly JsonObjectOut[],
	more: { readonly [name: string]: JsonOut } = {},
): JsonObjectOut {
	return { VoucherDate: FRIDAY, CurrencyCode: "NOK", VoucherLines: lines, ...more };
}

/** The smallest sale: 125.00 in cash for food, 25 % VAT. */
export async function smallSale(
	go: TestClient,
	more: { readonly [name: string]: JsonOut } = {},
): Promise<JsonObjectOut> {
	return voucher([await line(go, 1901, "0", "125.00"), await line(go, 3000, "3", "-125.00")], more);
}

/** The SEED's Friday night, 18 650 NOK (poweroffice.md section 5.1). */
export async function fridayNight(go: TestClient): Promise<JsonObjectOut> {
	const lines = [
		await line(go, 1901, "0", "5000.00", { Description: "Cash" }),
		await line(go, 1910, "0", "13650.00", { Description: "Visa" }),
		await line(go, 3000, "3", "-12500.00", { Description: "In house food" }),
		await line(go, 3001, "31", "-1150.00", { Description: "Take-away food" }),
		await line(go, 3002, "3", "-2500.00", { Description: "Beer" }),
		await line(go, 3003, "3", "-2500.00", { Description: "Soda" }),
	];
	return voucher(lines, {
		Description: "Z 1042 till 1",
		ExternalImportReference: "3f0e9a4c-7a5d-5b0e-8d3b-0c1f5d1f1042",
		ImportedVoucherNo: 1042n,
		SaftSourceId: "TILL-OSL-1",
		SaftBatchId: "OSL-1-Z1042",
	});
}

/** The transactions posted that Friday. */
export async function transactions(go: TestClient, filters = ""): Promise<Reply["list"]> {
	return (await go.get(`/AccountTransactions?fromDate=${FRIDAY}&toDate=${FRIDAY}${filters}`)).list;
}

async function readReply(response: Response): Promise<Reply> {
	const text = await response.text();
	const parsed: unknown = isJson(response) && text !== "" ? parseExact(text) : null;
	return {
		status: response.status,
		headers: response.headers,
		text,
		object: parsed !== null && !Array.isArray(parsed) ? (parsed as Reply["object"]) : {},
		list: Array.isArray(parsed) ? parsed : [],
	};
}

function isJson(response: Response): boolean {
	return /json/.test(response.headers.get("content-type") ?? "");
}

function parseExact(text: string): unknown {
	const asText = (_name: string, value: unknown, context?: { readonly source?: string }) =>
		typeof value === "number" ? (context?.source ?? String(value)) : value;
	return JSON.parse(text, asText);
}
