import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { onTestFinished } from "vitest";

/** A till's own way to the broker, which can be shut while everybody else goes on speaking to it. */
export interface BrokerGate {
	/** For the till's `mqtt.url`. */
	readonly url: string;
	/** Cuts the line; until `open` nobody answers. */
	shut(): Promise<void>;
	open(): Promise<void>;
}

/** Opens a gate in front of a broker on this machine; it ends with the test. */
export const brokerGate = async (brokerUrl: string): Promise<BrokerGate> => {
	const broker = new URL(brokerUrl);
	const lines = new Set<Socket>();
	let server: Server | undefined;
	let port = 0;
	const keep = (line: Socket): void => {
		lines.add(line);
		line.on("close", () => lines.delete(line));
		line.on("error", () => line.destroy());
	};
	const open = async (): Promise<void> => {
		server = createServer((till) => {
			const behind = connect(Number(broker.port), broker.hostname);
			for (const line of [till, behind]) keep(line);
			till.pipe(behind);
			behind.pipe(till);
			till.on("close", () => behind.destroy());
			behind.on("close", () => till.destroy());
		});
		server.listen(port, "127.0.0.1");
		await once(server, "listening");
		port = (server.address() as AddressInfo).port;
	};
	const shut = async (): Promise<void> => {
		const running = server;
		server = undefined;
		if (running === undefined) return;
		for (const line of lines) line.destroy();
		running.close();
		await once(running, "close");
	};
	await open();
	onTestFinished(shut);
	return { url: `mqtt://127.0.0.1:${port}`, shut, open };
};
