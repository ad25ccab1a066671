import { type HttpAnswer, json, prettyJson } from "../http/http-answer.ts";
import { type Executor, executeOne } from "./executor.ts";
import { type MiResult, summarize } from "./response.ts";
import { isParameter, readSettings } from "./settings.ts";

/**
 * Answers GET .../execute/{program}/{transaction}: parameters in the query or as matrix parameters ("both forms are in
 * use"), every other name is a field of the transaction. A refusal is HTTP 400 with the error in results[0]; status and
 * place are switches (m3.md section 4).
 */
export function answerSingle(executor: Executor, pathTail: string, query: URLSearchParams): HttpAnswer {
	const [program = "", rest = ""] = pathTail.split("/");
	const [transaction, ...matrix] = rest.split(";").map(decodePart);
	if (transaction === undefined || matrix.includes(undefined)) return badRequest("the address is not URL-encoded");
	const parameters = new Map<string, string>();
	const record: Record<string, string> = {};
	for (const pair of matrix) {
		const [name = "", ...value] = (pair ?? "").split("=");
		parameters.set(name, value.join("="));
	}
	for (const [name, value] of query) {
		if (isParameter(name)) parameters.set(name, value);
		else record[name] = value;
	}
	const settings = readSettings(parameters);
	if ("badRequest" in settings) return badRequest(settings.badRequest);
	const result = executeOne(executor, { program, transaction, record }, settings);
	if (result === undefined) return { kind: "silent" };
	const body = topLevel(executor, result) ?? summarize([result]);
	const status = result.errorType === undefined ? 200 : executor.switches.singleFailureStatus;
	return settings.pretty ? prettyJson(status, body) : json(status, body);
}

/** The answer to a request that cannot be read; its form is the stand-in's own [U]. */
export function badRequest(reason: string): HttpAnswer {
	const body = { ...summarize([]), wasTerminated: true, terminationReason: reason, terminationErrorType: "BadRequest" };
	return json(400, body);
}

function decodePart(text: string): string | undefined {
	try {
		return decodeURIComponent(text);
	} catch {
		return undefined;
	}
}

/** "With the error in results[0] or at top level" (m3.md section 4): the second form. */
function topLevel(executor: Executor, result: MiResult): unknown {
	if (result.errorType === undefined || executor.switches.singleFailureBody === "results") return undefined;
	return { ...summarize([result]), ...result, results: [] };
}
