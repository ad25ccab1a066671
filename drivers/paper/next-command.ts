import { type Command, unknown } from "./command.ts";
import { escCommand } from "./esc-command.ts";
import { fsCommand } from "./fs-command.ts";
import { gsCommand } from "./gs-command.ts";

const ESC = 0x1b;
const GS = 0x1d;
const FS = 0x1c;
const LF = 0x0a;
/** Ignored by a printer that feeds by itself at no CR, which is how they are set (Epson: CR). */
const CR = 0x0d;

/**
 * The first command of these bytes, by the lengths and ranges of devices.md section 4; null when none is complete. Whoever
 * plays a printer takes real-time commands (DLE) out before.
 */
export const nextCommand = (bytes: Buffer): Command | null => {
	const byte = bytes[0];
	if (byte === undefined) return null;
	if (byte === ESC) return escCommand(bytes);
	if (byte === GS) return gsCommand(bytes);
	if (byte === FS) return fsCommand(bytes);
	if (byte === CR) return { name: "accepted", length: 1 };
	if (byte === LF) return { name: "lineFeed", length: 1 };
	if (byte === 0) return { name: "filler", length: 1 };
	return byte < 0x20 || byte === 0x7f ? unknown(bytes, 1) : { name: "character", length: 1, byte };
};
