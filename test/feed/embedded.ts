import { type EmbeddedBroker, startEmbeddedBroker } from "../../src/feed/mqtt/embedded-broker.ts";
import type { TestBroker } from "./mosquitto.ts";

/** The embedded broker behind the same handle as Mosquitto. It has one way to end: every socket cut, nothing kept. */
export const startEmbedded = async (): Promise<TestBroker> => {
	let broker: EmbeddedBroker | undefined = await startEmbeddedBroker({ port: 0 });
	const { port, url } = broker;
	const end = async (): Promise<void> => {
		const running = broker;
		broker = undefined;
		await running?.close();
	};
	return {
		url,
		port,
		start: async () => {
			broker = await startEmbeddedBroker({ port });
		},
		stop: end,
		kill: end,
		dispose: end,
	};
};
