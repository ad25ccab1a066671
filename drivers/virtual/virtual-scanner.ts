import type { Scanner } from "../../src/devices/contract/devices.ts";
import type { DriverServices, ScannerOptions } from "../../src/devices/contract/driver.ts";
import type { ScannerProfile } from "../../src/devices/contract/profile.ts";
import { aimPrefixOf } from "../scan-data/symbology.ts";
import { SerialScanner } from "../serial-scanner/serial-scanner.ts";
import { LivePort } from "../transport/live-port.ts";
import { VirtualLine } from "./virtual-line.ts";

/** What it sends behind a read. */
const SUFFIXES: Readonly<Record<ScannerProfile["suffix"], string>> = {
	any: "\r",
	cr: "\r",
	lf: "\n",
	crlf: "\r\n",
	tab: "\t",
	etx: "\x03",
	none: "",
};

/** A scanner without hardware: what is scanned goes as bytes through the real driver. */
export class VirtualScanner {
	/** What hangs on the till. */
	readonly device: Scanner;
	readonly #line: VirtualLine;
	readonly #profile: ScannerProfile;
	#beepCount = 0;

	constructor(options: Omit<ScannerOptions, "port">, services: DriverServices) {
		this.#profile = options.profile;
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
		const { prefix, suffix, capabilities } = this.#profile;
		const identifier = capabilities.aimPrefix ? aimPrefixOf(symbology) : "";
		this.sendBytes(Buffer.from(prefix + identifier + data + SUFFIXES[suffix], "latin1"));
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
