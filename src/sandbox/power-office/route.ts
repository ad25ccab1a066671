import type { ClientBook } from "./book.ts";
import type { Answer } from "./problem.ts";
import type { Query } from "./query.ts";
import type { PowerOfficeSwitches } from "./switches.ts";
import type { Grant } from "./tokens.ts";
import type { SandboxRequest, World } from "./world.ts";

/** A call that the gateway, the token and the privileges let through. */
export type Call = {
	readonly book: ClientBook;
	readonly grant: Grant;
	/** The value of `{id}` in the path, or empty. */
	readonly id: string;
	readonly query: Query;
	readonly request: SandboxRequest;
	readonly world: World;
};

/** One operation of the API. */
export type Route = {
	readonly method: "GET" | "POST";
	/** Below `/v2/`; `{id}` stands for one segment. */
	readonly path: string;
	/** Roles of which one is needed (v2_routes.json), null for none. */
	readonly roles: readonly string[] | null;
	/** Query parameters it knows. */
	readonly query: readonly string[];
	/** Whether the route is there at all; always when left out. */
	readonly exists?: (switches: PowerOfficeSwitches) => boolean;
	readonly handle: (call: Call) => Answer;
};

/** The id in the path when the route fits, null when it does not. Section 1.1: path case is not significant. */
export function matchRoute(route: Route, method: string, path: string): string | null {
	if (route.method !== method) return null;
	const [wanted, given] = [route.path.split("/"), path.split("/")];
	if (wanted.length !== given.length) return null;
	let id = "";
	for (const [index, segment] of wanted.entries()) {
		const actual = given[index] ?? "";
		if (segment === "{id}" && actual !== "") id = actual;
		else if (segment.toLowerCase() !== actual.toLowerCase()) return null;
	}
	return id;
}
