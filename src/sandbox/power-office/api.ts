import { accessRefusal, gatewayCheck, routeNotFound } from "./gateway-check.ts";
import { INVOICE_ROUTES } from "./invoice-routes.ts";
import { LEDGER_ROUTES } from "./ledger-routes.ts";
import { type Answer, problemAnswer } from "./problem.ts";
import { readQuery } from "./query.ts";
import { REFERENCE_ROUTES } from "./reference-routes.ts";
import { matchRoute, type Route } from "./route.ts";
import { answerTokenRequest } from "./token-endpoint.ts";
import type { Grant } from "./tokens.ts";
import { VOUCHER_ROUTES } from "./voucher-routes.ts";
import type { SandboxRequest, World } from "./world.ts";

/** An answer, and whose it is once the token said so. */
export type ApiAnswer = { readonly answer: Answer; readonly clientName: string | null };

const ROUTES: readonly Route[] = [...REFERENCE_ROUTES, ...LEDGER_ROUTES, ...VOUCHER_ROUTES, ...INVOICE_ROUTES];

/** The token endpoint's path (section 1.1). */
export function tokenPath(world: World): string {
	return `${world.pathPrefix}/OAuth/Token`;
}

/** The API's base path (section 1.1). */
export function apiPath(world: World): string {
	return `${world.pathPrefix}/v2`;
}

/**
 * Answers one request: the gateway (route, subscription key, rate), then the token, the privilege, the query, the
 * operation. An unknown route or method is the gateway's own 404, before the application (section 1.7).
 */
export function answerRequest(request: SandboxRequest, world: World): ApiAnswer {
	const path = request.url.pathname;
	if (path.toLowerCase() === tokenPath(world).toLowerCase()) {
		const answer = request.method === "POST" ? answerTokenRequest(request, world) : routeNotFound();
		return { answer, clientName: null };
	}
	const found = findRoute(request.method, path, world);
	if (found === null) return { answer: routeNotFound(), clientName: null };
	const stopped = gatewayCheck(request, world);
	if (stopped !== null) return { answer: stopped, clientName: null };
	const grant = readBearer(request, world);
	// Section 1.7: token missing, expired or invalid.
	if (grant === null) return { answer: accessRefusal(401, world.switches), clientName: null };
	return { answer: operate(found, grant, request, world), clientName: grant.book.clientName };
}

type FoundRoute = { readonly route: Route; readonly id: string };

function findRoute(method: string, path: string, world: World): FoundRoute | null {
	const base = `${apiPath(world)}/`;
	if (!path.toLowerCase().startsWith(base.toLowerCase())) return null;
	for (const route of ROUTES) {
		const id = matchRoute(route, method, path.slice(base.length));
		if (id !== null && (route.exists?.(world.switches) ?? true)) return { route, id };
	}
	return null;
}

/** Section 1.2: `Authorization: Bearer <token>`. */
function readBearer(request: SandboxRequest, world: World): Grant | null {
	const token = /^Bearer\s+(\S+)$/i.exec(request.header("authorization") ?? "")?.[1];
	return token === undefined ? null : world.tokens.find(token, world.clock.nowMs());
}

function operate({ route, id }: FoundRoute, grant: Grant, request: SandboxRequest, world: World): Answer {
	// Section 1.7: privilege missing.
	if (route.roles !== null && !route.roles.some((role) => grant.roles.includes(role))) {
		return accessRefusal(403, world.switches);
	}
	const query = readQuery(request.url.searchParams, route.query, world.switches);
	if (!query.ok) return problemAnswer(query.problem, world.switches);
	return route.handle({ book: grant.book, grant, id, query: query.value, request, world });
}
