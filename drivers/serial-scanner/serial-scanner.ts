import type { DeviceState, Scanner } from "../../src/devices/contract/devices.ts";
import type { DriverServices } from "../../src/devices/contract/driver.ts";
import type { ScannerProfile } from "../../src/devices/contract/profile.ts";
import { StateCell } from "../state-cell.ts";
import type { MakePort, Port } from "../transport/port.ts";
import { SPLITTER_EMPTY, type SplitterState, splitReads } from "./read-splitter.ts";
import { parseRead } from "./symbology.ts";

/** A begun read that stands still this long is dropped: joined to the next one it would be another code. */
const INCOMPLETE_AFTER_MS = 1_000;

const BEL = Buffer.of(0x07);

/** A scanner that sends each read as a line of text. */
export class SerialScanner implements Scanner {
	readonly deviceClass = "Scanner";
	readonly id: string;
	readonly #profile: ScannerProfile;
	readonly #services: DriverServices;
	readonly #port: Port;
	readonly #state: StateCell;
	#splitter: SplitterState = SPLITTER_EMPTY;
	#cancelIncomplete: () => void = () => undefined;

	constructor(
		options: { readonly id: string; readonly profile: ScannerProfile },
		makePort: MakePort,
		services: DriverServices,
	) {
		this.id = options.id;
		this.#profile = options.profile;
		this.#services = services;
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

	#forget(): void {
		this.#cancelIncomplete();
		this.#splitter = SPLITTER_EMPTY;
	}

	#received(bytes: Uint8Array): void {
		this.#cancelIncomplete();
		const { reads, droppedCount, state } = splitReads(this.#splitter, bytes, this.#profile.dataLengthMax);
		this.#splitter = state;
		if (droppedCount > 0) this.#report(`a read of more than ${this.#profile.dataLengthMax} bytes was dropped`);
		else if (reads.length > 0) this.#report(null);
		for (const text of reads) {
			const { symbology, data } = parseRead(text, this.#profile.capabilities.aimPrefix);
			if (data.length > 0) this.#services.listeners.onScan({ deviceId: this.id, symbology, data });
		}
		if (state.bytes.length === 0 && !state.tooLong) return;
		this.#cancelIncomplete = this.#services.timers.after(`${this.id} incomplete read`, INCOMPLETE_AFTER_MS, () => {
			this.#splitter = SPLITTER_EMPTY;
			this.#report("a read without an end was dropped; check the scanner's suffix (CR or LF)");
		});
	}
}
