import type { DeviceState, Scanner } from "../../src/devices/contract/devices.ts";
import type { DriverServices, ScannerOptions } from "../../src/devices/contract/driver.ts";
import { ScanOutlet } from "../scan-data/scan-outlet.ts";
import { parseRead } from "../scan-data/symbology.ts";
import { StateCell } from "../state-cell.ts";
import type { MakePort, Port } from "../transport/port.ts";
import {
	endPause,
	type ReadFormat,
	SPLITTER_EMPTY,
	type Split,
	type SplitterState,
	splitReads,
} from "./read-splitter.ts";

/** A begun read that stands still this long is dropped: joined to the next one it would be another code. */
const INCOMPLETE_AFTER_MS = 1_000;

/** A two-dimensional read that was held at its suffix is whole after this pause: 48 characters' time at 9600 baud. */
const HELD_PAUSE_MS = 50;

const BEL = Buffer.of(0x07);

/** A scanner that sends each read as text: with something at its end, or with a pause behind it. */
export class SerialScanner implements Scanner {
	readonly deviceClass = "Scanner";
	readonly id: string;
	readonly #profile: ScannerOptions["profile"];
	readonly #format: ReadFormat;
	readonly #services: DriverServices;
	readonly #outlet: ScanOutlet;
	readonly #port: Port;
	readonly #state: StateCell;
	#splitter: SplitterState = SPLITTER_EMPTY;
	#cancelPause: () => void = () => undefined;

	constructor(options: Omit<ScannerOptions, "port">, makePort: MakePort, services: DriverServices) {
		const { id, profile } = options;
		this.id = id;
		this.#profile = profile;
		this.#format = {
			prefix: profile.prefix,
			suffix: profile.suffix,
			aimPrefix: profile.capabilities.aimPrefix,
			dataBits: profile.serial.dataBits,
			dataLengthMax: profile.dataLengthMax,
		};
		this.#services = services;
		this.#outlet = new ScanOutlet(options, services);
		this.#state = new StateCell((state) => services.listeners.onState(this, state));
		this.#port = makePort({
			onOpen: () => this.#report(null),
			onData: (bytes) => this.#received(bytes),
			onClose: (detail) => {
				this.#forget();
				this.#state.set({ power: "offline", conditions: [], detail });
			},
		});
	}

	open(): void {
		this.#port.open();
	}

	close(): Promise<void> {
		this.#forget();
		return this.#port.close();
	}

	state(): DeviceState {
		return this.#state.get();
	}

	beepError(): void {
		if (this.#profile.capabilities.beepOnBel) void this.#port.write(BEL);
	}

	/** The line stands; `detail` says what was wrong with the last read, until a good one comes. */
	#report(detail: string | null): void {
		this.#state.set({ power: "online", conditions: [], detail });
	}

	/** What is begun when the line goes is never joined to what comes after it. */
	#forget(): void {
		this.#cancelPause();
		this.#splitter = SPLITTER_EMPTY;
	}

	#received(bytes: Uint8Array): void {
		this.#cancelPause();
		this.#give(splitReads(this.#splitter, bytes, this.#format));
		const { begun, held } = this.#splitter;
		if (this.#profile.idleFlushMs > 0) {
			if (begun.text !== "" || held !== null) this.#afterPause(this.#profile.idleFlushMs, () => this.#paused());
		} else if (begun.text !== "") {
			this.#after("incomplete read", INCOMPLETE_AFTER_MS, () => {
				this.#splitter = SPLITTER_EMPTY;
				this.#report("a read without an end was dropped; check the scanner's suffix");
			});
		} else if (held !== null) this.#afterPause(HELD_PAUSE_MS, () => this.#paused());
	}

	#paused(): void {
		this.#give(endPause(this.#splitter, this.#format));
	}

	#give({ reads, tooLongCount, noPrefixCount, state }: Split): void {
		this.#splitter = state;
		const read = reads.map((text) => parseRead(text, this.#format.aimPrefix)).filter(({ data }) => data !== "");
		const good = read.filter(({ data }) => data.length <= this.#format.dataLengthMax);
		if (tooLongCount > 0 || good.length < read.length) {
			this.#report(`a read of more than ${this.#format.dataLengthMax} bytes was dropped`);
		} else if (noPrefixCount > 0) this.#report("a read without the configured prefix was dropped");
		else if (good.length > 0) this.#report(null);
		for (const one of good) this.#outlet.give(one);
	}

	/**
	 * Waits for a pause in two halves: when something has held the program up, its timers come before the bytes that wait,
	 * and the second half lets these in.
	 */
	#afterPause(pauseMs: number, then: () => void): void {
		this.#after("pause", pauseMs / 2, () => this.#after("pause", pauseMs / 2, then));
	}

	#after(name: string, delayMs: number, then: () => void): void {
		this.#cancelPause = this.#services.timers.after(`${this.id} ${name}`, delayMs, then);
	}
}
