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
	let isRefused = false;
	const send = (answer: ControlAnswer | ControlProgress): void => {
		if (socket.writable) socket.write(`${JSON.stringify(answer)}\n`);
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
		// What a refused caller still says is read and thrown away: a reset would take the answer from it.
		if (isRefused) return;
		buffer += chunk;
		for (let end = buffer.indexOf("\n"); end >= 0; end = buffer.indexOf("\n")) {
			const line = buffer.slice(0, end);
			buffer = buffer.slice(end + 1);
			waiting = waiting.then(() => answer(line));
		}
		if (buffer.length > CONTROL_LINE_BYTES_MAX) {
			isRefused = true;
			buffer = "";
			void waiting.then(() => {
				send(faultAnswer(new Fault("TILL-0902", "the request is too long")));
				socket.end();
			});
		}
	});
	socket.on("end", () => void waiting.then(() => socket.end()));
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

/** Takes the socket file of a killed service away; anything else at the path is somebody's and stays. */
const clear = (path: string): void => {
	const there = statSync(path, { throwIfNoEntry: false });
	if (there === undefined) return;
	if (!there.isSocket()) throw new Fault("TILL-0907", `${path} is another file, not a socket`);
	rmSync(path);
};

const listen = (server: Server, path: string): Promise<void> =>
	new Promise((resolve, reject) => {
		server.once("error", (cause) => reject(new Fault("TILL-0907", `${path}: ${messageOf(cause)}`, { cause })));
		server.listen(path, resolve);
	});

/**
 * Opens the control socket: readable and writable for the service's user and the group of its folder (tilld-admin, by
 * systemd's tmpfiles.d and the setgid bit), nobody else. A leftover socket file of a crash is replaced. Throws a
 * Fault: TILL-0903 when another service answers there, TILL-0907 when the socket cannot be made.
 */
export const startControlServer = async <Request>(
	path: string,
	service: ControlService<Request>,
	logger: Logger,
): Promise<ControlServer> => {
	if (await isLive(path)) throw new Fault("TILL-0903", `another service answers on ${path}`);
	clear(path);
	const sockets = new Set<Socket>();
	// Half open: a caller may close its side when it has said all it wanted, and is still answered.
	const server: Server = createServer({ allowHalfOpen: true }, (socket) => {
		sockets.add(socket);
		socket.once("close", () => sockets.delete(socket));
		serve(socket, service, logger);
	});
	server.maxConnections = CALLERS_MAX;
	await listen(server, path);
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
