import { describe, expect, it, onTestFinished, vi } from "vitest";
import { send } from "../../../src/relay/m3/http-outcome.ts";
import { createTimers } from "../../../src/runtime/node/timers.ts";

/** What fetch throws for an error of the socket: the kernel's name of it, and the call that met it. */
const failed = (code: string, syscall: string | undefined): TypeError =>
	new TypeError("fetch failed", { cause: Object.assign(new Error(code), { code, syscall }) });

describe("a request without an answer", () => {
	it.each([
		["ECONNREFUSED", "connect", "unreached"],
		["EHOSTUNREACH", "connect", "unreached"],
		["EAI_AGAIN", "getaddrinfo", "unreached"],
		["CERT_HAS_EXPIRED", undefined, "unreached"],
		// What the kernel reports of a connection that stood, when the way to the other side is lost for long.
		["EHOSTUNREACH", "read", "uncertain"],
		["ENETUNREACH", "write", "uncertain"],
		["ECONNREFUSED", "read", "uncertain"],
		// A record that was spoiled on its way back.
		["ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC", undefined, "uncertain"],
		["ECONNRESET", "read", "uncertain"],
	])("may have been carried out unless the connection was never made: %s of %s", async (code, syscall, kind) => {
		vi.stubGlobal("fetch", () => Promise.reject(failed(code, syscall)));
		onTestFinished(() => void vi.unstubAllGlobals());
		const request = { method: "POST", headers: {}, body: "{}" } as const;
		expect((await send("https://m3.example/", request, 1_000, createTimers())).kind).toBe(kind);
	});
});
