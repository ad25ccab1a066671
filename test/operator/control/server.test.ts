import { existsSync, linkSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { describe, expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import type { ControlAnswer } from "../../../src/operator/control/request.ts";
import { type ControlHandler, type ControlServer, startControlServer } from "../../../src/operator/control/server.ts";
import { Fault } from "../../../src/runtime/contract/fault.ts";
import { recordingLogger } from "../../support/manual-runtime.ts";
import { tempDir } from "../../support/temp-dir.ts";

const schema = z.strictObject({ say: z.string().max(20) });
type Said = z.output<typeof schema>;

const echo: ControlHandler<Said> = ({ say }) => ({ kind: "ok", result: say });

const serverOn = async (
	path: string,
	handler: ControlHandler<Said> = echo,
	idleMs?: number,
): Promise<ControlServer> => {
	const server = await startControlServer(path, { schema, handler }, recordingLogger(), idleMs);
	onTestFinished(() => server.close());
	return server;
};

/** A caller that writes what it likes, and hears lines. */
interface RawCaller {
	readonly socket: Socket;
	write(text: string | Uint8Array): void;
	/** The next line; undefined when the server hung up instead. */
	hear(): Promise<ControlAnswer | undefined>;
}

const callerOn = async (path: string): Promise<RawCaller> => {
	const socket = connect({ path, allowHalfOpen: true });
	onTestFinished(() => void socket.destroy());
	socket.on("error", () => undefined);
	await new Promise((resolve) => socket.once("connect", resolve));
	const lines = createInterface({ input: socket })[Symbol.asyncIterator]();
	return {
		socket,
		write: (text) => void socket.write(text),
		hear: async () => {
			const { value, done } = await lines.next();
			return done === true ? undefined : (JSON.parse(value) as ControlAnswer);
		},
	};
};

const hello = `${JSON.stringify({ say: "hello" })}\n`;
const helloAnswer = { kind: "ok", result: "hello" };

describe("the control server", () => {
	it.each([
		["no JSON", "{say: hello}", /no JSON/],
		["nothing", "", /no JSON/],
		["another form", '{"say":"hello","and":1}', /not understood/],
		["a text beyond its limit", `{"say":"${"x".repeat(21)}"}`, /not understood/],
	])("answers %s with TILL-0902 and goes on with the next line", async (_name, line, message) => {
		const path = join(tempDir(), "control.sock");
		await serverOn(path);
		const caller = await callerOn(path);
		caller.write(`${line}\n${hello}`);
		expect(await caller.hear()).toMatchObject({
			kind: "fault",
			code: "TILL-0902",
			message: expect.stringMatching(message),
		});
		expect(await caller.hear()).toEqual(helloAnswer);
	});

	it("says every problem of a request", async () => {
		const path = join(tempDir(), "control.sock");
		await serverOn(path);
		const caller = await callerOn(path);
		caller.write('{"say":1,"and":2}\n');
		const answer = await caller.hear();
		expect(answer?.kind === "fault" ? answer.problems.join("\n") : "").toMatch(/say[\s\S]*and|and[\s\S]*say/);
	});

	it("refuses a line that has no end, lets that caller read why, and serves the others", async () => {
		const path = join(tempDir(), "control.sock");
		await serverOn(path);
		const endless = await callerOn(path);
		const other = await callerOn(path);
		for (let count = 0; count < 40; count += 1) endless.write("x".repeat(50_000));
		expect(await endless.hear()).toMatchObject({ kind: "fault", code: "TILL-0902" });
		endless.write(`\n${hello}`);
		expect(await endless.hear()).toBeUndefined();
		other.write(hello);
		expect(await other.hear()).toEqual(helloAnswer);
	});

	it("puts a request together from pieces, also cut within a character", async () => {
		const path = join(tempDir(), "control.sock");
		await serverOn(path);
		const caller = await callerOn(path);
		const bytes = Buffer.from(`${JSON.stringify({ say: "blåbær" })}\n`);
		for (const byte of bytes) {
			caller.write(Buffer.of(byte));
			await new Promise((resolve) => setImmediate(resolve));
		}
		expect(await caller.hear()).toEqual({ kind: "ok", result: "blåbær" });
	});

	it("answers one caller's requests in their order, and does not let another wait for them", async () => {
		const path = join(tempDir(), "control.sock");
		let finish = (): void => undefined;
		const slow = new Promise<void>((resolve) => {
			finish = resolve;
		});
		await serverOn(path, async (request, progress) => {
			if (request.say === "slow") {
				progress("half way");
				await slow;
			}
			return { kind: "ok", result: request.say };
		});
		const first = await callerOn(path);
		first.write(`{"say":"slow"}\n${hello}`);
		expect(await first.hear()).toEqual({ kind: "progress", text: "half way" });
		const second = await callerOn(path);
		second.write(hello);
		expect(await second.hear()).toEqual(helloAnswer);
		finish();
		expect(await first.hear()).toEqual({ kind: "ok", result: "slow" });
		expect(await first.hear()).toEqual(helloAnswer);
	});

	it("answers a caller that has said all it wanted and closed its side", async () => {
		const path = join(tempDir(), "control.sock");
		await serverOn(path, async ({ say }) => {
			await new Promise((resolve) => setImmediate(resolve));
			return { kind: "ok", result: say };
		});
		const caller = await callerOn(path);
		caller.socket.end(hello);
		expect(await caller.hear()).toEqual(helloAnswer);
		expect(await caller.hear()).toBeUndefined();
	});

	it("carries a request out though its caller hung up, and serves on", async () => {
		const path = join(tempDir(), "control.sock");
		let begin = (): void => undefined;
		const begun = new Promise<void>((resolve) => {
			begin = resolve;
		});
		let finish = (): void => undefined;
		const finished = new Promise<void>((resolve) => {
			finish = resolve;
		});
		const done: string[] = [];
		await serverOn(path, async ({ say }, progress) => {
			if (say === "long") {
				begin();
				await finished;
				progress("to nobody");
			}
			done.push(say);
			return { kind: "ok", result: say };
		});
		const caller = await callerOn(path);
		caller.write('{"say":"long"}\n');
		await begun;
		caller.socket.destroy();
		await new Promise((resolve) => caller.socket.once("close", resolve));
		finish();
		const other = await callerOn(path);
		other.write(hello);
		expect(await other.hear()).toEqual(helloAnswer);
		expect(done).toEqual(["long", "hello"]);
	});

	it.each([
		["a fault with its code", new Fault("TILL-0604", "the disk", { problems: ["full"] }), "TILL-0604", ["full"]],
		["anything else with TILL-0901", new Error("a bug"), "TILL-0901", []],
	])("answers what the handler throws: %s", async (_name, thrown, code, problems) => {
		const path = join(tempDir(), "control.sock");
		await serverOn(path, () => {
			throw thrown;
		});
		const caller = await callerOn(path);
		caller.write(hello);
		expect(await caller.hear()).toMatchObject({ kind: "fault", code, problems });
	});

	it("takes sixteen callers; one more is told so, and comes in when one has left", async () => {
		const path = join(tempDir(), "control.sock");
		await serverOn(path);
		const callers = await Promise.all(Array.from({ length: 16 }, () => callerOn(path)));
		for (const caller of callers) {
			caller.write(hello);
			expect(await caller.hear()).toEqual(helloAnswer);
		}
		const oneMore = await callerOn(path);
		expect(await oneMore.hear()).toMatchObject({ kind: "fault", code: "TILL-0908" });
		expect(await oneMore.hear()).toBeUndefined();
		callers[0]?.socket.destroy();
		let answer: ControlAnswer | undefined;
		while (answer === undefined) {
			const again = await callerOn(path);
			again.write(hello);
			const heard = await again.hear();
			answer = heard?.kind === "ok" ? heard : undefined;
		}
		expect(answer).toEqual(helloAnswer);
	});

	it("takes no request of a caller that does not read its answers, beyond what the socket holds", async () => {
		const path = join(tempDir(), "control.sock");
		let handled = 0;
		await serverOn(path, () => {
			handled += 1;
			return { kind: "ok", result: "x".repeat(100_000) };
		});
		const deaf = await callerOn(path);
		deaf.socket.pause();
		deaf.write(hello.repeat(1_000));
		const other = await callerOn(path);
		for (let count = 0; count < 20; count += 1) {
			other.write(hello);
			await other.hear();
		}
		// Every answer taken in turn would be a hundred megabytes by now.
		expect(handled).toBeLessThan(100);
		deaf.socket.resume();
		for (let count = 0; count < 1_000; count += 1) await deaf.hear();
		expect(handled).toBe(1_020);
	});

	it("hangs up on a caller that asks nothing, and not on one whose work takes longer", async () => {
		const path = join(tempDir(), "control.sock");
		let finish = (): void => undefined;
		const long = new Promise<void>((resolve) => {
			finish = resolve;
		});
		await serverOn(
			path,
			async ({ say }) => {
				await long;
				return { kind: "ok", result: say };
			},
			500,
		);
		const working = await callerOn(path);
		working.write(hello);
		const idle = await callerOn(path);
		idle.write('{"say":"half a li');
		expect(await idle.hear()).toBeUndefined();
		finish();
		expect(await working.hear()).toEqual(helloAnswer);
	});

	it("replaces the socket file that a killed service left behind", async () => {
		const path = join(tempDir(), "control.sock");
		const killed = createServer();
		await new Promise<void>((resolve) => killed.listen({ path, exclusive: true }, resolve));
		// What a crash leaves: the file, and nobody behind it. Closing in order would remove it.
		const leftover = join(tempDir(), "leftover.sock");
		linkSync(path, leftover);
		await new Promise((resolve) => killed.close(resolve));
		expect(existsSync(leftover)).toBe(true);
		await serverOn(leftover);
		const caller = await callerOn(leftover);
		caller.write(hello);
		expect(await caller.hear()).toEqual(helloAnswer);
	});

	it("does not start beside another on the same socket, and leaves that one alone", async () => {
		const path = join(tempDir(), "control.sock");
		await serverOn(path);
		await expect(serverOn(path)).rejects.toMatchObject({ code: "TILL-0903" });
		const caller = await callerOn(path);
		caller.write(hello);
		expect(await caller.hear()).toEqual(helloAnswer);
	});

	it("never takes away a file that is no socket, and says what is wrong with the path", async () => {
		const directory = tempDir();
		const file = join(directory, "journal.sqlite");
		writeFileSync(file, "precious");
		await expect(serverOn(file)).rejects.toMatchObject({ code: "TILL-0907" });
		expect(existsSync(file)).toBe(true);
		await expect(serverOn(join(directory, "no-folder", "control.sock"))).rejects.toMatchObject({ code: "TILL-0907" });
		await expect(serverOn(join(directory, "x".repeat(200)))).rejects.toMatchObject({ code: "TILL-0907" });
	});

	it("is for its user and the group of its folder only, and leaves no file when it is closed", async () => {
		const folder = join(tempDir(), "run");
		mkdirSync(folder);
		const path = join(folder, "control.sock");
		const server = await serverOn(path);
		expect(statSync(path).mode & 0o777).toBe(0o660);
		expect(statSync(path).gid).toBe(statSync(folder).gid);
		const caller = await callerOn(path);
		caller.write(hello);
		await caller.hear();
		await server.close();
		expect(await caller.hear()).toBeUndefined();
		expect(existsSync(path)).toBe(false);
	});
});
