import type { PrintElement } from "../../src/devices/contract/devices.ts";

/** Bytes of selection and length around the data of a code. */
const COMMAND_FRAME = 16;

/**
 * What a printer may still be waiting for when a job broke off: at most the parameters of its longest command, the data
 * of a QR code or bar code. So many NULs end that command (elsewhere a printer ignores NUL), and ESC @ throws away the
 * begun line. Without it the next receipt's beginning would be swallowed as that data.
 */
export const resynchronise = (interrupted: readonly PrintElement[]): Buffer => {
	const longest = interrupted.reduce(
		(most, element) =>
			element.kind === "qr" || element.kind === "barcode" ? Math.max(most, Buffer.byteLength(element.data)) : most,
		0,
	);
	return Buffer.concat([Buffer.alloc(longest + COMMAND_FRAME), Buffer.of(0x1b, 0x40)]);
};
