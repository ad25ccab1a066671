import type { LineDisplay } from "../../src/devices/contract/devices.ts";
import type { DisplayOptions, DriverServices } from "../../src/devices/contract/driver.ts";
import { DISPLAY_PROTOCOLS } from "../line-display/driver.ts";
import { SerialLineDisplay } from "../line-display/line-display.ts";
import { LivePort } from "../transport/live-port.ts";
import { DisplayInterpreter } from "./display-interpreter.ts";
import { VirtualLine } from "./virtual-line.ts";

/** What a virtual display does in the world. */
export interface DisplayEvents {
	/** It shows something else. Rows as wide as the display. */
	readonly onDisplay: (displayId: string, rows: readonly string[]) => void;
	/** A command that the strict interpreter does not know. */
	readonly onViolation: (displayId: string, detail: string) => void;
}

/** A customer display of any profile without hardware: the real driver's bytes, interpreted into cells, and answered. */
export class VirtualDisplay {
	/** What hangs on the till. */
	readonly device: LineDisplay;
	readonly #line: VirtualLine;
	readonly #cells: DisplayInterpreter;

	constructor(options: Omit<DisplayOptions, "port">, services: DriverServices, events: DisplayEvents) {
		const { id, profile } = options;
		this.#cells = new DisplayInterpreter(profile);
		let shown = this.#cells.rows.join("\n");
		let violationCount = 0;
		this.#line = new VirtualLine(id, (bytes) => {
			this.#cells.next(bytes);
			for (const detail of this.#cells.violations.slice(violationCount)) events.onViolation(id, detail);
			violationCount = this.#cells.violations.length;
			if (this.#cells.rows.join("\n") === shown) return;
			shown = this.#cells.rows.join("\n");
			events.onDisplay(id, this.#cells.rows);
		});
		const connector = this.#line.connector();
		this.#cells.reply = (bytes) => this.#line.send(bytes);
		this.device = new SerialLineDisplay(
			options,
			DISPLAY_PROTOCOLS[profile.driver],
			(listener) => new LivePort(connector, listener, services),
			services,
		);
	}

	/** What it shows now. */
	get rows(): readonly string[] {
		return this.#cells.rows;
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
