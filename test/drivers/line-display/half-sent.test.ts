import { describe, expect, it } from "vitest";
import type { DisplayStep } from "../../../drivers/line-display/display-protocol.ts";
import { DISPLAY_PROTOCOLS } from "../../../drivers/line-display/driver.ts";
import { DisplayInterpreter } from "../../../drivers/virtual/display-interpreter.ts";
import { DISPLAY_PROFILES } from "../support/profiles.ts";

/** Sends the steps as the driver does: what is refused is sent again. */
const send = (display: DisplayInterpreter, steps: readonly DisplayStep[], nak: number | undefined): void => {
	for (const { bytes } of steps) {
		for (let tries = 0, isRefused = true; isRefused && tries < 3; tries += 1) {
			isRefused = false;
			display.reply = ([answer]) => {
				isRefused = answer === nak;
			};
			display.next(bytes);
		}
	}
};

describe("what a broken line left half sent", () => {
	it.each(DISPLAY_PROFILES)("is ended by the beginning of the next one: %s", (_name, profile) => {
		const { answers, initialise, show } = DISPLAY_PROTOCOLS[profile.driver];
		const before = [...initialise(profile, undefined), ...show(["Ærlig blåbær", "x".repeat(40)], profile)];
		const all = Buffer.concat(before.map(({ bytes }) => bytes));
		const blank = Array.from({ length: profile.deviceRows }, () => " ".repeat(profile.deviceColumns));
		for (let length = 0; length <= all.length; length += 1) {
			const display = new DisplayInterpreter(profile);
			display.next(all.subarray(0, length));
			send(display, initialise(profile, undefined), answers?.nak);
			expect({ length, rows: display.rows }).toEqual({ length, rows: blank });
		}
	});
});
