/** Messages sent to the broker without its PUBACK yet, at most (DESIGN section 4, line 12). */
export const IN_FLIGHT_MAX = 32;

/** How far beyond `accepted` a till sends when it does not know whether a relay listens. */
export const AHEAD_MIN = 32;

/**
 * How far beyond `accepted` a till sends at most: what Mosquitto keeps for a relay that is away (default 1,000), so that
 * one till alone never makes the broker drop.
 */
export const AHEAD_MAX = 1_000;

/**
 * Where the sending stands. The journal holds the messages; this holds numbers only, whatever the backlog.
 * `ahead` grows with each answer of the relay and shrinks when there is none: with the relay away a till costs the broker
 * 32 messages, with the relay there the round trip does not limit the rate.
 */
export interface SendWindow {
	/** feedSeq that is sent next. */
	readonly next: number;
	/** Highest number the relay accepted; 0 for none. */
	readonly accepted: number;
	/** Sent on this connection, PUBACK not yet here. */
	readonly inFlight: number;
	/** How far beyond `accepted` may be sent now. */
	readonly ahead: number;
	/** Last number of a replay that is under way, 0 for none: until then `accepted` does not make the sending skip. */
	readonly replayTo: number;
}

/** A fresh connection: nothing in flight, begin after what the relay has. */
export const openWindow = (accepted: number): SendWindow => ({
	next: accepted + 1,
	accepted,
	inFlight: 0,
	ahead: AHEAD_MIN,
	replayTo: 0,
});

/** A new connection after `window`'s was lost: what was in flight is forgotten, a replay under way goes on. */
export const reopenWindow = (window: SendWindow, accepted: number): SendWindow => {
	const fresh = openWindow(accepted);
	if (window.next > window.replayTo) return fresh;
	return {
		...fresh,
		next: Math.max(1, Math.min(fresh.next, window.next - window.inFlight)),
		replayTo: window.replayTo,
	};
};

/** How many messages may be sent now. */
export const room = (window: SendWindow): number =>
	Math.max(0, Math.min(IN_FLIGHT_MAX - window.inFlight, window.accepted + window.ahead + 1 - window.next));

/** Whether something was sent that the relay has not accepted: only then does silence mean anything. */
export const isAwaiting = (window: SendWindow): boolean => window.next > window.accepted + 1;

/** A message went out. */
export const withSent = (window: SendWindow, feedSeq: number): SendWindow => ({
	...window,
	next: feedSeq + 1,
	inFlight: window.inFlight + 1,
});

/** The broker has one. That moves nothing but the room in flight: the broker's word is not the relay's. */
export const withPuback = (window: SendWindow): SendWindow => ({
	...window,
	inFlight: Math.max(0, window.inFlight - 1),
});

/** The relay's cursor moved: forward within a term, or anywhere with a new one. */
export const withAccepted = (window: SendWindow, accepted: number): SendWindow => {
	if (accepted < window.accepted) return { ...window, accepted, next: accepted + 1, ahead: AHEAD_MIN, replayTo: 0 };
	const isReplaying = window.next <= window.replayTo;
	return {
		...window,
		accepted,
		next: isReplaying ? window.next : Math.max(window.next, accepted + 1),
		ahead: Math.min(window.ahead * 2, AHEAD_MAX),
	};
};

/** The relay said nothing for too long: again from the first it has not accepted, and carefully. */
export const withSilence = (window: SendWindow): SendWindow => ({
	...window,
	next: Math.min(window.next, window.accepted + 1),
	ahead: AHEAD_MIN,
});

/** The relay asks for everything from `fromFeedSeq` once more; what was not sent yet comes in its turn anyway. */
export const withReplay = (window: SendWindow, fromFeedSeq: number): SendWindow =>
	fromFeedSeq >= window.next
		? window
		: { ...window, next: fromFeedSeq, replayTo: Math.max(window.replayTo, window.next - 1) };
