import { Printer } from "@node-escpos/core";

type Adapter = ConstructorParameters<typeof Printer<[]>>[0];

/** Takes the place of the package's transport, which is never asked for anything: only the buffer is used. */
const NO_TRANSPORT = {} as Adapter;

/**
 * Where @node-escpos/core is used: as the writer of the commands it gets right (initialise, code table, size, feed, cut)
 * and as the buffer of a job. Its text encoding, bold style (it adds ESC 5, no Epson command), QR, Code 128, status and
 * transports are not used (devices.md section 1).
 */
export class ByteWriter {
	readonly #printer = new Printer<[]>(NO_TRANSPORT, {});

	/** ESC @. Turns automatic status back off, too. */
	initialise(): void {
		this.#printer.hardware("INIT");
	}

	/** ESC t. */
	codeTable(slot: number): void {
		this.#printer.setCharacterCodeTable(slot);
	}

	/** GS !: so many times the normal width and height. */
	size(width: 1 | 2, height: 1 | 2): void {
		this.#printer.size(width, height);
	}

	/** Line feeds. */
	feed(lines: number): void {
		this.#printer.feed(lines);
	}

	/** Line feeds up to the cutter, then GS V. */
	cut(partial: boolean, feedLines: number): void {
		this.#printer.cut(partial, feedLines);
	}

	/** Bytes as they are. */
	raw(bytes: Buffer): void {
		this.#printer.print(bytes);
	}

	/** All that was written. */
	finish(): Buffer {
		return this.#printer.buffer.flush();
	}
}
