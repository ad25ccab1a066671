import type { DeviceState, Scanner } from "../../src/devices/contract/devices.ts";
import type { DriverServices, ScannerOptions } from "../../src/devices/contract/driver.ts";
import { withoutEnd, withoutPrefix } from "../scan-data/read-end.ts";
import { ScanOutlet } from "../scan-data/scan-outlet.ts";
import { hasIdentifier, parseRead } from "../scan-data/symbology.ts";
import { StateCell } from "../state-cell.ts";
import type { Port, PortListener } from "../transport/port.ts";
import type { HidStart } from "./hid-connector.ts";
import { type PosReports, posReportsOf } from "./pos-reports.ts";
import { type BegunScan, joinReport } from "./scan-joiner.ts";

/** A read whose next report does not come within this time is dropped; reports follow each other within milliseconds. */
const INCOMPLETE_AFTER_MS = 1_000;

/** Makes the port; each piece of its data is one input report. */
export type MakeHidPort = (listener: PortListener, start: HidStart) => Port;

/** A scanner set to USB HID-POS: it sends reports that say what was read, without end or guess. */
export class HidPosScanner implements Scanner {
	readonly deviceClass = "Scanner";
	readonly id: string;
	readonly #profile: ScannerOptions["profile"];
	readonly #services: DriverServices;
	readonly #outlet: ScanOutlet;
	readonly #port: Port;
	readonly #state: StateCell;
	#reports: PosReports;
	#begun: BegunScan | null = null;
	#damagedCount = 0;
	#cancelIncomplete: () => void = () => undefined;

	constructor(options: Omit<ScannerOptions, "port">, makePort: MakeHidPort, services: DriverServices) {
		const { id, profile } = options;
		this.id = id;
		this.#profile = profile;
		this.#services = services;
		this.#outlet = new ScanOutlet(options, services);
		this.#state = new StateCell((state) => services.listeners.onState(this, state));
		this.#reports = posReportsOf(null, profile);
		const { startReport } = profile.hidPos;
		this.#port = makePort(
			{
				onOpen: () => this.#report(null),
				onData: (report) => this.#received(report),
				onClose: (detail) => {
					this.#forget();
					this.#state.set({ power: "offline", conditions: [], detail });
				},
			},
			{
				startReport: startReport === undefined ? null : Buffer.from(startReport, "hex"),
				onDescriptor: (descriptor) => {
					this.#reports = posReportsOf(descriptor, profile);
				},
				onRefused: (detail) => {
					this.#reports = { ...this.#reports, errorBeep: null };
					services.logger.warn("the scanner takes no error beep", { device: id, detail });
				},
			},
		);
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
		const { errorBeep } = this.#reports;
		if (errorBeep !== null) void this.#port.write(errorBeep);
	}

	/** The device is there; `detail` says what was wrong with the last report, until a good read comes. */
	#report(detail: string | null): void {
		this.#state.set({ power: "online", conditions: [], detail });
	}

	#forget(): void {
		this.#cancelIncomplete();
		this.#begun = null;
	}

	#received(report: Uint8Array): void {
		const step = joinReport(this.#begun, report, this.#reports.scans, this.#profile.dataLengthMax);
		if (step.step !== "other") this.#forget();
		switch (step.step) {
			case "other":
				return;
			case "begun":
				this.#begun = step.begun;
				this.#cancelIncomplete = this.#services.timers.after(`${this.id} incomplete read`, INCOMPLETE_AFTER_MS, () => {
					this.#begun = null;
					this.#report("a read without its last report was dropped");
				});
				return;
			case "read":
				this.#give(step.identifier, step.data);
				return;
			case "tooLong":
				this.#report(`a read of more than ${this.#profile.dataLengthMax} bytes was dropped`);
				return;
			case "damaged":
				this.#damagedCount += 1;
				this.#report(`${this.#damagedCount} reports were dropped that are none of this scanner's form`);
		}
	}

	/** Prefix and suffix count here too: some scanners put what they are set to into the data. */
	#give(identifier: string, text: string): void {
		const { prefix, suffix } = this.#profile;
		const data = withoutPrefix(prefix, withoutEnd(suffix, text));
		if (data === null) {
			this.#report("a read without the configured prefix was dropped");
			return;
		}
		this.#report(null);
		if (data !== "") this.#outlet.give(parseRead(identifier + data, hasIdentifier(identifier)));
	}
}
