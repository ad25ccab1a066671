import { createServer, type Socket } from "node:net";
import { Aedes } from "aedes";

/** A broker within this process. */
export interface EmbeddedBroker {
	readonly port: number;
	/** For `mqtt.url`. */
	readonly url: string;
	/** Ends every connection; sessions and kept messages are gone, as they lie in memory. */
	close(): Promise<void>;
}

/**
 * Starts a broker for one machine (`npm start`, tests): no users, nothing on disk, loopback unless another host is given.
 * A shop with more than one machine runs Mosquitto. Port 0 takes a free one; rejects with node's error when the port is
 * taken.
 */
export const startEmbeddedBroker = async ({
	port,
	host = "127.0.0.1",
}: {
	readonly port: number;
	readonly host?: string;
}): Promise<EmbeddedBroker> => {
	const broker = await Aedes.createBroker();
	// A client's broken protocol or lost line is the client's business: aedes ends that connection by itself.
	broker.on("clientError", () => {});
	broker.on("connectionError", () => {});
	const sockets = new Set<Socket>();
	const server = createServer((socket) => {
		sockets.add(socket);
		socket.on("close", () => sockets.delete(socket));
		socket.setNoDelay(true);
		broker.handle(socket);
	});
	await new Promise<void>((resolve, reject) => {
		server.once("error", reject);
		server.listen(port, host, resolve);
	}).catch(async (thrown: unknown) => {
		await new Promise<void>((resolve) => broker.close(resolve));
		throw thrown;
	});
	const address = server.address();
	const listening = typeof address === "object" && address !== null ? address.port : port;
	return {
		port: listening,
		url: `mqtt://${host.includes(":") ? `[${host}]` : host}:${listening}`,
		close: async () => {
			const closed = new Promise<void>((resolve) => server.close(() => resolve()));
			for (const socket of sockets) socket.destroy();
			await new Promise<void>((resolve) => broker.close(resolve));
			await closed;
		},
	};
};
