import { describe, expect, it } from "vitest";
import {
	cannotPrint,
	conditionsOf,
	STATUS_UNKNOWN,
	statusOfAsb,
	withRealTime,
} from "../../../drivers/escpos/printer-status.ts";

describe("statusOfAsb", () => {
	it.each([
		["well, drawer switch low", [0x10, 0x00, 0x00, 0x0f], [], false, "low"],
		["drawer switch high", [0x14, 0x00, 0x00, 0x0f], [], false, "high"],
		["cover open", [0x38, 0x00, 0x00, 0x0f], ["CoverOpen"], true, "low"],
		["cover open, paper bits unstable", [0x38, 0x00, 0x0c, 0x0f], ["CoverOpen"], true, "low"],
		["paper out", [0x18, 0x00, 0x0f, 0x0f], ["RecEmpty", "RecNearEnd"], true, "low"],
		["paper near end", [0x10, 0x00, 0x03, 0x0f], ["RecNearEnd"], false, "low"],
		["cutter jammed", [0x18, 0x08, 0x00, 0x0f], ["CutterError"], true, "low"],
		["head hot", [0x18, 0x40, 0x00, 0x0f], ["HeadHot"], true, "low"],
		["fatal error", [0x18, 0x20, 0x00, 0x0f], ["Error"], true, "low"],
		["offline for no stated reason", [0x18, 0x00, 0x00, 0x0f], [], true, "low"],
	] as const)("reads %s", (_, bytes, conditions, blocked, connector) => {
		const status = statusOfAsb(bytes);
		expect(conditionsOf(status)).toEqual(conditions);
		expect(cannotPrint(status)).toBe(blocked);
		expect(status.connector).toBe(connector);
	});
});

describe("withRealTime", () => {
	it.each([
		[1, 0x1a, [], true],
		[2, 0x16, ["CoverOpen"], true],
		[3, 0x1a, ["CutterError"], true],
		[3, 0x32, ["Error"], true],
		[3, 0x52, ["HeadHot"], false],
		[4, 0x1e, ["RecNearEnd"], false],
		[4, 0x72, ["RecEmpty"], true],
	] as const)("reads the answer to question %d, %d", (question, byte, conditions, blocked) => {
		const status = withRealTime(STATUS_UNKNOWN, question, byte);
		expect(conditionsOf(status)).toEqual(conditions);
		expect(cannotPrint(status)).toBe(blocked);
	});

	it("takes back what no longer holds", () => {
		const open = withRealTime(STATUS_UNKNOWN, 2, 0x16);
		expect(conditionsOf(withRealTime(open, 2, 0x12))).toEqual([]);
	});
});
