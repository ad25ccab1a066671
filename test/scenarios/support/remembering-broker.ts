import { startMosquitto, type TestBroker } from "../../feed/mosquitto.ts";
import { endsWithTest } from "./ends-with-test.ts";

/** A Mosquitto that keeps sessions over a stop, as most stand: who has listened once misses nothing of what comes first. */
export const rememberingBroker = (): Promise<TestBroker> =>
	endsWithTest(
		startMosquitto({
			wholeConf: (place, port) =>
				`listener ${port} 127.0.0.1\nallow_anonymous true\npersistence true\npersistence_location ${place}/\n`,
		}),
	);
