import { randomUUID } from "node:crypto";
import { type HttpAnswer, json } from "../http/http-answer.ts";
import type { M3Switches } from "../switches.ts";
import { type Executor, executeOne, type RequestedTransaction } from "./executor.ts";
import { type MiResult, summarize } from "./response.ts";
import type { BadRequest, ExecuteSettings } from "./settings.ts";
import { badRequest } from "./single-request.ts";

/** A bulk request, read: one program, its transactions, and how each is to be answered. */
interface BulkRequest {
	readonly program: string;
	readonly transactions: readonly { readonly requested: RequestedTransaction; readonly settings: ExecuteSettings }[];
}

/** Properties of a bulk and of its transactions (m3.md section 4, "Bulk"). */
const PROPERTIES = ["program", "cono", "divi", "excludeEmptyValues", "rightTrim", "maxReturnedRecords", "transactions"];
const TRANSACTION_PROPERTIES = ["transaction", "record", "selectedColumns"];

/** Reads a bulk body. Strict: unknown properties and values that are no strings are refused ("send numbers as strings"). */
function readBulk(body: string, switches: M3Switches): BulkRequest | BadRequest {
	const parsed = parseJson(body);
	if (!isObject(parsed)) return { badRequest: "the body is not a JSON object" };
	const unknown = Object.keys(parsed).find((name) => !PROPERTIES.includes(name));
	if (unknown !== undefined) return { badRequest: `property ${unknown} is not known` };
	const { program, cono, divi, excludeEmptyValues, rightTrim, maxReturnedRecords, transactions } = parsed;
	if (typeof program !== "string" || program === "") return { badRequest: "program is missing" };
	if (!Array.isArray(transactions) || transactions.length === 0) return { badRequest: "transactions are missing" };
	// "transactions should be the LAST property (server streams)" (m3.md section 4, "Bulk").
	if (switches.bulkPropertyOrder === "transactionsLast" && Object.keys(parsed).at(-1) !== "transactions") {
		return { badRequest: "transactions must be the last property" };
	}
	if (switches.maxBulkTransactions !== null && transactions.length > switches.maxBulkTransactions) {
		return { badRequest: `more than ${switches.maxBulkTransactions} transactions` };
	}
	if (!["number", "undefined"].includes(typeof maxReturnedRecords))
		return { badRequest: "maxReturnedRecords is no number" };
	const common: ExecuteSettings = {
		...(cono === undefined ? {} : { cono: String(cono) }),
		...(divi === undefined ? {} : { divi: String(divi) }),
		...(typeof maxReturnedRecords === "number" ? { maxRecords: maxReturnedRecords } : {}),
		excludeEmpty: excludeEmptyValues === true,
		rightTrim: rightTrim !== false,
		extendedResult: false,
		pretty: false,
	};
	const read: { requested: RequestedTransaction; settings: ExecuteSettings }[] = [];
	for (const [index, entry] of transactions.entries()) {
		const one = readTransaction(program, entry, common);
		if ("badRequest" in one) return { badRequest: `transactions[${index}]: ${one.badRequest}` };
		read.push(one);
	}
	return { program, transactions: read };
}

/**
 * Answers POST .../execute. Failures come inside a 200; failed and successful counts coexist: a bulk is not atomic (m3.md
 * section 4, "Bulk"). Order and what follows a failure are switches. With `processAtMost` the server gives up after so many
 * transactions: the rest is notProcessed and wasTerminated is true.
 */
function answerBulk(executor: Executor, bulk: BulkRequest, processAtMost = Number.POSITIVE_INFINITY): HttpAnswer {
	const results = new Map<number, MiResult>();
	const order = [...bulk.transactions.entries()];
	if (executor.switches.bulkOrder === "reversed") order.reverse();
	let reason = "";
	for (const [index, { requested, settings }] of order) {
		if (results.size >= processAtMost) reason = "The bulk was terminated by the server";
		if (reason !== "") break;
		const result = executeOne(executor, requested, settings);
		if (result === undefined) return { kind: "silent" };
		results.set(index, result);
		if (result.errorType !== undefined && executor.switches.bulkOnError === "stop") {
			reason = `Transaction ${index + 1} failed`;
		}
	}
	const all = bulk.transactions.map(
		({ requested }, index): MiResult =>
			results.get(index) ?? { transaction: requested.transaction, notProcessed: true },
	);
	const wasTerminated = results.size < all.length;
	const termination = { terminationReason: reason, terminationErrorType: "ServerReturnedNOK" };
	return json(200, {
		...summarize(all),
		wasTerminated,
		...(wasTerminated ? termination : {}),
		bulkJobId: randomUUID(),
	});
}

/** Reads and answers a bulk body. */
export function answerBulkBody(executor: Executor, body: string, processAtMost?: number): HttpAnswer {
	const bulk = readBulk(body, executor.switches);
	return "badRequest" in bulk ? badRequest(bulk.badRequest) : answerBulk(executor, bulk, processAtMost);
}

function readTransaction(
	program: string,
	entry: unknown,
	common: ExecuteSettings,
): BulkRequest["transactions"][number] | BadRequest {
	if (!isObject(entry)) return { badRequest: "not an object" };
	const unknown = Object.keys(entry).find((name) => !TRANSACTION_PROPERTIES.includes(name));
	if (unknown !== undefined) return { badRequest: `property ${unknown} is not known` };
	const { transaction, record = {}, selectedColumns } = entry;
	if (typeof transaction !== "string") return { badRequest: "transaction is missing" };
	if (!isObject(record)) return { badRequest: "record is not an object" };
	const fields: Record<string, string> = {};
	for (const [name, value] of Object.entries(record)) {
		if (typeof value !== "string") return { badRequest: `field ${name} is not a string` };
		fields[name] = value;
	}
	if (selectedColumns !== undefined && !isTextList(selectedColumns)) {
		return { badRequest: "selectedColumns is not a list of column names" };
	}
	const settings = selectedColumns === undefined ? common : { ...common, columns: selectedColumns };
	return { requested: { program, transaction, record: fields }, settings };
}

function parseJson(body: string): unknown {
	try {
		return JSON.parse(body);
	} catch {
		return undefined;
	}
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isTextList(value: unknown): value is readonly string[] {
	return Array.isArray(value) && value.every((entry) => typeof entry === "string");
}
