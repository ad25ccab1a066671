/** What two tickets must share to travel in one round (DESIGN section 8). */
export interface RoundKey {
	readonly cono: number;
	readonly divi: string;
	/** Accounting date, yyyyMMdd. */
	readonly acdt: string;
	readonly currency: string;
}

/** A ticket that waits for a round. */
export interface QueuedTicket extends RoundKey {
	readonly messageId: number;
	readonly queuedUtcMs: number;
}

/** When a round is cut: "a constant number of sales tickets ... or a time interval" (M3 cash sale document). */
export interface CutPolicy {
	readonly ticketCountMax: number;
	readonly intervalMs: number;
}

/** The tickets of one round, in the order taken. */
export interface RoundCut extends RoundKey {
	readonly messageIds: readonly number[];
}

/** The key as one text, to compare by. */
export const roundKeyText = ({ cono, divi, acdt, currency }: RoundKey): string =>
	JSON.stringify([cono, divi, acdt, currency]);

/**
 * Cuts rounds out of the tickets that wait, given in the order taken: each of one company, division, accounting date and
 * currency, at most `ticketCountMax` tickets. Full rounds are cut at once; a smaller one when its oldest ticket has waited
 * `intervalMs` or the clock stepped back behind it. Which tickets belong together never depends on when it is asked.
 */
export const cutRounds = (queued: readonly QueuedTicket[], policy: CutPolicy, nowUtcMs: number): RoundCut[] => {
	const cuts: RoundCut[] = [];
	for (const group of Map.groupBy(queued, roundKeyText).values()) {
		for (let from = 0; from < group.length; from += policy.ticketCountMax) {
			const part = group.slice(from, from + policy.ticketCountMax);
			const [oldest] = part;
			if (oldest === undefined) continue;
			const waitedMs = nowUtcMs - oldest.queuedUtcMs;
			const isDue = part.length === policy.ticketCountMax || waitedMs >= policy.intervalMs || waitedMs < 0;
			const { cono, divi, acdt, currency } = oldest;
			if (isDue) cuts.push({ cono, divi, acdt, currency, messageIds: part.map((ticket) => ticket.messageId) });
		}
	}
	return cuts;
};
