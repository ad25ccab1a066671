import { hasRealTime } from "./real-time.ts";

/** Most bytes of QR code versions 1 to 40 at error correction M in byte mode (ISO/IEC 18004 table 7). */
const BYTES_MAX: readonly number[] = [
	14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666, 711, 779, 857, 911,
	997, 1059, 1125, 1190, 1264, 1370, 1452, 1538, 1628, 1722, 1809, 1911, 1989, 2099, 2213, 2331,
];

/** Dots of a module: more than 6 only wastes paper, less than 2 no camera reads. */
const MODULE_DOTS_MAX = 6;
const MODULE_DOTS_MIN = 2;
/** The quiet zone of four modules on either side. */
const QUIET_MODULES = 8;

const command = (fn: number, ...parameters: number[]): Buffer =>
	Buffer.of(0x1d, 0x28, 0x6b, parameters.length + 2, 0, 0x31, fn, ...parameters);

/**
 * GS ( k: a QR code of the UTF-8 bytes of `data`, as large as reads well and fits `widthDots`; null when none fits. The
 * length counts bytes, not characters (devices.md section 4).
 */
export const qrCode = (data: string, widthDots: number): Buffer | null => {
	const bytes = Buffer.from(data, "utf8");
	const version = BYTES_MAX.findIndex((most) => bytes.length <= most) + 1;
	const moduleDots = Math.min(MODULE_DOTS_MAX, Math.floor(widthDots / (17 + 4 * version + QUIET_MODULES)));
	if (version === 0 || bytes.length === 0 || moduleDots < MODULE_DOTS_MIN) return null;
	const length = bytes.length + 3;
	const qr = Buffer.concat([
		command(0x41, 0x32, 0), // model 2
		command(0x43, moduleDots),
		command(0x45, 0x31), // error correction M
		Buffer.of(0x1d, 0x28, 0x6b, length & 0xff, length >> 8, 0x31, 0x50, 0x30),
		bytes,
		command(0x51, 0x30),
	]);
	// The length of 1037 bytes of data reads DLE EOT.
	return hasRealTime(qr) ? null : qr;
};
