import { chmodSync, chownSync, rmSync, statSync } from "node:fs";
import { connect, createServer, type Server, type Socket } from "node:net";
import { dirname } from "node:path";
import { z } from "zod";
import { Fault, messageOf } from "../../runtime/contract/fault.ts";
import type { Logger } from "../../runtime/contract/logger.ts";
import { CONTROL_LINE_BYTES_MAX, type ControlAnswer, type ControlProgress, type ControlRequest } from "./request.ts";

/** Callers at the same time. */
const CALLERS_MAX = 16;

/** A caller that asks nothing, or takes no answer, for this long is hung up on: it would keep its place for ever. */
const CALLER_IDLE_MS = 60_000;

/** How long a refused caller may take to read why. */
const FAREWELL_MS = 2_000;

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

/** Sends one line and waits until the caller's side has taken it: what a caller does not read costs no memory. */
const send = (socket: Socket, answer: ControlAnswer | ControlProgress): Promise<void> =>
	new Promise((taken) => {
		if (socket.writable) socket.write(`${JSON.stringify(answer)}\n`, () => taken());
		else taken();
	});

/** What a caller that is refused still says is read and thrown away, for a while: a reset would take the answer from it. */
const refuse = (socket: Socket, fault: Fault): void => {
	const giveUp = setTimeout(() => socket.destroy(), FAREWELL_MS);
	socket.once("close", () => clearTimeout(giveUp));
	socket.on("data", () => undefined);
	socket.end(`${JSON.stringify(faultAnswer(fault))}\n`);
};

/** Answers the lines of one caller, one after the other; nothing more is read before the caller has taken an answer. */
const serve = async <Request>(
	socket: Socket,
	{ schema, handler }: ControlService<Request>,
	logger: Logger,
	idleMs: number,
): Promise<void> => {
	const answer = async (line: string): Promise<void> => {
		// However long the work takes: it is not the caller who is idle.
		socket.setTimeout(0);
		const result = await Promise.resolve()
			.then(() => handler(parse(line, schema), (text) => void send(socket, { kind: "progress", text })))
			.catch((thrown: unknown) => {
				logger.warn("a control request failed", { error: messageOf(thrown) });
				return faultAnswer(thrown);
			});
		socket.setTimeout(idleMs);
		await send(socket, result);
	};
	socket.setTimeout(idleMs);
	socket.on("timeout", () => socket.destroy());
	socket.setEncoding("utf8");
	let buffer = "";
	for await (const chunk of socket.iterator({ destroyOnReturn: false }) as AsyncIterable<string>) {
		buffer += chunk;
		for (let end = buffer.indexOf("\n"); end >= 0; end = buffer.indexOf("\n")) {
			const line = buffer.slice(0, end);
			buffer = buffer.slice(end + 1);
			await answer(line);
		}
		if (buffer.length > CONTROL_LINE_BYTES_MAX) {
			refuse(socket, new Fault("TILL-0902", "the request is too long"));
			return;
		}
	}
	socket.end();
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
		const refused = (cause: Error): void => reject(new Fault("TILL-0907", `${path}: ${messageOf(cause)}`, { cause }));
		server.once("error", refused);
		server.listen(path, () => {
			server.off("error", refused);
			resolve();
		});
	});

/**
 * Opens the control socket: readable and writable for the service's user and the group of its folder (tilld-admin, by
 * systemd's tmpfiles.d and the setgid bit), nobody else. A leftover socket file of a crash is replaced. Throws a
 * Fault: TILL-0903 when another service answers there, TILL-0907 when the socket cannot be made. `idleMs` is given by
 * tests only.
 */
export const startControlServer = async <Request>(
	path: string,
	service: ControlService<Request>,
	logger: Logger,
	idleMs = CALLER_IDLE_MS,
): Promise<ControlServer> => {
	if (await isLive(path)) throw new Fault("TILL-0903", `another service answers on ${path}`);
	clear(path);
	const sockets = new Set<Socket>();
	// Half open: a caller may close its side when it has said all it wanted, and is still answered.
	const server: Server = createServer({ allowHalfOpen: true }, (socket) => {
		const wentAway = (thrown: unknown): void =>
			logger.debug("a control caller went away", { error: messageOf(thrown) });
		socket.on("error", wentAway);
		if (sockets.size >= CALLERS_MAX) {
			refuse(socket, new Fault("TILL-0908", `${CALLERS_MAX} callers are being served`));
			return;
		}
		sockets.add(socket);
		socket.once("close", () => sockets.delete(socket));
		serve(socket, service, logger, idleMs).catch(wentAway);
	});
	await listen(server, path);
	// The system may refuse to hand a caller over (too many open files); the next one is taken again.
	server.on("error", (error) => logger.warn("a control caller could not be taken", { error: error.message }));
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
