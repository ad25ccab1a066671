import type { DeviceBrightness } from "../../src/devices/contract/driver.ts";
import type { DisplayProfile } from "../../src/devices/contract/profile.ts";

/** One write to a display. */
export interface DisplayStep {
	readonly bytes: Buffer;
	/** Whether the display confirms or refuses it, and the next step waits for that. */
	readonly isAnswered: boolean;
}

/** What a display that answers says to a command: taken, or refused. */
export interface DisplayAnswers {
	readonly ack: number;
	readonly nak: number;
}

/**
 * How one family of customer displays is spoken to. Pure: text in, bytes out. What is shown must not depend on what was
 * sent before: a display may lose its power without the till's noticing, and with it its modes and letters.
 */
export interface DisplayProtocol {
	/** Its answers; null for the most: they say nothing, so that an open port is all that is known. */
	readonly answers: DisplayAnswers | null;
	/**
	 * What is sent after every opening of the port: an end to whatever a broken line left half sent, an empty display, no
	 * cursor, and the brightness, where one is configured and the profile says that it can be set.
	 */
	initialise(profile: DisplayProfile, brightness: DeviceBrightness | undefined): readonly DisplayStep[];
	/** What shows these rows, every cell written, nothing scrolled. Rows and columns beyond the display are left out. */
	show(rows: readonly string[], profile: DisplayProfile): readonly DisplayStep[];
}

/** A single step of these bytes that is not answered. */
export const unanswered = (...parts: readonly Uint8Array[]): readonly DisplayStep[] => [
	{ bytes: Buffer.concat(parts), isAnswered: false },
];
