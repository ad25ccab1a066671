import type { RequestDescription } from "../faults/fault-script.ts";

/** Where a request goes. `cloud` tells the two addresses of m3api-rest apart: they take different credentials. */
export type Route =
	| { readonly kind: "token" }
	| { readonly kind: "revoke" }
	| { readonly kind: "single"; readonly cloud: boolean; readonly tail: string }
	| { readonly kind: "bulk"; readonly cloud: boolean }
	| { readonly kind: "admin"; readonly tail: string }
	| { readonly kind: "methodNotAllowed" }
	| { readonly kind: "notFound" };

/**
 * Finds the route of a request: `{ti}/as/...` is the authorization server, `{ti}/M3/m3api-rest/v2/execute` the cloud address
 * and `/m3api-rest/v2/execute` the on-premises one (m3.md section 4, "URL"). v1 is not served.
 */
export function routeOf(method: string, path: string, tenant: string): Route {
	if (path.startsWith("/admin/")) return { kind: "admin", tail: path.slice("/admin/".length) };
	if (path === `/${tenant}/as/token.oauth2`)
		return method === "POST" ? { kind: "token" } : { kind: "methodNotAllowed" };
	if (path === `/${tenant}/as/revoke_token.oauth2`) {
		return method === "POST" ? { kind: "revoke" } : { kind: "methodNotAllowed" };
	}
	const cloudBase = `/${tenant}/M3/m3api-rest/v2/execute`;
	const cloud = path.startsWith(cloudBase);
	const base = cloud ? cloudBase : "/m3api-rest/v2/execute";
	if (!path.startsWith(base)) return { kind: "notFound" };
	const tail = path.slice(base.length).replace(/^\//, "");
	if (tail === "") return method === "POST" ? { kind: "bulk", cloud } : { kind: "methodNotAllowed" };
	if (path[base.length] !== "/") return { kind: "notFound" };
	if (tail.split("/").length !== 2) return { kind: "notFound" };
	return method === "GET" ? { kind: "single", cloud, tail } : { kind: "methodNotAllowed" };
}

/** A request as the fault script sees it; a bulk body that cannot be read matches by its path alone. */
export function describeRequest(route: Route, body: string): RequestDescription {
	if (route.kind === "token") return { path: "token", program: "", transactions: [], bulk: false };
	if (route.kind === "single") {
		const [program = "", transaction = ""] = route.tail.split(/[/;]/);
		return { path: "execute", program, transactions: [transaction], bulk: false };
	}
	if (route.kind !== "bulk") return { path: "other", program: "", transactions: [], bulk: false };
	const program = /"program"\s*:\s*"([^"]*)"/.exec(body)?.[1] ?? "";
	const transactions = [...body.matchAll(/"transaction"\s*:\s*"([^"]*)"/g)].map((match) => match[1] ?? "");
	return { path: "execute", program, transactions, bulk: true };
}
