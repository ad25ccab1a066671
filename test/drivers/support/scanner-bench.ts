import { onTestFinished } from "vitest";
import { SerialScanner } from "../../../drivers/serial-scanner/serial-scanner.ts";
import type { MakePort } from "../../../drivers/transport/port.ts";
import { VirtualScanner } from "../../../drivers/virtual/virtual-scanner.ts";
import type { Scanner } from "../../../src/devices/contract/devices.ts";
import type { ScannerProfile } from "../../../src/devices/contract/profile.ts";
import { type BenchTime, benchTime } from "./bench-time.ts";
import type { MakeLineBench } from "./line-bench.ts";

/** A label: its AIM identifier, what UnifiedPOS calls that, and what is printed. */
export interface Label {
	readonly aim: string;
	readonly symbology: string;
	readonly data: string;
}

/** A scanner driver and the scanner at the far end of its line, played by the test. */
export interface ScannerBench {
	readonly time: BenchTime;
	readonly device: Scanner;
	/** Whether it says what it read. */
	readonly saysSymbology: boolean;
	/** Reads labels as fast as it can. Back when the till has every byte and the pause behind the last one is over. */
	read(...labels: readonly Label[]): Promise<void>;
	/** Reads one label whose bytes come in many pieces. */
	readInPieces(label: Label): Promise<void>;
	/** Sends the beginning of a read only. Back when the till has it. */
	readHalf(label: Label): Promise<void>;
	/** How often it was told to refuse a read aloud. */
	beeps(): number;
	/** Whether it can be told. */
	readonly canBeep: boolean;
	unplug(): Promise<void>;
	plug(): Promise<void>;
	/** Back when the line stands on both sides. */
	online(): Promise<void>;
}

/** What a test asks of the driver. */
export interface ScannerBenchOptions {
	readonly dataLengthMax?: number;
	readonly duplicateGuardMs?: number;
}

/** Makes a bench for one test. */
export type MakeScannerBench = (options?: ScannerBenchOptions) => Promise<ScannerBench>;

/** Longer than any pause that a driver waits for behind a read. */
const PAUSE_MS = 100;

const SUFFIXES: Readonly<Record<ScannerProfile["suffix"], string>> = {
	any: "\r\n",
	cr: "\r",
	lf: "\n",
	crlf: "\r\n",
	tab: "\t",
	etx: "\x03",
	none: "",
};

/** The eighth bit that makes the number of ones even, as a line of 7 data bits looks to one of 8. */
const evenParity = (byte: number): number => {
	let ones = 0;
	for (let bits = byte; bits > 0; bits >>= 1) ones += bits & 1;
	return ones % 2 === 0 ? byte : byte | 0x80;
};

/** What the scanner's end of a text line can do, before the driver is made. */
interface TextLine {
	readonly time: BenchTime;
	/** The driver on this line; `onBytes` is told how many bytes it was given. */
	readonly makeDevice: (profile: ScannerProfile, duplicateGuardMs: number, onBytes: (count: number) => void) => Scanner;
	send(bytes: Uint8Array): void;
	beeps(): number;
	unplug(): Promise<void>;
	plug(): Promise<void>;
}

const textBench =
	(makeLine: () => Promise<TextLine>, base: ScannerProfile): MakeScannerBench =>
	async ({ dataLengthMax = base.dataLengthMax, duplicateGuardMs = 0 } = {}) => {
		const line = await makeLine();
		const { time } = line;
		const profile = { ...base, dataLengthMax };
		let takenCount = 0;
		let sentCount = 0;
		const device = line.makeDevice(profile, duplicateGuardMs, (count) => {
			takenCount += count;
		});
		onTestFinished(() => device.close());
		const send = async (bytes: Uint8Array): Promise<void> => {
			sentCount += bytes.length;
			line.send(bytes);
			await time.until(() => takenCount >= sentCount);
		};
		const bytesOf = ({ aim, data }: Label): Buffer => {
			const identifier = profile.capabilities.aimPrefix ? aim : "";
			const bytes = Buffer.from(profile.prefix + identifier + data + SUFFIXES[profile.suffix], "latin1");
			return profile.serial.dataBits === 7 ? Buffer.from(bytes.map(evenParity)) : bytes;
		};
		const pause = (): void => {
			time.timers.advance(PAUSE_MS);
		};
		return {
			time,
			device,
			saysSymbology: profile.capabilities.aimPrefix,
			read: async (...labels) => {
				if (profile.suffix === "none") {
					for (const label of labels) {
						await send(bytesOf(label));
						pause();
					}
				} else {
					await send(Buffer.concat(labels.map(bytesOf)));
					pause();
				}
			},
			readInPieces: async (label) => {
				for (const byte of bytesOf(label)) await send(Buffer.of(byte));
				pause();
			},
			readHalf: (label) => {
				const bytes = bytesOf(label);
				return send(bytes.subarray(0, Math.ceil(bytes.length / 2)));
			},
			beeps: () => line.beeps(),
			canBeep: true,
			unplug: () => line.unplug(),
			plug: () => line.plug(),
			online: async () => {
				await time.pass(() => device.state().power === "online");
				// A network line stands for the till a moment before it does for the device: a read sent too early is lost.
				const before = line.beeps();
				device.beepError();
				await time.until(() => line.beeps() > before);
			},
		};
	};

const beepsIn = (bytes: Uint8Array): number => bytes.filter((byte) => byte === 0x07).length;

const counted =
	(makePort: MakePort, onBytes: (count: number) => void): MakePort =>
	(listener) =>
		makePort({
			...listener,
			onOpen: () => listener.onOpen(),
			onClose: (detail) => listener.onClose(detail),
			onData: (bytes) => {
				listener.onData(bytes);
				onBytes(bytes.length);
			},
		});

/** A scanner that sends text on that kind of line, as the profile says. It beeps on BEL, whatever the profile says. */
export const textScannerBench = (makeLine: MakeLineBench, profile: ScannerProfile): MakeScannerBench =>
	textBench(
		async () => {
			const line = await makeLine();
			return {
				time: line.time,
				makeDevice: (set, duplicateGuardMs, onBytes) =>
					new SerialScanner(
						{ id: "scanner", profile: set, duplicateGuardMs },
						counted(line.makePort, onBytes),
						line.time.services,
					),
				send: (bytes) => line.send(bytes),
				beeps: () => beepsIn(line.received()),
				unplug: () => line.unplug(),
				plug: () => line.plug(),
			};
		},
		{ ...profile, capabilities: { ...profile.capabilities, beepOnBel: true } },
	);

/** The scanner that needs no hardware. */
export const virtualScannerBench = (profile: ScannerProfile): MakeScannerBench =>
	textBench(() => {
		const time = benchTime();
		let scanner: VirtualScanner | null = null;
		let told = (_count: number): void => undefined;
		return Promise.resolve({
			time,
			makeDevice: (set, duplicateGuardMs, onBytes) => {
				scanner = new VirtualScanner({ id: "scanner", profile: set, duplicateGuardMs }, time.services);
				told = onBytes;
				return scanner.device;
			},
			send: (bytes) => {
				scanner?.sendBytes(bytes);
				told(bytes.length);
			},
			beeps: () => scanner?.beepCount ?? 0,
			unplug: () => Promise.resolve(scanner?.unplug()),
			plug: () => Promise.resolve(scanner?.plug()),
		});
	}, profile);
