import type { DrawerOpenStarted, JournalEvent } from "../events/journal-event.ts";
import { type Refusal, refuse } from "../events/refusal.ts";
import type { Stamp } from "../events/stamp.ts";
import type { DecisionContext } from "./decision-context.ts";
import type { Input } from "./input.ts";
import type { DrawerState, PulseState, TillState } from "./state.ts";

/**
 * An opening within this time of a pulse's record is that pulse's work: the pulse may wait 2 s for the printer
 * (effect-runner), stands behind what is being printed, and a printer that is asked for its switch is asked every 5 s. Later
 * ones have another cause: a key, or another machine on the printer.
 */
export const PULSE_OPENS_WITHIN_MS = 10_000;

/** Pulses remembered at a time: each opening uses them up, and more than this do not fit into the time above. */
const PULSES_MAX = 8;

/** Milliseconds from one stamp to a later one; by the wall clock where the box was started between them. */
export const elapsedMs = (from: Stamp, to: Stamp): number =>
	Math.max(0, from.bootId === to.bootId ? to.monotonicMs - from.monotonicMs : to.utcMs - from.utcMs);

/**
 * The newest pulse that can have opened a drawer at a moment: one before it may have met an open drawer. Two drawers of a
 * printer share one switch, so of any of them.
 */
const causeOf = (state: TillState, at: Stamp): { readonly jobId: string } | null => {
	const pulse = state.pulses.findLast((sent) => elapsedMs(sent.at, at) <= PULSE_OPENS_WITHIN_MS);
	return pulse === undefined ? null : { jobId: pulse.jobId };
};

/**
 * What a drawer's switch says, as an event where it is news. A drawer that is met closed for the first time is none; one that
 * is met open is, because nobody knows who opened it.
 */
export const drawerSensed = (
	{ drawerId, isOpen, seen }: Extract<Input["body"], { type: "DrawerSensed" }>,
	at: Stamp,
	state: TillState,
): JournalEvent[] => {
	const known = state.drawers[drawerId];
	if (known?.isOpen === isOpen) return [];
	if (isOpen) return [{ type: "DrawerOpened", drawerId, cause: causeOf(state, at), seen }];
	return known === undefined && seen === "afterGap" ? [] : [{ type: "DrawerClosed", drawerId, seen }];
};

/** A drawer that stands open: told once an opening, and not of one that was shut meanwhile. */
export const drawerOverdue = (
	{ drawerId, openMs }: Extract<Input["body"], { type: "DrawerOverdue" }>,
	state: TillState,
): JournalEvent[] => {
	const known = state.drawers[drawerId];
	if (known !== undefined && (!known.isOpen || known.isTooLong)) return [];
	return [{ type: "DrawerOpenTooLong", drawerId, openMs }];
};

/**
 * No sale: opens the drawer for a reason that is said, also with a ticket open and on a closed day (no rule forbids it; money
 * is changed for customers who wait, and counted before the day). Recorded before the pulse.
 */
export const noSale = (
	{ drawerId, reason }: Extract<Input["body"], { type: "DrawerOpenRequested" }>,
	{ state, parts, surroundings }: DecisionContext,
): readonly JournalEvent[] | Refusal => {
	const drawers = [...surroundings.devices].filter(([, { deviceClass }]) => deviceClass === "CashDrawer");
	if (!drawers.some(([id]) => drawerId === null || id === drawerId)) {
		return refuse("TILL-0434", { drawers: drawers.map(([id]) => id).join(", ") || "none" });
	}
	return [
		{
			type: "DrawerOpenStarted",
			jobId: `${state.journalId}/n${parts.journal.head().seq + 1}`,
			cause: "noSale",
			ticketId: null,
			...(drawerId === null ? {} : { drawerId }),
			reason,
		},
	];
};

/** The pulses that may still open a drawer, with one more. */
export const withPulse = (state: TillState, { jobId }: DrawerOpenStarted, at: Stamp): readonly PulseState[] =>
	[...state.pulses.filter((sent) => elapsedMs(sent.at, at) <= PULSE_OPENS_WITHIN_MS), { jobId, at }].slice(-PULSES_MAX);

/** A drawer as an event leaves it. */
export const drawerAfter = (
	known: DrawerState | undefined,
	event: Extract<JournalEvent, { type: "DrawerOpened" | "DrawerClosed" | "DrawerOpenTooLong" }>,
	at: Stamp,
): DrawerState => {
	switch (event.type) {
		case "DrawerOpened":
			return { isOpen: true, since: at, isTooLong: false };
		case "DrawerClosed":
			return { isOpen: false, since: at, isTooLong: false };
		case "DrawerOpenTooLong":
			return { isOpen: true, since: known?.since ?? at, isTooLong: true };
	}
};
