import { Socket } from "node:net";
import type { Connector, Link, LinkEvents } from "./link.ts";

/** Silence after which the kernel asks whether the peer still lives: a printer that lost its power says no goodbye. */
const KEEP_ALIVE_MS = 10_000;

/**
 * Raw printing over TCP, usually port 9100. One long-lived socket: a network printer serves its first connection and lets
 * the others wait, and closes one that was idle for 5 minutes (UB-E02 Technical Reference Guide; devices.md section 4).
 */
export const tcpConnector = (host: string, port: number): Connector => ({
	name: `${host}:${port}`,
	bytesPerSecond: null,
	connect(events: LinkEvents): Link {
		const socket = new Socket();
		let failure = "the peer closed the connection";
		socket.setNoDelay(true);
		socket.setKeepAlive(true, KEEP_ALIVE_MS);
		socket.on("connect", () => events.opened());
		socket.on("data", (bytes: Buffer) => events.data(bytes));
		socket.on("error", (error) => {
			failure = error.message;
		});
		socket.on("close", () => events.closed(failure));
		socket.connect({ host, port });
		return {
			// The callback comes when the kernel has taken the bytes, which says nothing of paper (devices.md section 0, 8).
			write: (bytes, done) => {
				if (!socket.writable) return false;
				socket.write(bytes, (error) => done(error ?? null));
				return true;
			},
			close: (done) => {
				socket.once("close", () => done());
				socket.end(() => socket.destroy());
			},
			// A reset instead of a farewell: what the kernel still holds is thrown away and cannot come out late.
			abort: () => {
				if (socket.connecting) socket.destroy();
				else socket.resetAndDestroy();
			},
		};
	},
});
