import type { DisplayLanguage } from "./display-language.ts";
import type { DisplayScreen } from "./display-screen.ts";

const EOT = 0x04;
const SOH = 0x01;
const ETB = 0x17;
const ACK = 0x06;
const NAK = 0x15;
const CLEAR = 0x43;
const POSITION = 0x50;

/** Bytes of each command from EOT to ETB. */
const LENGTHS: Readonly<Record<number, number>> = { [CLEAR]: 6, [POSITION]: 5 };

/** A position's byte as a cell counted from 0; null beyond the display. */
const cellOf = (byte: number | undefined, screen: DisplayScreen): number | null => {
	const cell = (byte ?? 0) - 0x31;
	return cell >= 0 && cell < screen.profile.deviceRows * screen.profile.deviceColumns ? cell : null;
};

/** Carries out what stands between EOT SOH and ETB; whether it could. */
const carryOut = ([, , name, first, second]: readonly number[], screen: DisplayScreen): boolean => {
	const from = cellOf(first, screen);
	if (from === null) return false;
	if (name === POSITION) {
		screen.moveToCell(from);
		return true;
	}
	const to = cellOf(second, screen);
	if (to === null || to < from) return false;
	screen.moveToCell(from);
	for (let cell = from; cell <= to; cell += 1) screen.write(0x20);
	screen.moveToCell(from);
	return true;
};

/** DSP800 (Tysso VFD-550 manual p 18-19): every command is answered. */
export const dsp800Language = (): DisplayLanguage => ({
	takesText: true,
	powerOn: (screen) => {
		screen.clear();
		screen.setLetters(screen.profile.codePages[0]?.slot ?? null, screen.profile.internationalSet);
	},
	begins: (byte) => byte === EOT,
	execute: (command, screen, reply) => {
		const [, second, name] = command;
		if (second === undefined) return "more";
		if (second === SOH && name === undefined) return "more";
		const length = second === SOH ? LENGTHS[name ?? 0] : undefined;
		if (length === undefined) {
			reply(NAK);
			return "none";
		}
		if (command.length < length) return "more";
		const isDone = command.at(-1) === ETB && carryOut(command, screen);
		if (!isDone) screen.violation("a refused command");
		reply(isDone ? ACK : NAK);
		return "done";
	},
});
