import { FAULT_KINDS, type FaultRule } from "../faults/fault.ts";
import type { FaultScript } from "../faults/fault-script.ts";
import type { MasterData } from "../master-data/master-data.ts";
import type { UpdateInterfaces, UpdateReport } from "../posting/ops280.ts";
import type { LoggedRequest } from "../request-log.ts";
import type { Row, Table } from "../tables/table.ts";
import { type HttpAnswer, json } from "./http-answer.ts";

/** What the /admin surface works on. Nothing of it exists in M3's REST: there an administrator has panels for it. */
export interface AdminSurface {
	readonly faults: FaultScript;
	readonly tables: ReadonlyMap<string, Table>;
	requests(): readonly LoggedRequest[];
	runOps280(interfaces: UpdateInterfaces): UpdateReport;
	addMasterData(data: Partial<MasterData>): void;
	finishBatches(): void;
}

/**
 * Answers /admin: POST ops280 {inventory, salesStatistics, financial}, POST faults (a rule or a list), DELETE faults, GET
 * faults, GET requests, GET tables/{TABLE}, POST master-data, POST finish-batches. No credentials: the server listens on
 * loopback only.
 */
export function answerAdmin(surface: AdminSurface, method: string, tail: string, body: string): HttpAnswer {
	const parsed = parseBody(body);
	if (method === "POST" && parsed === undefined) return json(400, { error: "the body is not JSON" });
	const tableName = /^tables\/(\w+)$/.exec(tail)?.[1];
	switch (`${method} ${tableName === undefined ? tail : "tables"}`) {
		case "POST ops280":
			return json(200, surface.runOps280(interfacesOf(parsed)));
		case "POST faults":
			return addFaults(surface.faults, parsed);
		case "DELETE faults":
			surface.faults.clear();
			return json(200, []);
		case "GET faults":
			return json(200, surface.faults.pending());
		case "GET requests":
			return json(200, surface.requests());
		case "GET tables":
			return answerTable(surface.tables.get(tableName ?? ""));
		case "POST master-data":
			return addMasterData(surface, parsed);
		case "POST finish-batches":
			surface.finishBatches();
			return json(200, {});
		default:
			return json(404, { error: `no such admin address: ${method} ${tail}` });
	}
}

/** A table's rows with the prefix on every column, columns without a value left empty. */
export function prefixedRows(table: Table): readonly Row[] {
	return table.rows.map((row) =>
		Object.fromEntries(table.columns.map(({ name }) => [table.prefix + name, row[name] ?? ""])),
	);
}

function answerTable(table: Table | undefined): HttpAnswer {
	return table === undefined ? json(404, { error: "no such table" }) : json(200, prefixedRows(table));
}

function addFaults(script: FaultScript, parsed: unknown): HttpAnswer {
	const rules = Array.isArray(parsed) ? parsed : [parsed];
	if (!rules.every(isFaultRule)) return json(400, { error: `a fault is one of ${FAULT_KINDS.join(", ")}` });
	script.add(...rules);
	return json(200, script.pending());
}

function addMasterData(surface: AdminSurface, parsed: unknown): HttpAnswer {
	if (typeof parsed !== "object" || parsed === null) return json(400, { error: "master data is an object of lists" });
	try {
		surface.addMasterData(parsed);
	} catch (error) {
		return json(400, { error: error instanceof Error ? error.message : String(error) });
	}
	return json(200, {});
}

function interfacesOf(parsed: unknown): UpdateInterfaces {
	const wanted = (name: keyof UpdateInterfaces): boolean =>
		typeof parsed === "object" && parsed !== null && name in parsed && Reflect.get(parsed, name) === true;
	return { inventory: wanted("inventory"), salesStatistics: wanted("salesStatistics"), financial: wanted("financial") };
}

function isFaultRule(value: unknown): value is FaultRule {
	if (typeof value !== "object" || value === null) return false;
	const fault: unknown = Reflect.get(value, "fault");
	if (typeof fault !== "object" || fault === null) return false;
	return FAULT_KINDS.some((kind) => kind === Reflect.get(fault, "kind"));
}

function parseBody(body: string): unknown {
	if (body === "") return {};
	try {
		return JSON.parse(body);
	} catch {
		return undefined;
	}
}
