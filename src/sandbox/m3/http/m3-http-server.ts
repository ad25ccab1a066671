import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { answerBulkBody } from "../execute/bulk-request.ts";
import type { Executor } from "../execute/executor.ts";
import { answerSingle } from "../execute/single-request.ts";
import type { Fault } from "../faults/fault.ts";
import type { FaultScript } from "../faults/fault-script.ts";
import type { RequestLog } from "../request-log.ts";
import { type HttpAnswer, json } from "./http-answer.ts";
import type { RateLimiter } from "./rate-limit.ts";
import { describeRequest, type Route, routeOf } from "./route.ts";
import type { TokenService } from "./token-service.ts";

/** What the server puts behind its addresses. */
export interface M3HttpParts {
	readonly tenant: string;
	readonly tokens: TokenService;
	readonly faults: FaultScript;
	readonly log: RequestLog;
	readonly rateLimiter: RateLimiter | undefined;
	readonly now: () => number;
	/** The M3 user of HTTP Basic credentials, or undefined. */
	readonly basicUserOf: (authorization: string) => string | undefined;
	/** How calls of this user are executed, or undefined for a user without a company. */
	readonly executorOf: (usid: string) => Executor | undefined;
	readonly admin: (method: string, tail: string, body: string) => HttpAnswer;
}

/** A request, read whole. */
interface TakenRequest {
	readonly method: string;
	readonly path: string;
	readonly query: URLSearchParams;
	readonly headers: IncomingMessage["headers"];
	readonly body: string;
}

/** Largest body taken in. */
const MAX_BODY_BYTES = 20_000_000;

/** The HTTP side: addresses, credentials, faults, log. It listens on loopback only. */
export class M3HttpServer {
	readonly #parts: M3HttpParts;
	readonly #server: Server;

	constructor(parts: M3HttpParts) {
		this.#parts = parts;
		this.#server = createServer((request, response) => {
			this.#serve(request, response).catch((error: unknown) => {
				// A fault of the stand-in itself: told to the caller instead of hidden behind a hanging request.
				if (response.headersSent) response.destroy();
				else send(response, json(500, { error: error instanceof Error ? error.message : String(error) }));
			});
		});
	}

	/** Starts listening; the address is in the answer. Rejects when the port is taken. */
	listen(port: number): Promise<string> {
		return new Promise((resolve, reject) => {
			this.#server.once("error", reject);
			this.#server.listen(port, "127.0.0.1", () => {
				this.#server.off("error", reject);
				const address = this.#server.address();
				if (isAddressInfo(address)) resolve(`http://127.0.0.1:${address.port}`);
				else reject(new Error("the server has no port"));
			});
		});
	}

	/** Stops listening and cuts every connection, those that a fault keeps hanging included. A second call does nothing. */
	close(): Promise<void> {
		if (!this.#server.listening) return Promise.resolve();
		return new Promise((resolve, reject) => {
			this.#server.close((error) => (error === undefined ? resolve() : reject(error)));
			this.#server.closeAllConnections();
		});
	}

	async #serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
		const taken = await take(incoming);
		if (taken === undefined) return send(response, json(413, { error: "the body is too large" }));
		const route = routeOf(taken.method, taken.path, this.#parts.tenant);
		if (route.kind === "admin") return send(response, this.#parts.admin(taken.method, route.tail, taken.body));
		const fault = this.#parts.faults.next(describeRequest(route, taken.body));
		const path = incoming.url ?? "";
		const note = this.#parts.log.open({ atMs: this.#parts.now(), method: taken.method, path, body: taken.body });
		const status = this.#play(fault, route, taken, response);
		note({ status, fault: fault?.kind ?? null });
	}

	/** Does the work and answers, or what the fault makes of it. Returns the status of a complete answer, else null. */
	#play(fault: Fault | undefined, route: Route, taken: TakenRequest, response: ServerResponse): number | null {
		const early = answerInstead(fault);
		if (early !== undefined) return deliver(response, early);
		if (fault?.kind === "timeoutBeforeAccepting") return giveNoAnswer(response, fault.connection);
		if (fault?.kind === "dropConnection" && fault.when === "beforeWork") return giveNoAnswer(response, "reset");
		const answer = this.#answer(route, taken, fault?.kind === "halfBulk" ? fault.processed : undefined);
		if (fault?.kind === "timeoutAfterAccepting") return giveNoAnswer(response, fault.connection);
		if (fault?.kind === "dropConnection") return dropDuring(response, answer);
		return deliver(response, fault?.kind === "malformed" ? malformed(fault.body, answer) : answer);
	}

	#answer(route: Route, taken: TakenRequest, processAtMost: number | undefined): HttpAnswer {
		const authorization = taken.headers.authorization ?? "";
		switch (route.kind) {
			case "token":
				return this.#parts.tokens.answerToken(taken.headers["content-type"] ?? "", authorization, taken.body);
			case "revoke":
				return this.#parts.tokens.answerRevoke(authorization, taken.body);
			case "single":
			case "bulk":
				return this.#execute(route, taken, authorization, processAtMost);
			case "methodNotAllowed":
				return json(405, { error: "method not allowed" });
			default:
				return json(404, { error: "no such address" });
		}
	}

	#execute(
		route: Extract<Route, { kind: "single" | "bulk" }>,
		taken: TakenRequest,
		authorization: string,
		processAtMost: number | undefined,
	): HttpAnswer {
		const { tokens, basicUserOf, rateLimiter, executorOf } = this.#parts;
		// The cloud address takes a bearer token, the on-premises one HTTP Basic (m3.md section 4, "URL").
		const usid = route.cloud ? tokens.userOf(authorization) : basicUserOf(authorization);
		const executor = usid === undefined ? undefined : executorOf(usid);
		if (executor === undefined) return unauthorized(route.cloud);
		const waitSeconds = rateLimiter?.take();
		if (waitSeconds !== undefined) return tooManyRequests(waitSeconds);
		if (route.kind === "single") return answerSingle(executor, route.tail, taken.query);
		if (!(taken.headers["content-type"] ?? "").startsWith("application/json")) {
			return json(415, { error: "a bulk is application/json" });
		}
		return answerBulkBody(executor, taken.body, processAtMost);
	}
}

function answerInstead(fault: Fault | undefined): HttpAnswer | undefined {
	if (fault?.kind === "status429") return tooManyRequests(fault.retryAfterSeconds);
	if (fault?.kind === "status500") return json(500, { error: "internal server error" });
	return fault?.kind === "unauthorized" ? unauthorized(true) : undefined;
}

function tooManyRequests(retryAfterSeconds: number | undefined): HttpAnswer {
	const headers = retryAfterSeconds === undefined ? {} : { "retry-after": String(retryAfterSeconds) };
	return json(429, { error: "too many requests" }, headers);
}

function unauthorized(cloud: boolean): HttpAnswer {
	return json(401, { error: "unauthorized" }, { "www-authenticate": cloud ? "Bearer" : 'Basic realm="M3"' });
}

function malformed(body: "brokenJson" | "html", answer: HttpAnswer): HttpAnswer {
	if (answer.kind === "silent") return answer;
	if (body === "brokenJson") return { ...answer, status: 200, body: answer.body.slice(0, -2) };
	const headers = { "content-type": "text/html" };
	return { kind: "answer", status: 200, headers, body: "<html><body><h1>Maintenance</h1></body></html>" };
}

function deliver(response: ServerResponse, answer: HttpAnswer): number | null {
	if (answer.kind === "silent") return null;
	send(response, answer);
	return answer.status;
}

function send(response: ServerResponse, answer: HttpAnswer): void {
	if (answer.kind === "silent") return;
	response.writeHead(answer.status, answer.headers);
	response.end(answer.body);
}

function giveNoAnswer(response: ServerResponse, connection: "hold" | "reset" | undefined): null {
	if (connection === "reset") response.socket?.resetAndDestroy();
	return null;
}

function dropDuring(response: ServerResponse, answer: HttpAnswer): null {
	const body = answer.kind === "silent" ? "" : answer.body;
	response.writeHead(200, {
		"content-type": "application/json",
		"content-length": String(Buffer.byteLength(body) + 1),
	});
	response.write(body.slice(0, Math.ceil(body.length / 2)), () => response.destroy());
	return null;
}

async function take(incoming: IncomingMessage): Promise<TakenRequest | undefined> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of incoming) {
		const bytes = Buffer.from(chunk);
		size += bytes.length;
		if (size > MAX_BODY_BYTES) return undefined;
		chunks.push(bytes);
	}
	const [path = "", ...query] = (incoming.url ?? "").split("?");
	return {
		method: incoming.method ?? "",
		path,
		query: new URLSearchParams(query.join("?")),
		headers: incoming.headers,
		body: Buffer.concat(chunks).toString("utf8"),
	};
}

function isAddressInfo(address: string | AddressInfo | null): address is AddressInfo {
	return typeof address === "object" && address !== null;
}
