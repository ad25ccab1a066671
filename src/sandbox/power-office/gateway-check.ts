import { exactNumber, writeJson } from "./json.ts";
import type { Answer } from "./problem.ts";
import type { PowerOfficeSwitches } from "./switches.ts";
import type { SandboxRequest, World } from "./world.ts";

const SUBSCRIPTION_HEADER = "ocp-apim-subscription-key";
const SUBSCRIPTION_PARAMETER = "subscription-key";

/**
 * What the API gateway checks before the application sees a call: the subscription key, needed on the token call and
 * every API call (section 1.2), and the rate (section 1.3). Null lets the call through.
 */
export function gatewayCheck(request: SandboxRequest, world: World): Answer | null {
	const key = request.header(SUBSCRIPTION_HEADER) ?? request.url.searchParams.get(SUBSCRIPTION_PARAMETER);
	if (key === null) {
		return gatewayAnswer(401, exactNumber("401"), "Access denied due to missing subscription key.");
	}
	if (!world.subscriptionKeys.includes(key)) {
		return gatewayAnswer(401, exactNumber("401"), "Access denied due to invalid subscription key.");
	}
	const waitMs = world.rateLimiter.take(key, world.clock.nowMs(), world.switches.callsPerSecond);
	return waitMs === null ? null : rateLimitAnswer(waitMs, world.switches);
}

/** Section 1.7: `{"statusCode":404,"message":"Resource not found"}`, from the gateway, before the application. */
export function routeNotFound(): Answer {
	return gatewayAnswer(404, exactNumber("404"), "Resource not found");
}

/** Section 1.2: `{"statusCode":"429","message":"Rate limit is exceeded. Try again in 1 seconds."}`, a text there. */
export function rateLimitAnswer(waitMs: number, switches: PowerOfficeSwitches): Answer {
	const seconds = Math.max(1, Math.ceil(waitMs / 1000));
	const answer = gatewayAnswer(429, "429", `Rate limit is exceeded. Try again in ${seconds} seconds.`);
	if (!switches.retryAfter) return answer;
	return { ...answer, headers: { ...answer.headers, "retry-after": String(seconds) } };
}

/** Section 1.7: 401 and 403 have no body schema and are "often empty". */
export function accessRefusal(status: 401 | 403, switches: PowerOfficeSwitches): Answer {
	if (switches.accessRefusalBody === "empty") return { status, body: null };
	const title = status === 401 ? "Unauthorized" : "Forbidden";
	const body = writeJson({ title, status: BigInt(status) });
	return { status, body, headers: { "content-type": "application/problem+json; charset=utf-8" } };
}

function gatewayAnswer(status: number, statusCode: string | ReturnType<typeof exactNumber>, message: string): Answer {
	const headers = { "content-type": "application/json" };
	return { status, body: writeJson({ statusCode, message }), headers };
}
