import type { LineGuest, LineHost, LineShare } from "../../src/devices/contract/driver.ts";
import type { Port } from "../transport/port.ts";
import { SELECT_DISPLAY, SELECT_PRINTER } from "./commands.ts";

/**
 * A printer's line with a display in it that passes on what is not its own (Epson DM-D). One write selects the display,
 * tells it, and selects the printer again, so that nothing comes in between. A display that was switched on selects itself,
 * therefore whatever goes to the printer selects it first; DLE commands reach the printer in any case (DM-D110
 * specification p 12, 41).
 */
export class LineSharing implements LineHost {
	readonly #port: () => Port;
	readonly #guests = new Set<LineGuest>();

	constructor(port: () => Port) {
		this.#port = port;
	}

	/** What goes before bytes for the printer. */
	get toPrinter(): Buffer {
		return this.#guests.size === 0 ? Buffer.alloc(0) : SELECT_PRINTER;
	}

	share(guest: LineGuest): LineShare {
		this.#guests.add(guest);
		const port = this.#port;
		return {
			get name() {
				return port().name;
			},
			isOpen: () => port().isOpen(),
			write: (bytes) => port().write(Buffer.concat([SELECT_DISPLAY, bytes, SELECT_PRINTER])),
			turn: () => port().turn(),
			leave: () => this.#guests.delete(guest),
		};
	}

	/**
	 * What a new connection begins with. Twice: a display whose text broke off may take the first as the two parameters of
	 * its longest command.
	 */
	greet(): Buffer {
		return Buffer.concat([this.toPrinter, this.toPrinter]);
	}

	opened(): void {
		for (const guest of this.#guests) guest.onOpen();
	}

	lost(detail: string): void {
		for (const guest of this.#guests) guest.onClose(detail);
	}
}
