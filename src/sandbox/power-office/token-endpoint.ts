import { gatewayCheck } from "./gateway-check.ts";
import { writeJson } from "./json.ts";
import type { Answer } from "./problem.ts";
import type { SandboxRequest, World } from "./world.ts";

/** Section 1.2, seen live: the answer to keys that do not belong together. */
const INTEGRATION_NOT_FOUND =
	"Client integration not found. Please ensure the provided keys are matching the desired environment.";

/** `POST /OAuth/Token`, the client-credentials grant (section 1.2). Errors by RFC 6749 section 5.2. */
export function answerTokenRequest(request: SandboxRequest, world: World): Answer {
	const stopped = gatewayCheck(request, world);
	if (stopped !== null) return stopped;
	const mediaType = (request.header("content-type") ?? "").split(";")[0]?.trim().toLowerCase();
	if (mediaType !== "application/x-www-form-urlencoded") {
		return oauthError("invalid_request", "The content type must be application/x-www-form-urlencoded.");
	}
	const grantType = new URLSearchParams(request.body).get("grant_type");
	if (grantType === null) return oauthError("invalid_request", "grant_type is missing.");
	if (grantType !== "client_credentials") {
		return oauthError("unsupported_grant_type", `The grant type '${grantType}' is not supported.`);
	}
	const keys = readBasic(request.header("authorization"));
	const book = world.books.find((candidate) => candidate.clientKey === keys?.clientKey);
	if (book === undefined || keys?.applicationKey !== world.applicationKey) {
		return oauthError("invalid_client", INTEGRATION_NOT_FOUND);
	}
	const token = world.tokens.issue(book, world.clock.nowMs(), world.tokenLifetimeS);
	return oauthAnswer(200, { access_token: token, token_type: "bearer", expires_in: BigInt(world.tokenLifetimeS) });
}

/** `Basic base64(applicationKey ":" clientKey)`. */
function readBasic(header: string | null): { readonly applicationKey: string; readonly clientKey: string } | null {
	const encoded = /^Basic\s+([A-Za-z0-9+/=]+)$/i.exec(header ?? "")?.[1];
	if (encoded === undefined) return null;
	const [applicationKey, clientKey, ...rest] = Buffer.from(encoded, "base64").toString("utf8").split(":");
	if (applicationKey === undefined || clientKey === undefined || rest.length > 0) return null;
	return { applicationKey, clientKey };
}

function oauthError(error: string, description: string): Answer {
	return oauthAnswer(400, { error, error_description: description });
}

function oauthAnswer(status: number, body: { readonly [name: string]: string | bigint }): Answer {
	const headers = { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" };
	return { status, body: writeJson(body), headers };
}
