import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
	AHEAD_MAX,
	AHEAD_MIN,
	IN_FLIGHT_MAX,
	isAwaiting,
	openWindow,
	reopenWindow,
	room,
	type SendWindow,
	withAccepted,
	withPuback,
	withReplay,
	withSent,
	withSilence,
} from "../../../src/feed/mqtt/send-window.ts";

/** Sends as many as the window lets, acknowledging each at once. */
const fill = (window: SendWindow): SendWindow => {
	let filled = window;
	while (room(filled) > 0) filled = withPuback(withSent(filled, filled.next));
	return filled;
};

describe("the send window", () => {
	it("stops at 32 in flight", () => {
		let window = openWindow(0);
		while (room(window) > 0) window = withSent(window, window.next);
		expect(window.inFlight).toBe(IN_FLIGHT_MAX);
	});

	it("costs a broker without a relay 32 messages, however many there are", () => {
		expect(fill(openWindow(7)).next - 1).toBe(7 + AHEAD_MIN);
	});

	it("runs ahead of a relay that answers, up to 1,000", () => {
		let window = openWindow(0);
		for (let answer = 0; answer < 10; answer++) window = withAccepted(fill(window), fill(window).next - 1);
		window = fill(window);
		expect(window.next - 1 - window.accepted).toBe(AHEAD_MAX);
	});

	it("begins again, carefully, after silence", () => {
		let window = openWindow(0);
		for (let answer = 0; answer < 10; answer++) window = withAccepted(fill(window), fill(window).next - 1);
		const silent = withSilence(fill(window));
		expect(silent.next).toBe(window.accepted + 1);
		expect(fill(silent).next - 1).toBe(window.accepted + AHEAD_MIN);
	});

	it("goes back with a new term and skips what the relay already has", () => {
		const window = fill(openWindow(100));
		expect(withAccepted(window, 40).next).toBe(41);
		expect(withAccepted(window, 500).next).toBe(501);
	});

	it("finishes a replay although the relay accepts further on meanwhile, then skips no more", () => {
		let window = withReplay(fill(openWindow(100)), 10);
		expect(window.next).toBe(10);
		window = withAccepted(withSent(window, 10), 120);
		expect(window.next).toBe(11);
		while (window.next <= 132) window = withPuback(withSent(window, window.next));
		expect(withAccepted(window, 400).next).toBe(401);
	});

	it("carries a replay over to the next connection with what was in flight, and nothing else", () => {
		const replaying = withSent(withSent(withReplay(fill(openWindow(100)), 10), 10), 11);
		expect(reopenWindow(replaying, 100)).toMatchObject({ next: 10, inFlight: 0 });
		expect(reopenWindow(fill(openWindow(100)), 100)).toEqual(openWindow(100));
	});

	it("ignores a replay of what was not sent yet", () => {
		const window = openWindow(5);
		expect(withReplay(window, 6)).toEqual(window);
	});

	const step = fc.oneof(
		fc.record({ kind: fc.constant("send" as const) }),
		fc.record({ kind: fc.constant("puback" as const) }),
		fc.record({ kind: fc.constant("accepted" as const), at: fc.nat(3_000) }),
		fc.record({ kind: fc.constant("silence" as const) }),
		fc.record({ kind: fc.constant("replay" as const), at: fc.integer({ min: 1, max: 3_000 }) }),
		fc.record({ kind: fc.constant("reconnect" as const) }),
	);

	/** What `kind` does to the window. */
	const after = (window: SendWindow, kind: string, at: number): SendWindow => {
		if (kind === "puback") return withPuback(window);
		if (kind === "accepted") return withAccepted(window, at);
		if (kind === "silence") return withSilence(window);
		if (kind === "replay") return withReplay(window, at);
		if (kind === "reconnect") return reopenWindow(window, window.accepted);
		let sent = window;
		for (let free = room(window); free > 0; free--) sent = withSent(sent, sent.next);
		return sent;
	};

	/** A relay that has what `window` says and takes what comes next, nothing else; answers how often it had to be silent. */
	const bringTo = (start: SendWindow, head: number): number => {
		let window = start;
		let has = start.accepted;
		for (let silences = 0; silences < 10; silences++) {
			while (room(window) > 0 && window.next <= head) {
				if (window.next === has + 1) has += 1;
				window = withPuback(withSent(window, window.next));
				if (has > window.accepted) window = withAccepted(window, has);
			}
			if (has === head) return silences;
			while (window.inFlight > 0) window = withPuback(window);
			window = withSilence(window);
		}
		return Number.POSITIVE_INFINITY;
	};

	it("keeps its bounds, and brings everything after whatever happened in whatever order", () => {
		fc.assert(
			fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
				let window = openWindow(0);
				for (const one of steps) {
					window = after(window, one.kind, "at" in one ? one.at : 0);
					expect(window.inFlight).toBeLessThanOrEqual(IN_FLIGHT_MAX);
					expect(window.ahead).toBeLessThanOrEqual(AHEAD_MAX);
				}
				expect(bringTo(window, 3_500)).toBeLessThanOrEqual(2);
				expect(isAwaiting(withSilence(window))).toBe(false);
			}),
		);
	});
});
