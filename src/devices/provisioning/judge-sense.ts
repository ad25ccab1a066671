import type { FaultCode } from "../../runtime/contract/fault.ts";
import type { DeviceState } from "../contract/devices.ts";

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
}

/**
 * Whether the switch says what the drawer does. The level of pin 3 means "open" with one drawer and "closed" with another,
 * and "no drawer" looks like an open contact (devices.md section 4, "Drawer sense"), so only a pulse tells.
 */
export const judgeSense = ({
	before,
	after,
	opened,
}: PulseSeen): {
	readonly result: "passed" | "failed" | "notKnown";
	readonly detail: string;
	readonly code: FaultCode | null;
} => {
	if (before === "unknown" || after === "unknown")
		return {
			result: "notKnown",
			detail: "the switch is not read: openWhen is not set, or the printer does not tell",
			code: null,
		};
	const detail = `${before} before the pulse, ${after} after it`;
	if (before === "closed" && after === "open") return { result: "passed", detail, code: null };
	if (before === "open" && after === "closed") return { result: "failed", detail, code: "TILL-0730" };
	if (opened === true) return { result: "failed", detail: `${detail}, and it opened`, code: "TILL-0734" };
	return { result: "notKnown", detail, code: null };
};
