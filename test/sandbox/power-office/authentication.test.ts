import { expect, it } from "vitest";
import { powerOfficeClient } from "../../../src/sandbox/power-office/default-client.ts";
import { askToken, connect, send, startRun } from "./harness.ts";

it("grants a bearer token for 1200 seconds, and no longer", async () => {
	const { sandbox, go, pass } = await startRun();
	const reply = await askToken(sandbox);
	expect(reply.status).toBe(200);
	expect(reply.object).toEqual({ access_token: expect.any(String), token_type: "bearer", expires_in: "1200" });

	pass(1_199_999);
	expect((await go.get("/VatCodes")).status).toBe(200);
	pass(1);
	const expired = await go.get("/VatCodes");
	expect([expired.status, expired.text]).toEqual([401, ""]);
	expect((await (await connect(sandbox)).get("/VatCodes")).status).toBe(200);
});

it("grants tokens as long as the options say", async () => {
	const { sandbox, go, pass } = await startRun({ tokenLifetimeS: 5 });
	expect((await askToken(sandbox)).object["expires_in"]).toBe("5");
	pass(5000);
	expect((await go.get("/VatCodes")).status).toBe(401);
});

it.each<[string, Parameters<typeof askToken>[1], string]>([
	["an unknown client key", { clientKey: "nobody" }, "invalid_client"],
	["no Basic authorization", { headers: { authorization: "" } }, "invalid_client"],
	["an authorization that is not Basic", { headers: { authorization: "Bearer x" } }, "invalid_client"],
	[
		"another application key",
		{ headers: { authorization: `Basic ${btoa("other:sandbox-client-key")}` } },
		"invalid_client",
	],
	["no grant type", { body: "scope=all" }, "invalid_request"],
	["another grant type", { body: "grant_type=password" }, "unsupported_grant_type"],
	["a JSON body", { headers: { "content-type": "application/json" }, body: "{}" }, "invalid_request"],
])("refuses %s in the form of RFC 6749", async (_what, changes, error) => {
	const { sandbox } = await startRun();
	const reply = await askToken(sandbox, changes);
	expect(reply.status).toBe(400);
	expect(reply.object).toEqual({ error, error_description: expect.any(String) });
});

it("says of wrong keys what the live system says", async () => {
	const { sandbox } = await startRun();
	expect((await askToken(sandbox, { clientKey: "nobody" })).object["error_description"]).toBe(
		"Client integration not found. Please ensure the provided keys are matching the desired environment.",
	);
});

it("wants the subscription key on the token call and on every other, as header or in the query", async () => {
	const { sandbox } = await startRun();
	expect((await askToken(sandbox, { headers: { "ocp-apim-subscription-key": "" } })).status).toBe(401);
	expect((await askToken(sandbox, { headers: { "ocp-apim-subscription-key": "wrong" } })).status).toBe(401);
	const token = String((await askToken(sandbox)).object["access_token"]);
	const authorization = `Bearer ${token}`;
	const without = await fetch(`${sandbox.url}/VatCodes`, { headers: { authorization } });
	expect(without.status).toBe(401);
	expect(await without.json()).toMatchObject({ statusCode: 401 });
	const inQuery = await fetch(`${sandbox.url}/VatCodes?subscription-key=${sandbox.subscriptionKey}`, {
		headers: { authorization },
	});
	expect(inQuery.status).toBe(200);
});

it("takes no other method on the token endpoint", async () => {
	const { sandbox } = await startRun();
	const reply = await fetch(sandbox.tokenUrl);
	expect([reply.status, await reply.json()]).toEqual([404, { statusCode: 404, message: "Resource not found" }]);
});

it("keeps one token to one client: each sees its own books and other ids", async () => {
	const clients = [powerOfficeClient(), powerOfficeClient({ clientKey: "second", clientName: "Annen AS" })];
	const { sandbox, go } = await startRun({ clients });
	const second = await connect(sandbox, "second");

	expect((await second.get("/ClientIntegrationInformation")).object["ClientName"]).toBe("Annen AS");
	expect(await second.vat("3")).not.toBe(await go.vat("3"));
	expect(await second.account(3000)).not.toBe(await go.account(3000));
	const foreign = await go.get(`/GeneralLedgerAccounts/${await second.account(3000)}`);
	expect(foreign.status).toBe(404);
});

it("shows a change of privileges in a new token only", async () => {
	const { sandbox, go } = await startRun();
	sandbox.setPrivileges("sandbox-client-key", ["CommonServices"]);

	expect((await go.get("/GeneralLedgerAccounts")).status).toBe(200);
	const renewed = await connect(sandbox);
	const refused = await renewed.get("/GeneralLedgerAccounts");
	expect([refused.status, refused.text]).toEqual([403, ""]);
	expect((await renewed.get("/VatCodes")).status).toBe(200);
	const information = await renewed.get("/ClientIntegrationInformation");
	expect(information.object["ValidPrivileges"]).toEqual(["CommonServices"]);
});

it("carries the claims of the reference in the token", async () => {
	const { sandbox } = await startRun();
	const token = String((await askToken(sandbox)).object["access_token"]);
	const claims: unknown = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
	expect(claims).toMatchObject({ goClientName: "Restaurant AS", role: expect.arrayContaining(["CashVoucher_Full"]) });
});

it("mixes no environments: the demo sandbox lives under /Demo, in any case", async () => {
	const { sandbox, go } = await startRun({ environment: "demo" });
	expect(sandbox.url).toMatch(/\/Demo\/v2$/);
	expect((await go.get("/vatcodes")).status).toBe(200);
	const token = String((await askToken(sandbox)).object["access_token"]);
	const upper = await send(
		{ ...sandbox, url: sandbox.url.toUpperCase().replace("HTTP", "http") },
		token,
		"GET",
		"/VATCODES",
	);
	expect(upper.status).toBe(200);
	const production = await send({ ...sandbox, url: sandbox.url.replace("/Demo", "") }, token, "GET", "/VatCodes");
	expect(production.status).toBe(404);
});
