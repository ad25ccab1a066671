import { LivePort } from "../../../drivers/transport/live-port.ts";
import type { MakePort } from "../../../drivers/transport/port.ts";
import { VirtualLine } from "../../../drivers/virtual/virtual-line.ts";
import { type BenchTime, benchTime } from "./bench-time.ts";
import { type FarEnd, PLAIN_LINE, portTo } from "./far-end.ts";

/** A line with nothing on it yet: the till's port, and the device's end in the test's hands. */
export interface LineBench {
	readonly time: BenchTime;
	readonly makePort: MakePort;
	received(): Buffer;
	send(bytes: Uint8Array): void;
	unplug(): Promise<void>;
	plug(): Promise<void>;
}

/** Makes a line for one test. */
export type MakeLineBench = () => Promise<LineBench>;

/** A real line. */
export const realLineBench =
	(farEnd: () => Promise<FarEnd>): MakeLineBench =>
	async () => {
		const time = benchTime();
		const end = await farEnd();
		return {
			time,
			makePort: portTo(end, PLAIN_LINE, time.services),
			received: () => end.received(),
			send: (bytes) => end.send(bytes),
			unplug: () => end.unplug(),
			plug: () => end.plug(),
		};
	};

/** A virtual line. */
export const virtualLineBench: MakeLineBench = () => {
	const time = benchTime();
	const chunks: Uint8Array[] = [];
	const line = new VirtualLine("virtual", (bytes) => chunks.push(bytes));
	return Promise.resolve({
		time,
		makePort: (listener) => new LivePort(line.connector(), listener, time.services),
		received: () => Buffer.concat(chunks),
		send: (bytes) => line.send(bytes),
		unplug: () => Promise.resolve(line.unplug()),
		plug: () => Promise.resolve(line.plug()),
	});
};
