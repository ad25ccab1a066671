import { cellsOf } from "./cells.ts";
import type { DisplayProtocol, DisplayStep } from "./display-protocol.ts";

const EOT = 0x04;
const SOH = 0x01;
const ETB = 0x17;
const ACK = 0x06;
const NAK = 0x15;
const CLEAR = 0x43;
const POSITION = 0x50;
/** Added to a position, which counts from 1. */
const POSITION_ZERO = 0x30;

const command = (...bytes: readonly number[]): DisplayStep => ({
	bytes: Buffer.of(EOT, SOH, ...bytes, ETB),
	isAnswered: true,
});

const text = (bytes: Buffer): DisplayStep => ({ bytes, isAnswered: false });

/**
 * DSP800: commands between EOT SOH and ETB, each answered by ACK or NAK; text stands outside of them and is not answered.
 * A row is sent when its position was confirmed, so that a refused position cannot put it somewhere else
 * (Tysso VFD-550 manual p 18-19; devices.md section 5).
 */
export const dsp800Display: DisplayProtocol = {
	answers: { ack: ACK, nak: NAK },
	initialise: ({ deviceRows, deviceColumns }) => [
		command(CLEAR, POSITION_ZERO + 1, POSITION_ZERO + deviceRows * deviceColumns),
	],
	show: (rows, profile) =>
		cellsOf(rows, profile).rows.flatMap((row, at) => [
			command(POSITION, POSITION_ZERO + 1 + at * profile.deviceColumns),
			text(row),
		]),
};
