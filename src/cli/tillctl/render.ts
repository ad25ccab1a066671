import type { Status } from "../../feed/schema/control.ts";
import type { FeedCursor } from "../../journal/contract/journal.ts";
import type { TillView } from "../../till/view.ts";
import { codeText } from "./code-text.ts";
import { type Answers, questionsText } from "./questions.ts";

/** A device as the service reports it. */
export interface DeviceRow {
	readonly id: string;
	readonly deviceClass: string;
	readonly state: { readonly power: string; readonly conditions: readonly string[]; readonly detail: string | null };
	/** Of a printer: its jobs, oldest first. */
	readonly jobs?: readonly { readonly jobId: string; readonly state: string; readonly detail: string | null }[];
}

/** Print jobs that are worth a line: those that are not through, and the last one that was not confirmed. */
const jobText = (jobs: DeviceRow["jobs"]): string[] => {
	const all = jobs ?? [];
	const waiting = all.filter(({ state }) => state === "queued" || state === "sent");
	const last = all.findLast(({ state }) => state !== "queued" && state !== "sent");
	const troubled = last === undefined || last.detail === null ? [] : [last];
	return [...troubled, ...waiting].map(
		({ jobId, state, detail }) => `    job ${jobId} ${state}${detail === null ? "" : `  (${detail})`}`,
	);
};

const ticketText = (view: TillView): string[] => {
	const lines: string[] = [];
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
	}
	return lines;
};

const lastTicketText = ({ lastTicket, currency }: TillView): string | undefined =>
	lastTicket === null
		? undefined
		: `Receipt ${lastTicket.receiptNumber}: ${lastTicket.due} ${currency}${/[1-9]/.test(lastTicket.change) ? `, change ${lastTicket.change}` : ""}`;

/** What a sale or tender came to: the open ticket, or the one it closed. */
export const saleText = (view: TillView, answers?: Answers): string => {
	const sold = view.ticket === null ? [lastTicketText(view) ?? "No ticket is open."] : ticketText(view);
	return [...sold, ...questionsText(view, answers)].join("\n");
};

const dayText = ({ day, currency }: TillView): string =>
	day === null
		? "The day is closed."
		: `Business date ${day.businessDate}, Z ${day.z}: ${day.ticketCount} ${day.ticketCount === 1 ? "ticket" : "tickets"}, ${day.gross} ${currency}`;

/** Where the till stands: the open ticket, or the day and the last one; then what is to be answered or seen to. */
export const viewText = (view: TillView, answers?: Answers): string => {
	const last = lastTicketText(view);
	const stand =
		view.ticket === null
			? [dayText(view), last === undefined ? "No ticket is open." : `No ticket is open. ${last}`]
			: ticketText(view);
	return [...stand, ...questionsText(view, answers), ...view.conditions.flatMap(conditionText)].join("\n");
};

/** What a condition means and what to do about it. */
const conditionText = (code: string): string[] => {
	const text = codeText(code);
	return text === undefined ? [] : [`! ${text.cause} ${text.remedy}`];
};

/** The day that was opened. */
export const dayOpenedText = (view: TillView, answers?: Answers): string =>
	[
		`Business date ${view.day?.businessDate ?? "?"} is open, Z ${view.day?.z ?? "?"}.`,
		...questionsText(view, answers),
	].join("\n");

/** The day that was closed. */
export const dayClosedText = (view: TillView, answers?: Answers): string =>
	["The day is closed; the Z report goes to the printer and to head office.", ...questionsText(view, answers)].join(
		"\n",
	);

/** A paper that was asked for once more. */
export const reprintedText = (paper: string): string =>
	`${paper} goes to the printer, marked as a copy unless surely nothing of it came out before.`;

/** A drawer that was opened without a sale. */
export const DRAWER_OPENED = "The drawer is opened; the reason stands in the journal.";

/** Cause and remedy of each code that the status names, once. */
const whyText = (codes: readonly string[]): string[] =>
	[...new Set(codes)].flatMap((code) => {
		const text = codeText(code);
		return text === undefined ? [] : [`  ${code}: ${text.cause} ${text.remedy}`];
	});

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
		...whyText([
			...(readiness === null ? [] : Object.values(readiness).flatMap(({ codes }) => codes)),
			...status.warnings,
		]),
		"Devices",
		...devices.flatMap(({ id, deviceClass, state, jobs }) => [
			`  ${id.padEnd(14)} ${deviceClass.padEnd(12)} ${state.power}${state.conditions.length === 0 ? "" : ` ${state.conditions.join(" ")}`}${state.detail === null ? "" : `  (${state.detail})`}`,
			...jobText(jobs),
		]),
		`Journal ${status.journalId ?? ""}`,
		`  head       ${status.head?.seq ?? 0} ${status.head?.sha256 ?? ""}`,
		`  feed       ${status.feedSeq ?? 0} messages, ${status.backlog ?? 0} not yet accepted`,
		result.accepted === null
			? "  relay      has not answered yet"
			: `  relay      ledger ${result.accepted.ledgerId}, term ${result.accepted.term}, holds up to ${result.accepted.feedSeq}`,
		`  disk       ${status.diskDaysLeft === null ? "days left not known yet" : `${status.diskDaysLeft} days left`}`,
	].join("\n");
};
