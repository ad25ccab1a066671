import { z } from "zod";
import { FAULT_KINDS, type FaultScript } from "./faults.ts";
import type { Answer } from "./problem.ts";
import type { RequestLog } from "./request-log.ts";
import type { SandboxRequest } from "./world.ts";

const FAULT_RULE = z.strictObject({
	method: z.string().optional(),
	path: z.string().startsWith("/"),
	nth: z.int().min(1).optional(),
	times: z.int().min(1).optional(),
	fault: z.enum(FAULT_KINDS),
	hold: z.boolean().optional(),
});

const FAULT_RULES = z.union([FAULT_RULE, z.array(FAULT_RULE)]);

/** The path below which the sandbox itself is controlled. The real system has none of it. */
export const ADMIN_PATH = "/admin";

/**
 * The sandbox's own controls, apart from the API: `POST /admin/faults` with a rule or an array of rules (201),
 * `DELETE /admin/faults` (204), `GET /admin/requests` (200, the request log).
 */
export function answerAdmin(request: SandboxRequest, faults: FaultScript, log: RequestLog): Answer {
	switch (`${request.method} ${request.url.pathname}`) {
		case "POST /admin/faults":
			return addFaults(request.body, faults);
		case "DELETE /admin/faults":
			faults.clear();
			return { status: 204, body: null };
		case "GET /admin/requests":
			return adminAnswer(200, log.all());
		default:
			return adminAnswer(404, { error: "The sandbox has no such control." });
	}
}

function addFaults(body: string, faults: FaultScript): Answer {
	const parsed = FAULT_RULES.safeParse(readBody(body));
	if (!parsed.success) return adminAnswer(400, { error: z.prettifyError(parsed.error) });
	const rules = Array.isArray(parsed.data) ? parsed.data : [parsed.data];
	for (const rule of rules) faults.add(rule);
	return adminAnswer(201, { added: rules.length });
}

function readBody(body: string): unknown {
	try {
		return JSON.parse(body);
	} catch (error) {
		if (error instanceof SyntaxError) return undefined;
		throw error;
	}
}

/** Controls hold no amounts, so plain JSON does. */
function adminAnswer(status: number, body: unknown): Answer {
	return { status, body: JSON.stringify(body), headers: { "content-type": "application/json" } };
}
