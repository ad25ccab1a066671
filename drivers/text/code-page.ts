import iconv from "iconv-lite";
import type { PrinterProfile } from "../../src/devices/contract/profile.ts";

/** A code page of a device: the number that selects it (ESC t) and the encoding behind it. */
export type CodePage = PrinterProfile["codePages"][number];

/** Names of the encodings a profile may use. */
export type EncodingName = CodePage["encoding"];

/** An encoding as two tables. Bytes below 0x20 and 0x7F are commands to a device, so no table holds them. */
export interface EncodingTable {
	/** Byte of a UTF-16 code unit, 0 for those it has not. */
	readonly byteOf: Uint8Array;
	/** Character of a byte; empty for those that have none. */
	readonly charOf: readonly string[];
}

const tables = new Map<EncodingName, EncodingTable>();

/** The tables of an encoding, made from iconv-lite's on first use. */
export const encodingTable = (encoding: EncodingName): EncodingTable => {
	const known = tables.get(encoding);
	if (known !== undefined) return known;
	const byteOf = new Uint8Array(0x10000);
	const charOf: string[] = Array.from({ length: 256 }, () => "");
	for (let byte = 0x20; byte < 0x100; byte += 1) {
		const char = iconv.decode(Buffer.of(byte), encoding);
		const unit = char.charCodeAt(0);
		if (char.length !== 1 || unit === 0xfffd || unit < 0x20 || (unit >= 0x7f && unit < 0xa0)) continue;
		byteOf[unit] = byte;
		charOf[byte] = char;
	}
	const table = { byteOf, charOf };
	tables.set(encoding, table);
	return table;
};
