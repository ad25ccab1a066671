import type { JournalEvent } from "../events/journal-event.ts";
import { type Refusal, refuse } from "../events/refusal.ts";
import type { DecisionContext } from "./decision-context.ts";

/**
 * A technician tries a device between two sales. Paper and pulse are recorded before their bytes like any other: a test page
 * is no receipt, and an opening has the cause "test" (kassasystemforskrifta wants every opening in the journal;
 * norway-fiscal.md 1.6). A display and a scanner move nothing, so nothing is recorded of them.
 */
export const deviceTest = (
	deviceId: string,
	{ state, parts, surroundings }: DecisionContext,
): readonly JournalEvent[] | Refusal => {
	if (state.ticket !== undefined) return refuse("TILL-0414");
	const device = surroundings.devices.get(deviceId);
	if (device === undefined)
		return refuse("TILL-0437", { devices: [...surroundings.devices.keys()].join(", ") || "none" });
	const jobId = `${state.journalId}/t${parts.journal.head().seq + 1}`;
	switch (device.deviceClass) {
		case "POSPrinter":
			return [{ type: "PrintStarted", jobId, subject: { kind: "test", deviceId } }];
		case "CashDrawer":
			return [{ type: "DrawerOpenStarted", jobId, cause: "test", ticketId: null, drawerId: deviceId }];
		case "LineDisplay":
		case "Scanner":
			return [];
	}
};
