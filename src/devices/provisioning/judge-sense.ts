import type { FaultCode } from "../../runtime/contract/fault.ts";
import type { DeviceState } from "../contract/devices.ts";
import type { DrawerSense } from "./device-bench.ts";

/** What a drawer's switch says. */
export type SeenDrawer = "open" | "closed" | "unknown";

/** What of a drawer's state its switch says; unknown where the profile or the printer cannot tell. */
export const seenDrawer = ({ conditions }: DeviceState): SeenDrawer => {
	if (conditions.includes("DrawerOpened")) return "open";
	return conditions.includes("DrawerClosed") ? "closed" : "unknown";
};

/** What was seen of a drawer around a pulse. */
export interface PulseSeen {
	readonly before: SeenDrawer;
	readonly after: SeenDrawer;
	/** Whether the person saw it open; null when nobody was asked. */
	readonly opened: boolean | null;
	readonly senses: DrawerSense;
}

interface Verdict {
	readonly result: "passed" | "failed" | "notKnown";
	readonly detail: string;
	readonly code: FaultCode | null;
}

const LEVELS = { open: "high", closed: "low" } as const;

/** What a pulse shows of a switch whose level nobody has given a meaning yet. */
const judgeLevel = (before: "open" | "closed", after: "open" | "closed", opened: boolean | null): Verdict => {
	const detail = `pin 3 was ${LEVELS[before]} before the pulse and ${LEVELS[after]} after it`;
	if (before === after) return { result: "notKnown", detail: `${detail}: no switch is read`, code: null };
	if (opened === false) return { result: "notKnown", detail: `${detail}, though it did not open`, code: null };
	const advice = `for the till to read it: tillctl device set DRAWER --open-when ${LEVELS[after]}`;
	return { result: "passed", detail: `${detail}; ${advice}`, code: null };
};

/**
 * Whether the switch says what the drawer does. The level of pin 3 means "open" with one drawer and "closed" with another,
 * and "no drawer" looks like an open contact (devices.md section 4, "Drawer sense"), so only a pulse tells.
 */
export const judgeSense = ({ before, after, opened, senses }: PulseSeen): Verdict => {
	if (senses === "nothing" || before === "unknown" || after === "unknown")
		return {
			result: "notKnown",
			detail:
				"the switch is not read: no openWhen is set, or the printer does not tell; tried with the till stopped, this says more",
			code: null,
		};
	if (senses === "level") return judgeLevel(before, after, opened);
	const detail = `${before} before the pulse, ${after} after it`;
	if (before === "closed" && after === "open") return { result: "passed", detail, code: null };
	if (before === "open" && after === "closed") return { result: "failed", detail, code: "TILL-0730" };
	if (opened === true) return { result: "failed", detail: `${detail}, and it opened`, code: "TILL-0734" };
	return { result: "notKnown", detail, code: null };
};
