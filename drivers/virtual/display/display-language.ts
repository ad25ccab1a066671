import type { DisplayScreen } from "./display-screen.ts";

/** How far a command has come: `more` bytes are missing, it is `done`, or there is `none` such. */
export type CommandEnd = "more" | "done" | "none";

/** The far side of one language of displays: bytes become what a display does. It shares nothing with the encoders. */
export interface DisplayLanguage {
	/** As it is switched on. */
	powerOn(screen: DisplayScreen): void;
	/** Whether this byte begins a command. */
	begins(byte: number): boolean;
	/** Carries a command out as soon as it is whole. `reply` sends a byte back. */
	execute(command: readonly number[], screen: DisplayScreen, reply: (byte: number) => void): CommandEnd;
	/** Whether a byte outside of commands is shown. */
	readonly takesText: boolean;
}

/** Longest row that any display takes. */
const ROW_MAX = 40;

const CR = 0x0d;

/**
 * A row between a command of `headLength` bytes and CR, written from the first cell of `row`. It must fill the row: what is
 * not written would stay as it was on some displays.
 */
export const rowUntilCr = (
	command: readonly number[],
	headLength: number,
	row: number,
	screen: DisplayScreen,
): CommandEnd => {
	const cells = command.slice(headLength);
	if (cells.at(-1) !== CR) {
		if (cells.length <= ROW_MAX) return "more";
		screen.violation("a row without an end");
		return "done";
	}
	cells.pop();
	if (cells.length !== screen.profile.deviceColumns) screen.violation(`a row of ${cells.length} cells`);
	screen.moveTo(0, row);
	for (const byte of cells.slice(0, screen.profile.deviceColumns)) screen.write(byte);
	return "done";
};
