import { onTestFinished } from "vitest";
import { DISPLAY_PROTOCOLS } from "../../../drivers/line-display/driver.ts";
import { SerialLineDisplay } from "../../../drivers/line-display/line-display.ts";
import { LivePort } from "../../../drivers/transport/live-port.ts";
import { portMaker } from "../../../drivers/transport/open-port.ts";
import type { MakePort } from "../../../drivers/transport/port.ts";
import { DisplayInterpreter } from "../../../drivers/virtual/display-interpreter.ts";
import { VirtualLine } from "../../../drivers/virtual/virtual-line.ts";
import type { DeviceBrightness } from "../../../src/devices/contract/driver.ts";
import type { DisplayProfile } from "../../../src/devices/contract/profile.ts";
import { type BenchTime, benchTime } from "./bench-time.ts";
import type { FarEnd } from "./far-end.ts";

/** A display driver, and at the far end of its line a display of the same profile. */
export interface DisplayBench {
	readonly time: BenchTime;
	readonly device: SerialLineDisplay;
	readonly display: DisplayInterpreter;
	unplug(): Promise<void>;
	plug(): Promise<void>;
	/** The display gets so many more bytes, and then the cable is pulled. Resolves when it is. */
	cutAfter(byteCount: number): Promise<void>;
	/** Stops the far end from taking bytes in, until `resume`. Not on a virtual line. */
	pause(): void;
	resume(): void;
}

/** Makes a bench for one test; the driver is not opened yet. */
export type MakeDisplayBench = (profile: DisplayProfile, brightness?: DeviceBrightness) => Promise<DisplayBench>;

interface Cable extends Pick<DisplayBench, "unplug" | "plug" | "pause" | "resume"> {
	readonly makePort: MakePort;
	send(bytes: Uint8Array): void;
	onBytes(receive: (bytes: Uint8Array) => void): void;
}

const bench = (
	time: BenchTime,
	cable: Cable,
	profile: DisplayProfile,
	brightness: DeviceBrightness | undefined,
): DisplayBench => {
	const display = new DisplayInterpreter(profile);
	display.reply = (bytes) => cable.send(bytes);
	let left = Number.POSITIVE_INFINITY;
	let cut: () => void = () => undefined;
	cable.onBytes((bytes) => {
		display.next(bytes.subarray(0, left));
		left -= bytes.length;
		if (left <= 0) cut();
	});
	const device = new SerialLineDisplay(
		{ id: "display", profile, brightness },
		DISPLAY_PROTOCOLS[profile.driver],
		cable.makePort,
		time.services,
	);
	onTestFinished(() => device.close());
	return {
		time,
		device,
		display,
		unplug: () => cable.unplug(),
		plug: () => {
			left = Number.POSITIVE_INFINITY;
			return cable.plug();
		},
		cutAfter: (byteCount) =>
			new Promise((resolve, reject) => {
				left = byteCount;
				cut = () => {
					left = 0;
					cut = () => undefined;
					cable.unplug().then(resolve, reject);
				};
			}),
		pause: () => cable.pause(),
		resume: () => cable.resume(),
	};
};

/** On a real line. */
export const realDisplayBench =
	(farEnd: () => Promise<FarEnd>): MakeDisplayBench =>
	async (profile, brightness) => {
		const time = benchTime();
		const end = await farEnd();
		const cable: Cable = {
			makePort: portMaker(end.port, profile.serial, time.services),
			send: (bytes) => end.send(bytes),
			onBytes: (receive) => {
				end.onBytes = receive;
			},
			unplug: () => end.unplug(),
			plug: () => end.plug(),
			pause: () => end.pause(),
			resume: () => end.resume(),
		};
		return bench(time, cable, profile, brightness);
	};

/** On a virtual line, which cannot be slow. */
export const virtualDisplayBench: MakeDisplayBench = (profile, brightness) => {
	const time = benchTime();
	let receive: (bytes: Uint8Array) => void = () => undefined;
	const line = new VirtualLine("virtual", (bytes) => receive(bytes));
	const cable: Cable = {
		makePort: (listener) => new LivePort(line.connector(), listener, time.services),
		send: (bytes) => line.send(bytes),
		onBytes: (given) => {
			receive = given;
		},
		unplug: () => Promise.resolve(line.unplug()),
		plug: () => Promise.resolve(line.plug()),
		pause: () => undefined,
		resume: () => undefined,
	};
	return Promise.resolve(bench(time, cable, profile, brightness));
};
