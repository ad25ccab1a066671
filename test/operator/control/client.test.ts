import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { callControl, isNobodyThere } from "../../../src/operator/control/client.ts";
import { tempDir } from "../../support/temp-dir.ts";

/** A service of the test's own: does what it likes with a caller. */
const serviceOn = async (path: string, onCaller: (socket: Socket) => void): Promise<void> => {
	const server = createServer((socket) => {
		socket.on("error", () => undefined);
		onCaller(socket);
	});
	await new Promise<void>((resolve) => server.listen(path, resolve));
	onTestFinished(() => void server.close());
};

const thrownBy = async (path: string): Promise<unknown> => {
	try {
		return await callControl(path, { command: "view" });
	} catch (thrown) {
		return thrown;
	}
};

describe("the control client", () => {
	it("hands progress on as it comes, and answers with the last line", async () => {
		const path = join(tempDir(), "control.sock");
		await serviceOn(path, (socket) => {
			socket.write('{"kind":"progress","text":"10 %"}\n{"kind":"progress","text":"20');
			setImmediate(() => socket.write(' %"}\n{"kind":"ok","result":7}\n'));
		});
		const told: string[] = [];
		expect(await callControl(path, { command: "view" }, (text) => told.push(text))).toEqual({ kind: "ok", result: 7 });
		expect(told).toEqual(["10 %", "20 %"]);
	});

	it("says TILL-0904 when nobody is there, and that it was so from the beginning", async () => {
		const thrown = await thrownBy(join(tempDir(), "control.sock"));
		expect(thrown).toMatchObject({ code: "TILL-0904" });
		expect(isNobodyThere(thrown)).toBe(true);
	});

	it.each([
		["hangs up", ""],
		["hangs up in the middle of an answer", '{"kind":"ok","res'],
		["speaks another language", "HTTP/1.1 400 Bad Request\r\n\r\n"],
		["sends JSON that is no answer", "7\n"],
	])("says TILL-0904 when the service %s; it was there, so nobody else may do its work", async (_name, text) => {
		const path = join(tempDir(), "control.sock");
		await serviceOn(path, (socket) => void socket.end(text));
		const thrown = await thrownBy(path);
		expect(thrown).toMatchObject({ code: "TILL-0904" });
		expect(isNobodyThere(thrown)).toBe(false);
	});
});
