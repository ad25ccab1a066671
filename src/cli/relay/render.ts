import { missingWords } from "../../relay/intake/missing.ts";
import type { RelayStatus } from "../../relay/relay-status.ts";

/** The relay's status for a terminal. */
export const relayStatusText = (status: RelayStatus): string =>
	[
		`Ledger ${status.ledgerId}, term ${status.term}, broker ${status.connected ? "connected" : "not connected"}`,
		"Tills",
		...status.tills.map(
			(till) =>
				`  ${till.store}/${till.till}  ${till.journals.map((j) => `${j.journalId} up to ${j.accepted}${j.fork === null ? "" : ` FORKED ${j.fork}`}`).join(", ")}${till.setAside === 0 ? "" : `, ${till.setAside} set aside`}`,
		),
		...status.unclosedDays.map(
			(day) =>
				`  ${day.store}/${day.till}  Z ${day.z} of ${day.businessDate} needs a person (${day.state}): ${day.ticketCount} tickets, ${missingWords(day.journals) ?? "nothing known to be missing; what a lost box never told cannot be known"}`,
		),
		...Object.entries(status.deliveries).flatMap(([name, delivery]) => [
			`${name}: ${Object.entries(delivery.states)
				.map(([state, count]) => `${count} ${state}`)
				.join(", ")}${delivery.pausedBy === null ? "" : `; pauses: ${delivery.pausedBy}`}`,
			...delivery.tills.flatMap((till) => [
				...till.waiting.map((w) => `  ${till.store}/${till.till}  ${w.count} wait: ${w.code ?? ""} ${w.reason ?? ""}`),
				...till.quarantined.map(
					(q) => `  ${till.store}/${till.till}  ${q.key} needs a person: ${q.code ?? ""} ${q.reason ?? ""}`,
				),
			]),
			...delivery.unknown.map((u) => `  ${u.key} is of unknown outcome: ${u.detail}`),
		]),
		status.alarms.length === 0 ? "No alarms." : "Alarms",
		...status.alarms.map((alarm) => `  ${alarm.code} ${alarm.subject}: ${alarm.detail}`),
	].join("\n");
