import { type M3Context, roundSubject } from "./context.ts";
import type { Judgement } from "./read-back.ts";
import { next, type RoundEffect, type RoundInput, type RoundPolicy, type RoundTransition } from "./round.ts";
import { dropAllRows, dropRows, noteBooked, noteOrphan, type StoredRound, saveRound } from "./rounds.ts";
import { moveRoundTickets, quarantineTicket, remarkOnTicket, setState, ticketSubject } from "./tickets.ts";

/** What this tenant can and tolerates, from its settings. */
export const policyOf = ({ m3 }: M3Context): RoundPolicy => ({
	canReadBack: m3.readBack === "EXPORTMI",
	mayRepeat: m3.repeatBchPrcRound,
});

const applyEffect = (context: M3Context, round: StoredRound, effect: RoundEffect, atUtcMs: number): void => {
	const { ledger, alarms } = context;
	switch (effect.kind) {
		case "noteOrphan":
			noteOrphan(ledger, round.id, effect.itrn, effect.reason, atUtcMs);
			break;
		case "quarantine":
			for (const refusal of effect.refusals) {
				quarantineTicket(ledger, refusal);
				dropRows(ledger, round.id, refusal.messageId);
				alarms.raise(refusal.code, ticketSubject(ledger, refusal.messageId), refusal.words, atUtcMs);
			}
			break;
		case "acknowledge":
			moveRoundTickets(ledger, round.id, "inRound", "acknowledged");
			break;
		case "doubt":
			moveRoundTickets(ledger, round.id, "inRound", "doubtful");
			dropAllRows(ledger, round.id);
			break;
		case "raise":
			alarms.raise(effect.code, roundSubject(round.id), effect.detail, atUtcMs);
			break;
		case "clear":
			alarms.resolve(effect.code, roundSubject(round.id), atUtcMs);
			break;
	}
};

/** Carries a transition out, durably and whole. */
export const applyInput = (context: M3Context, round: StoredRound, input: RoundInput): RoundTransition => {
	const { ledger, clock } = context;
	return ledger.transaction(() => {
		const atUtcMs = clock.stamp().utcMs;
		const transition = next(round.state, input, policyOf(context));
		saveRound(ledger, round.id, transition.state, atUtcMs);
		for (const effect of transition.effects) applyEffect(context, round, effect, atUtcMs);
		return transition;
	});
};

/** Notes what M3 was found to hold. Joins the caller's transaction. */
export const applyJudgement = (context: M3Context, roundId: number, judgement: Judgement): void => {
	const { ledger, alarms, clock } = context;
	const atUtcMs = clock.stamp().utcMs;
	for (const { ticket, rows } of judgement.booked) {
		setState(ledger, ticket.messageId, "booked");
		for (const row of rows) noteBooked(ledger, roundId, { messageId: ticket.messageId, ...row });
	}
	for (const remark of judgement.remarks) {
		remarkOnTicket(ledger, remark);
		alarms.raise(remark.code, ticketSubject(ledger, remark.messageId), remark.words, atUtcMs);
	}
	for (const refusal of judgement.refused) {
		quarantineTicket(ledger, refusal);
		alarms.raise(refusal.code, ticketSubject(ledger, refusal.messageId), refusal.words, atUtcMs);
	}
};
