import type { TicketDocument } from "../../events/ticket-document.ts";

const total = (values: readonly bigint[]): bigint => values.reduce((all, value) => all + value, 0n);

/**
 * Whether a ticket's figures hold together (DESIGN section 5), asked before anything of it reaches an ERP: the relay only
 * adds up what the till wrote, so it must be sure that it does add up. Answers what does not hold, in words; none when all
 * is well. Never repaired here: a plugged difference hides a fault of the till.
 */
export const ticketFindings = (ticket: TicketDocument): string[] => {
	const findings: string[] = [];
	const expect = (holds: boolean, words: string): void => {
		if (!holds) findings.push(words);
	};
	for (const line of ticket.lines) {
		expect(line.gross === line.net + line.vat, `line ${line.lineNo}: gross is not net + VAT`);
	}
	expect(ticket.due === total(ticket.lines.map((line) => line.gross)), "due is not the sum of the lines");
	expect(ticket.net === total(ticket.lines.map((line) => line.net)), "net is not the sum of the lines");
	expect(ticket.vat === total(ticket.lines.map((line) => line.vat)), "VAT is not the sum of the lines");
	if (ticket.settlement === "cash") {
		const tendered = total(ticket.tenders.map((tender) => tender.amount));
		expect(ticket.due === tendered + ticket.rounding, "due is not tenders + rounding");
		expect(ticket.due === total(ticket.apportionment.map((group) => group.gross)), "the groups do not sum to due");
		expect(total(ticket.apportionment.map((group) => group.offset)) === 0n, "the offsets do not cancel out");
		expect(
			ticket.rounding === total(ticket.apportionment.map((group) => group.rounding)),
			"the groups' roundings do not sum to the rounding",
		);
		for (const group of ticket.apportionment) {
			const shares = total(group.tenders.map((share) => share.amount));
			expect(
				group.gross === shares + group.rounding + group.offset,
				`${group.group} is not tenders + rounding + offset`,
			);
		}
		for (const { tenderNo, amount } of ticket.tenders) {
			const shares = ticket.apportionment.flatMap((group) =>
				group.tenders.filter((share) => share.tenderNo === tenderNo).map((share) => share.amount),
			);
			expect(amount === total(shares), `tender ${tenderNo} is not apportioned whole`);
		}
	}
	return findings;
};
