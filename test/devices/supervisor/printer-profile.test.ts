import { describe, expect, it } from "vitest";
import { printerProfileSchema } from "../../../src/devices/contract/profile.ts";
import { printerProfile } from "../../drivers/support/profiles.ts";

const problemsOf = (onMs: number, offMs: number): string[] => {
	const profile = { ...printerProfile("epson-tm-t88v"), drawers: [{ pin: 2, onMs, offMs }] };
	return printerProfileSchema.safeParse(profile).error?.issues.map(({ path }) => path.join(".")) ?? [];
};

describe("the drawers of a printer profile", () => {
	it.each([
		[50, 250],
		[127, 508],
		[10, 40],
	])("may be on for %i ms and off for %i ms", (onMs, offMs) => {
		expect(problemsOf(onMs, offMs)).toEqual([]);
	});

	it.each([
		[511, 510, ["drawers.0.onMs", "drawers.0.offMs"]],
		[128, 510, ["drawers.0.offMs"]],
		[50, 199, ["drawers.0.offMs"]],
		[50, 511, ["drawers.0.offMs"]],
	])("may not be on for %i ms and off for %i ms: the solenoid burns", (onMs, offMs, places) => {
		expect(problemsOf(onMs, offMs)).toEqual(places);
	});
});
