/** ESC/POS commands that @node-escpos/core lacks or gets wrong. Sources of the bytes: devices.md section 4. */
import type { DrawerPulse } from "../../src/devices/contract/driver.ts";

/** ESC E: emphasised. */
export const BOLD_ON = Buffer.of(0x1b, 0x45, 1);
/** ESC E: not emphasised. */
export const BOLD_OFF = Buffer.of(0x1b, 0x45, 0);
/** ESC a: centred. At the beginning of a line only. */
export const ALIGN_CENTRE = Buffer.of(0x1b, 0x61, 1);
/** ESC a: left. */
export const ALIGN_LEFT = Buffer.of(0x1b, 0x61, 0);
/** ESC i: full cut of printers older than GS V. At the beginning of a line only. */
export const CUT_FULL_OLD = Buffer.of(0x1b, 0x69);
/** ESC m: partial cut of printers older than GS V. At the beginning of a line only. */
export const CUT_PARTIAL_OLD = Buffer.of(0x1b, 0x6d);
/** GS a FF: automatic status back for everything; answered at once with the present status. */
export const ASB_ON = Buffer.of(0x1d, 0x61, 0xff);
/** GS r 1: answered by one byte when all before it was taken in. */
export const TRANSMIT_PAPER_STATUS = Buffer.of(0x1d, 0x72, 1);

/** ESC =: what follows is the printer's. */
export const SELECT_PRINTER = Buffer.of(0x1b, 0x3d, 1);
/** ESC =: what follows is the display's that hangs in the printer's line. */
export const SELECT_DISPLAY = Buffer.of(0x1b, 0x3d, 2);

/** Questions of DLE EOT: 1 printer, 2 cause of offline, 3 cause of error, 4 paper. */
export type RealTimeQuestion = 1 | 2 | 3 | 4;

/** DLE EOT n: answered at once by one byte, also while offline. */
export const realTimeStatus = (question: RealTimeQuestion): Buffer => Buffer.of(0x10, 0x04, question);

/** GS ( H function 48: answered by 37 22 id 00 when the printing of all before it has finished. `id`: 0 to 9999. */
export const processIdRequest = (id: number): Buffer =>
	Buffer.concat([Buffer.of(0x1d, 0x28, 0x48, 6, 0, 0x30, 0x30), Buffer.from(id.toString().padStart(4, "0"), "latin1")]);

/** ESC p m t1 t2: times in units of 2 ms, executed in order. */
export const drawerPulse = ({ pin, onMs, offMs }: DrawerPulse): Buffer =>
	Buffer.of(0x1b, 0x70, pin === 2 ? 0 : 1, Math.ceil(onMs / 2), Math.ceil(offMs / 2));

/** ESC @: begun lines and styles are thrown away, automatic status is off. */
export const INITIALISE = Buffer.of(0x1b, 0x40);

/** What GS I asks for in text: 65 firmware version, 66 maker, 67 model (RP-U420 specification p 62-63). */
export type IdentityQuestion = 65 | 66 | 67;

/** GS I n: answered by 5F text 00. */
export const transmitIdentity = (question: IdentityQuestion): Buffer => Buffer.of(0x1d, 0x49, question);
