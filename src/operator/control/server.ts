import { chmodSync, chownSync, rmSync, statSync } from "node:fs";
import { connect, createServer, type Server, type Socket } from "node:net";
import { dirname } from "node:path";
import { z } from "zod";
import { Fault, messageOf } from "../../runtime/contract/fault.ts";
import type { Logger } from "../../runtime/contract/logger.ts";
import { CONTROL_LINE_BYTES_MAX, type ControlAnswer, type ControlProgress, type ControlRequest } from "./request.ts";

/** Callers at the same time. */
const CALLERS_MAX = 16;

/** Carries one request out. What it throws is answered as a fault. */
export type ControlHandler<Request = ControlRequest> = (
	request: Request,
	progress: (text: string) => void,
) => ControlAnswer | Promise<ControlAnswer>;

/** What a service answers: the form of its requests, and who carries them out. */
export interface ControlService<Request> {
	readonly schema: z.ZodType<Request>;
	readonly handler: ControlHandler<Request>;
}

/** The open socket. */
export interface ControlServer {
	close(): Promise<void>;
}

const faultAnswer = (thrown: unknown): ControlAnswer =>
	thrown instanceof Fault
		? { kind: "fault", code: thrown.code, message: thrown.message, problems: thrown.problems }
		: { kind: "fault", code: "TILL-0901", message: messageOf(thrown), problems: [] };

const parse = <Request>(line: string, schema: z.ZodType<Request>): Request => {
	let json: unknown;
	try {
		json = JSON.parse(line);
	} catch (cause) {
		throw new Fault("TILL-0902", "the request is no JSON", { cause });
	}
	const parsed = schema.safeParse(json);
	if (!parsed.success)
		throw new Fault("TILL-0902", "the request is not understood", {
			problems: z.prettifyError(parsed.error).split("\n"),
		});
	return parsed.data;
};

/** Answers the lines of one caller, one after the other. */
const serve = <Request>(socket: Socket, { schema, handler }: ControlService<Request>, logger: Logger): void => {
	let waiting = Promise.resolve();
	let buffer = "";
	const send = (answer: ControlAnswer | ControlProgress): void => {
		if (!socket.destroyed) socket.write(`${JSON.stringify(answer)}\n`);
	};
	const answer = async (line: string): Promise<void> => {
		try {
			send(await handler(parse(line, schema), (text) => send({ kind: "progress", text })));
		} catch (thrown) {
			logger.warn("a control request failed", { error: messageOf(thrown) });
			send(faultAnswer(thrown));
		}
	};
	socket.setEncoding("utf8");
	socket.on("data", (chunk: string) => {
		buffer += chunk;
		for (let end = buffer.indexOf("\n"); end >= 0; end = buffer.indexOf("\n")) {
			const line = buffer.slice(0, end);
			buffer = buffer.slice(end + 1);
			waiting = waiting.then(() => answer(line));
		}
		if (buffer.length > CONTROL_LINE_BYTES_MAX) {
			send(faultAnswer(new Fault("TILL-0902", "the request is too long")));
			socket.destroy();
		}
	});
	socket.on("error", (error) => logger.debug("a control caller went away", { error: error.message }));
};

/** Whether somebody answers on a socket file: then it is not a leftover of a crash. */
const isLive = (path: string): Promise<boolean> =>
	new Promise((resolve) => {
		const probe = connect(path);
		probe.once("connect", () => {
			probe.destroy();
			resolve(true);
		});
		probe.once("error", () => resolve(false));
	});

/**
 * Opens the control socket: readable and writable for the service's user and the group of its folder (tilld-admin, by
 * systemd's RuntimeDirectory and the setgid bit), nobody else. A leftover socket file of a crash is replaced.
 */
export const startControlServer = async <Request>(
	path: string,
	service: ControlService<Request>,
	logger: Logger,
): Promise<ControlServer> => {
	if (await isLive(path)) throw new Fault("TILL-0903", `another service answers on ${path}`);
	rmSync(path, { force: true });
	const sockets = new Set<Socket>();
	const server: Server = createServer((socket) => {
		sockets.add(socket);
		socket.once("close", () => sockets.delete(socket));
		serve(socket, service, logger);
	});
	server.maxConnections = CALLERS_MAX;
	await new Promise<void>((resolve, reject) => {
		server.once("error", reject);
		server.listen(path, resolve);
	});
	chmodSync(path, 0o660);
	const folder = statSync(dirname(path));
	if (process.getuid?.() === 0) chownSync(path, 0, folder.gid);
	return {
		close: () =>
			new Promise((resolve) => {
				for (const socket of sockets) socket.destroy();
				server.close(() => resolve());
			}),
	};
};
