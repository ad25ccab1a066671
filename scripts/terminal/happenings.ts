import type { OutcomeListener } from "../../src/cli/till/till-service.ts";
import { codeText } from "../../src/cli/tillctl/code-text.ts";
import { type Answers, questionsText } from "../../src/cli/tillctl/questions.ts";
import type { CodeText } from "../../src/events/code-text.ts";
import { CONDITIONS } from "../../src/events/conditions.ts";
import type { JournalEvent } from "../../src/events/journal-event.ts";
import type { Status } from "../../src/feed/schema/control.ts";
import { deviceConditions } from "../../src/till/readiness.ts";
import type { TillView } from "../../src/till/view.ts";

/** What is typed at this terminal for an answer; the question that is shown first is the one that is answered. */
export const TERMINAL_ANSWERS: Answers = {
	itCameOut: () => "yes",
	copyPrinted: () => "no",
	drawerChecked: () => "yes",
	print: ({ paper, number }) => (paper === "zReport" ? `report ${number}` : `copy ${number}`),
};

/** The view with one question at a time. */
export const withOneQuestion = (view: TillView): TillView => ({ ...view, doubts: view.doubts.slice(0, 1) });

/** Questions that are open, in this terminal's words. */
export const openQuestions = (view: TillView): string[] => questionsText(withOneQuestion(view), TERMINAL_ANSWERS);

const wordsOf = (event: JournalEvent): string | undefined => {
	switch (event.type) {
		case "DrawerOpened":
			return event.cause === null
				? "! The drawer was opened without a sale or a command; it stands in the journal."
				: undefined;
		case "DrawerClosed":
			return "  drawer   is shut";
		case "DrawerOpenTooLong":
			return `! ${CONDITIONS["CashDrawer.OpenTooLong"].cause} ${CONDITIONS["CashDrawer.OpenTooLong"].remedy}`;
		default:
			return undefined;
	}
};

const asksSomething = (event: JournalEvent): boolean =>
	(event.type === "PrintFinished" && (event.outcome === "unknown" || event.outcome === "failed")) ||
	(event.type === "DrawerOpenFinished" && event.outcome === "unknown");

/** Tells what devices answered that a cashier should know: the drawer's openings, and jobs whose end nobody knows. */
export const happeningsOn =
	(say: (text: string) => void, view: () => TillView | undefined): OutcomeListener =>
	(_body, { events }) => {
		for (const event of events) {
			const words = wordsOf(event);
			if (words !== undefined) say(words);
		}
		const now = events.some(asksSomething) ? view() : undefined;
		if (now !== undefined) for (const line of openQuestions(now)) say(line);
	};

/** Tells a device's condition when it begins, with what to do, and when it is over. */
export const conditionsOn = (say: (text: string) => void): ((status: Status) => void) => {
	let before: readonly string[] = [];
	return ({ readiness, warnings }) => {
		const now = readiness === null ? [] : deviceConditions({ ...readiness, warnings });
		const words = (codes: readonly string[], without: readonly string[]): readonly CodeText[] =>
			codes.filter((code) => !without.includes(code)).flatMap((code) => codeText(code) ?? []);
		for (const { cause, remedy } of words(now, before)) say(`! ${cause} ${remedy}`);
		for (const { cause } of words(before, now)) say(`  Over: ${cause}`);
		before = now;
	};
};
