import { describe, expect, it } from "vitest";
import type { M3Sandbox } from "../../../src/sandbox/m3/m3-sandbox.ts";
import { fetchToken, startSandbox, startTenant } from "./m3-test-client.ts";

const PROBE = "OPS270MI/GetUserInfo";

function cloud({ ionapi }: M3Sandbox): string {
	return `${ionapi.iu}/${ionapi.ti}/M3/m3api-rest/v2/execute`;
}

function tokenForm({ ionapi }: M3Sandbox, changes: Readonly<Record<string, string>> = {}): URLSearchParams {
	const account = { grant_type: "password", username: ionapi.saak, password: ionapi.sask };
	return new URLSearchParams({ ...account, client_id: ionapi.ci, client_secret: ionapi.cs, ...changes });
}

async function askToken(
	sandbox: M3Sandbox,
	body: URLSearchParams,
	headers: Readonly<Record<string, string>> = {},
): Promise<{ status: number; body: Record<string, unknown> }> {
	const { pu, ot } = sandbox.ionapi;
	const response = await fetch(pu + ot, { method: "POST", body, headers });
	return { status: response.status, body: JSON.parse(await response.text()) };
}

function basic(user: string, password: string): Record<string, string> {
	return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}` };
}

describe("the authorization server", () => {
	it("gives a bearer token for the service account, with the lifetime of the app", async () => {
		const sandbox = await startSandbox({ oauth: { expiresInSeconds: 90 } });
		const answer = await askToken(sandbox, tokenForm(sandbox));
		expect(answer).toMatchObject({ status: 200, body: { token_type: "Bearer", expires_in: 90 } });
		expect(answer.body).not.toHaveProperty("refresh_token");
	});

	it.each([
		{ changes: { password: "wrong" }, status: 400, error: "invalid_grant" },
		{ changes: { username: "sandbox-service-account" }, status: 400, error: "invalid_grant" },
		{ changes: { grant_type: "client_credentials" }, status: 400, error: "unsupported_grant_type" },
		{ changes: { client_secret: "wrong" }, status: 401, error: "invalid_client" },
	])("refuses $changes with $error", async ({ changes, status, error }) => {
		const sandbox = await startSandbox();
		expect(await askToken(sandbox, tokenForm(sandbox, changes))).toEqual({ status, body: { error } });
	});

	it("refuses a body that is not a form, and another method than POST", async () => {
		const sandbox = await startSandbox();
		const { pu, ot } = sandbox.ionapi;
		const body = JSON.stringify(Object.fromEntries(tokenForm(sandbox)));
		const asJson = await fetch(pu + ot, { method: "POST", body, headers: { "content-type": "application/json" } });
		expect(asJson.status).toBe(400);
		expect((await fetch(pu + ot)).status).toBe(405);
	});

	it.each([
		{ clientAuthentication: "either", inForm: 200, inHeader: 200 },
		{ clientAuthentication: "form", inForm: 200, inHeader: 401 },
		{ clientAuthentication: "basic", inForm: 401, inHeader: 200 },
	] as const)(
		"takes the client as the app says: $clientAuthentication",
		async ({ clientAuthentication, ...expected }) => {
			const sandbox = await startSandbox({ oauth: { clientAuthentication } });
			expect((await askToken(sandbox, tokenForm(sandbox))).status).toBe(expected.inForm);
			const bare = tokenForm(sandbox);
			bare.delete("client_id");
			bare.delete("client_secret");
			const header = basic(sandbox.ionapi.ci, sandbox.ionapi.cs);
			expect((await askToken(sandbox, bare, header)).status).toBe(expected.inHeader);
		},
	);

	it("gives a refresh token only if the app issues them, and takes each once", async () => {
		const sandbox = await startSandbox({ oauth: { issueRefreshToken: true } });
		const first = await askToken(sandbox, tokenForm(sandbox));
		const refresh = { grant_type: "refresh_token", refresh_token: String(first.body["refresh_token"]) };
		expect((await askToken(sandbox, tokenForm(sandbox, refresh))).status).toBe(200);
		expect((await askToken(sandbox, tokenForm(sandbox, refresh))).body).toEqual({ error: "invalid_grant" });
	});
});

describe("the cloud address", () => {
	it("takes a token until the moment it expires", async () => {
		let nowMs = 1_000_000;
		const sandbox = await startSandbox({ now: () => nowMs, oauth: { expiresInSeconds: 60 } });
		const headers = { authorization: `Bearer ${await fetchToken(sandbox)}` };
		nowMs += 59_999;
		expect((await fetch(`${cloud(sandbox)}/${PROBE}`, { headers })).status).toBe(200);
		nowMs += 1;
		expect((await fetch(`${cloud(sandbox)}/${PROBE}`, { headers })).status).toBe(401);
	});

	it("refuses no token, an unknown one and HTTP Basic", async () => {
		const sandbox = await startSandbox();
		const { user, password } = sandbox.basicUser;
		for (const headers of [{}, { authorization: "Bearer nonsense" }, basic(user, password)]) {
			expect((await fetch(`${cloud(sandbox)}/${PROBE}`, { headers })).status).toBe(401);
		}
	});

	it("refuses a token that was revoked", async () => {
		const sandbox = await startSandbox();
		const token = await fetchToken(sandbox);
		const { pu, or } = sandbox.ionapi;
		const body = tokenForm(sandbox, { token });
		expect((await fetch(pu + or, { method: "POST", body })).status).toBe(200);
		const headers = { authorization: `Bearer ${token}` };
		expect((await fetch(`${cloud(sandbox)}/${PROBE}`, { headers })).status).toBe(401);
	});

	it("throttles with Retry-After when the gateway has a limit, until the window is over", async () => {
		let nowMs = 0;
		const tenant = await startTenant({ now: () => nowMs, rateLimit: { requests: 2, perSeconds: 60 } });
		const probe = (): Promise<Response> => fetch(`${tenant.base}/${PROBE}`, { headers: tenant.headers });
		expect((await probe()).status).toBe(200);
		expect((await probe()).status).toBe(200);
		nowMs = 20_000;
		const refused = await probe();
		expect(refused.status).toBe(429);
		expect(refused.headers.get("retry-after")).toBe("40");
		nowMs = 60_000;
		expect((await probe()).status).toBe(200);
	});
});

describe("the on-premises address", () => {
	it("takes HTTP Basic and runs as that user", async () => {
		const users = [{ usid: "SHOP2", name: "Two", password: "a:b", cono: "100", divi: "AAA", faci: "A01", whlo: "002" }];
		const sandbox = await startSandbox({ masterData: { users } });
		const url = `${sandbox.url}/m3api-rest/v2/execute/${PROBE}`;
		const response = await fetch(url, { headers: basic("SHOP2", "a:b") });
		expect(response.status).toBe(200);
		const { results } = JSON.parse(await response.text());
		expect(results[0].records[0]).toMatchObject({ ZZUSID: "SHOP2", ZZWHLO: "002", DSEP: "." });
	});

	it("refuses a wrong password and a bearer token", async () => {
		const sandbox = await startSandbox();
		const url = `${sandbox.url}/m3api-rest/v2/execute/${PROBE}`;
		const bearer = { authorization: `Bearer ${await fetchToken(sandbox)}` };
		for (const headers of [basic(sandbox.basicUser.user, "wrong"), basic("NOBODY", ""), bearer]) {
			expect((await fetch(url, { headers })).status).toBe(401);
		}
	});
});
