/** How long a till gets to send what was asked for before it is asked again. */
const ASK_AGAIN_MS = 30_000;

/** Which gaps were asked for, so that a till is not asked once a message. */
export interface ReplayRequests {
	/** Whether to ask for what comes from `fromFeedSeq` on; notes that it was asked for. `nowMs` is monotonic. */
	shouldAsk(journalId: string, fromFeedSeq: number, nowMs: number): boolean;
}

/** Nothing asked for yet. */
export const createReplayRequests = (): ReplayRequests => {
	const asked = new Map<string, { readonly fromFeedSeq: number; readonly atMs: number }>();
	return {
		shouldAsk: (journalId, fromFeedSeq, nowMs) => {
			const last = asked.get(journalId);
			if (last?.fromFeedSeq === fromFeedSeq && nowMs - last.atMs < ASK_AGAIN_MS) return false;
			asked.set(journalId, { fromFeedSeq, atMs: nowMs });
			return true;
		},
	};
};
