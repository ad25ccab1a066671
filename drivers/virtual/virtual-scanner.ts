import type { Scanner } from "../../src/devices/contract/devices.ts";
import type { DriverServices } from "../../src/devices/contract/driver.ts";
import type { ScannerProfile } from "../../src/devices/contract/profile.ts";
import { SerialScanner } from "../serial-scanner/serial-scanner.ts";
import { aimPrefixOf } from "../serial-scanner/symbology.ts";
import { LivePort } from "../transport/live-port.ts";
import { VirtualLine } from "./virtual-line.ts";

/** A scanner without hardware: what is scanned goes as bytes through the real driver. */
export class VirtualScanner {
	/** What hangs on the till. */
	readonly device: Scanner;
	readonly #line: VirtualLine;
	readonly #aimPrefix: boolean;
	#beepCount = 0;

	constructor(options: { readonly id: string; readonly profile: ScannerProfile }, services: DriverServices) {
		this.#aimPrefix = options.profile.capabilities.aimPrefix;
		this.#line = new VirtualLine(options.id, (bytes) => {
			this.#beepCount += bytes.filter((byte) => byte === 0x07).length;
		});
		const connector = this.#line.connector();
		this.device = new SerialScanner(options, (listener) => new LivePort(connector, listener, services), services);
	}

	/** How often it was told to beep. */
	get beepCount(): number {
		return this.#beepCount;
	}

	/** Reads a label: with its AIM prefix, where the profile sends one and the symbology (UnifiedPOS name) has one. */
	scan(data: string, symbology = "EAN13"): void {
		this.sendBytes(Buffer.from(`${this.#aimPrefix ? aimPrefixOf(symbology) : ""}${data}\r`, "latin1"));
	}

	/** Sends bytes as they are. */
	sendBytes(bytes: Uint8Array): void {
		this.#line.send(bytes);
	}

	/** Pulls the cable. */
	unplug(): void {
		this.#line.unplug();
	}

	/** Puts the cable back. */
	plug(): void {
		this.#line.plug();
	}
}
