import { type Command, onlyAs, unknown } from "./command.ts";

/** A command that begins with FS, all for Kanji: turning them off changes nothing. Null while it is not complete. */
export const fsCommand = (bytes: Buffer): Command | null => {
	switch (bytes[1]) {
		case undefined:
			return null;
		case 0x28:
			return onlyAs(bytes, 0x1c, 0x28, 0x41, 2, 0, 0x30, 0); // their font
		case 0x2d:
			return onlyAs(bytes, 0x1c, 0x2d, 0x30); // their underline
		case 0x2e:
			return { name: "accepted", length: 2 };
		case 0x53:
			return onlyAs(bytes, 0x1c, 0x53, 0, 0); // the space beside them
		default:
			return unknown(bytes, 2);
	}
};
