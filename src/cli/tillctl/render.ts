import type { Status } from "../../feed/schema/control.ts";
import type { FeedCursor } from "../../journal/contract/journal.ts";
import type { TillView } from "../../till/view.ts";

/** A device as the service reports it. */
export interface DeviceRow {
	readonly id: string;
	readonly deviceClass: string;
	readonly state: { readonly power: string; readonly conditions: readonly string[]; readonly detail: string | null };
}

/** The open ticket, or the last one, as an operator reads it in a terminal. */
export const viewText = (view: TillView): string => {
	const lines: string[] = [];
	if (view.day === null) lines.push("The day is closed.");
	if (view.ticket !== null) {
		for (const line of view.ticket.lines) {
			lines.push(
				`${line.lineNo.toString().padStart(3)}  ${line.description.padEnd(28)} ${`${line.quantity} ${line.unit}`.padStart(10)} ${line.gross.padStart(11)}`,
			);
		}
		for (const tender of view.ticket.tenders)
			lines.push(`     ${tender.description.padEnd(39)} ${tender.amount.padStart(11)}`);
		lines.push(
			`     ${"Left to pay".padEnd(39)} ${view.ticket.left.padStart(11)}${view.ticket.leftInCash === view.ticket.left ? "" : `   in cash ${view.ticket.leftInCash}`}`,
		);
	} else if (view.lastTicket !== null) {
		const { receiptNumber, due, change } = view.lastTicket;
		lines.push(`Receipt ${receiptNumber}: ${due} ${view.currency}${change === "0.00" ? "" : `, change ${change}`}`);
	}
	for (const doubt of view.doubts) {
		lines.push(
			doubt.what === "print"
				? `! Paper ${doubt.number ?? ""} may not have come out: look, then tillctl receipt copy ${doubt.number ?? "N"}, or tillctl doubt settle ${doubt.jobId} itCameOut`
				: `! The drawer may not have opened: look, then tillctl doubt settle ${doubt.jobId} drawerChecked`,
		);
	}
	return lines.join("\n");
};

const yesNo = (name: string, capability: { readonly able: boolean; readonly codes: readonly string[] }): string =>
	`  ${name.padEnd(10)} ${capability.able ? "yes" : `no   ${capability.codes.join(" ")}`}`;

/** What the till can do now, and why not; devices, journal and feed. */
export const statusText = (result: {
	readonly status: Status;
	/** The relay's last word; null before the first. */
	readonly accepted: FeedCursor | null;
	readonly devices: readonly DeviceRow[];
	readonly view: TillView;
}): string => {
	const { status, devices } = result;
	const { readiness } = status;
	return [
		`Till ${status.store}/${status.till}, version ${status.version ?? "?"}, business date ${status.businessDate ?? "(closed)"}`,
		...(readiness === null
			? []
			: [
					yesNo("sell", readiness.sell),
					yesNo("take cash", readiness.takeCash),
					yesNo("print", readiness.print),
					yesNo("close", readiness.close),
				]),
		`  warnings   ${status.warnings.length === 0 ? "none" : status.warnings.join(" ")}`,
		"Devices",
		...devices.map(
			({ id, deviceClass, state }) =>
				`  ${id.padEnd(14)} ${deviceClass.padEnd(12)} ${state.power}${state.conditions.length === 0 ? "" : ` ${state.conditions.join(" ")}`}${state.detail === null ? "" : `  (${state.detail})`}`,
		),
		`Journal ${status.journalId ?? ""}`,
		`  head       ${status.head?.seq ?? 0} ${status.head?.sha256 ?? ""}`,
		`  feed       ${status.feedSeq ?? 0} messages, ${status.backlog ?? 0} not yet accepted`,
		result.accepted === null
			? "  relay      has not answered yet"
			: `  relay      ledger ${result.accepted.ledgerId}, term ${result.accepted.term}, holds up to ${result.accepted.feedSeq}`,
		`  disk       ${status.diskDaysLeft === null ? "days left not known yet" : `${status.diskDaysLeft} days left`}`,
	].join("\n");
};
