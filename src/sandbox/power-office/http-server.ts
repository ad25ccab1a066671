import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { ADMIN_PATH, answerAdmin } from "./admin.ts";
import { type ApiAnswer, answerRequest, tokenPath } from "./api.ts";
import type { FaultRule, FaultScript } from "./faults.ts";
import { accessRefusal, rateLimitAnswer } from "./gateway-check.ts";
import { type Answer, problemAnswer } from "./problem.ts";
import type { RequestLog } from "./request-log.ts";
import type { SandboxRequest, World } from "./world.ts";

/** Larger bodies are refused with 413: no voucher comes near, and a stray upload must not fill the memory. */
const MAX_BODY_BYTES = 5 * 1024 * 1024;

/** What became of a request: an answer, or silence on a dropped or a held socket. */
type Handled = {
	readonly answer: Answer | "drop" | "hold";
	readonly clientName: string | null;
	readonly fault: FaultRule | null;
};

/** The HTTP server of a sandbox, not yet listening. */
export function createSandboxServer(world: World, faults: FaultScript, log: RequestLog): Server {
	return createServer((incoming, response) => {
		collectBody(incoming, (body) => {
			const request = readRequest(incoming, body ?? "");
			if (isAdmin(request)) {
				send(response, answerAdmin(request, faults, log));
				return;
			}
			const handled = body === null ? tooLarge() : handle(request, world, faults);
			record(request, handled, world, log);
			if (handled.answer === "drop") incoming.socket.destroy();
			else if (handled.answer !== "hold") send(response, handled.answer);
		});
	});
}

/** Calls back once with the whole body, or with null when it is too large. A request that breaks off has no answer. */
function collectBody(incoming: IncomingMessage, done: (body: string | null) => void): void {
	const chunks: Buffer[] = [];
	let size = 0;
	incoming.on("data", (chunk: Buffer) => {
		size += chunk.length;
		if (size <= MAX_BODY_BYTES) chunks.push(chunk);
	});
	incoming.on("end", () => done(size > MAX_BODY_BYTES ? null : Buffer.concat(chunks).toString("utf8")));
}

function readRequest(incoming: IncomingMessage, body: string): SandboxRequest {
	return {
		method: incoming.method ?? "GET",
		url: readUrl(incoming),
		header: (name) => {
			const value = incoming.headers[name];
			return typeof value === "string" ? value : null;
		},
		body,
	};
}

/** The request's address here. A target that is no path (a proxy request, `*`) becomes `/`, which nothing answers. */
function readUrl(incoming: IncomingMessage): URL {
	const origin = `http://127.0.0.1:${incoming.socket.localPort ?? 80}`;
	return URL.parse(`${origin}${incoming.url ?? "/"}`) ?? new URL(origin);
}

function isAdmin({ url }: SandboxRequest): boolean {
	return url.pathname === ADMIN_PATH || url.pathname.startsWith(`${ADMIN_PATH}/`);
}

/** Answers a request, with the scripted fault before or after the work. */
function handle(request: SandboxRequest, world: World, faults: FaultScript): Handled {
	const fault = faults.take(request.method, request.url.pathname);
	const instead = fault === null ? null : answerInstead(fault, world);
	if (instead !== null) return { answer: instead, clientName: null, fault };
	const { answer, clientName }: ApiAnswer = answerRequest(request, world);
	if (fault?.fault === "timeoutAfterAccepting") {
		return { answer: fault.hold === true ? "hold" : "drop", clientName, fault };
	}
	if (fault?.fault === "malformedAnswer") return { answer: malformed(answer), clientName, fault };
	return { answer, clientName, fault };
}

/** What a fault answers without the work being done, or null when it strikes afterwards. */
function answerInstead(fault: FaultRule, world: World): Answer | "drop" | "hold" | null {
	switch (fault.fault) {
		case "timeoutBeforeAccepting":
			return fault.hold === true ? "hold" : "drop";
		case "status429":
			return rateLimitAnswer(1000, world.switches);
		case "status500": {
			const detail = "An error occurred while processing the request.";
			return problemAnswer({ status: 500, title: "Internal Server Error", detail }, world.switches);
		}
		case "unauthorized":
			return accessRefusal(401, world.switches);
		case "forbiddenEmptyBody":
			return { status: 403, body: null };
		case "timeoutAfterAccepting":
		case "malformedAnswer":
			return null;
	}
}

/** The same status with half the body; an empty body becomes a page that is no JSON. */
function malformed(answer: Answer): Answer {
	const body = answer.body === null ? "<html>" : answer.body.slice(0, Math.floor(answer.body.length / 2));
	return { ...answer, status: answer.body === null ? 200 : answer.status, body };
}

function tooLarge(): Handled {
	return { answer: { status: 413, body: null }, clientName: null, fault: null };
}

function record(request: SandboxRequest, handled: Handled, world: World, log: RequestLog): void {
	const isToken = request.url.pathname.toLowerCase() === tokenPath(world).toLowerCase();
	const { answer } = handled;
	log.add({
		atMs: world.clock.nowMs(),
		method: request.method,
		path: request.url.pathname,
		query: loggableQuery(request.url),
		clientName: handled.clientName,
		status: typeof answer === "string" ? null : answer.status,
		fault: handled.fault?.fault ?? null,
		requestBody: isToken ? null : request.body,
		responseBody: isToken || typeof answer === "string" ? null : answer.body,
	});
}

/** The query without the subscription key, which may stand in it (section 1.2). */
function loggableQuery(url: URL): string {
	const params = new URLSearchParams(url.search);
	if (!params.has("subscription-key")) return url.search;
	params.set("subscription-key", "***");
	return `?${params}`;
}

function send(response: ServerResponse, answer: Answer): void {
	response.writeHead(answer.status, answer.headers ?? {});
	response.end(answer.body ?? undefined);
}
