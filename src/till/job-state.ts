import type { DrawerOpened, DrawerOpenFinished, PrintFinished, PrintStarted } from "../events/journal-event.ts";
import type { Doubt, NotPrinted, TillState } from "./state.ts";

/** Papers remembered that did not come out: with the printer away all day they are more than anybody reads. */
const NOT_PRINTED_MAX = 10;

/** The doubts but for one job's. */
export const withoutDoubt = (state: TillState, jobId: string): readonly Doubt[] =>
	state.doubts.filter((doubt) => doubt.jobId !== jobId);

/**
 * Questions that wait at a time. A printer that never answers makes one of each receipt; nobody goes through more, every
 * answer of the service holds them all, and what is left out stands in the records.
 */
const QUESTIONS_MAX = 100;

/** The doubts with one job's outcome unknown, the newest questions only. */
const withQuestion = (state: TillState, job: Doubt | undefined): readonly Doubt[] => {
	const doubts = state.doubts.map((doubt): Doubt => (doubt === job ? { ...doubt, since: "unknown" } : doubt));
	const questions = doubts.filter(({ since }) => since === "unknown");
	const dropped = new Set(questions.slice(0, Math.max(0, questions.length - QUESTIONS_MAX)));
	return dropped.size === 0 ? doubts : doubts.filter((doubt) => !dropped.has(doubt));
};

const withoutCopy = (copies: TillState["copies"], jobId: string): TillState["copies"] =>
	Object.fromEntries(Object.entries(copies).filter(([, copy]) => copy !== jobId));

/** A print has begun: it is in doubt until its outcome, a copy is counted, and what had not come out is asked for again. */
export const printStarted = (state: TillState, { jobId, subject }: PrintStarted): TillState => {
	if (subject.kind === "test") {
		return {
			...state,
			doubts: [...state.doubts, { jobId, what: "print", paper: null, number: null, since: "started" }],
		};
	}
	const paper = subject.kind === "zReport" ? "zReport" : subject.copy ? "copy" : "receipt";
	const number = subject.kind === "ticket" ? subject.receiptNumber : subject.z;
	const isZ = paper === "zReport";
	return {
		...state,
		doubts: [...state.doubts, { jobId, what: "print", paper, number, since: "started" }],
		notPrinted: state.notPrinted.filter((other) => other.number !== number || (other.paper === "zReport") !== isZ),
		copies: paper === "copy" ? { ...state.copies, [number]: jobId } : state.copies,
	};
};

/** A job has ended: nothing to doubt any more, or the question stays until somebody has looked. */
export const jobFinished = (state: TillState, event: PrintFinished | DrawerOpenFinished): TillState => {
	const { jobId, outcome } = event;
	const job = state.doubts.find((doubt) => doubt.jobId === jobId);
	// Whoever prints a test page stands before the printer: no question is left.
	const isTestPage = job?.what === "print" && job.paper === null;
	if (outcome === "unknown" && job?.hasOpened !== true && !isTestPage) {
		return { ...state, doubts: withQuestion(state, job) };
	}
	const ended: TillState = { ...state, doubts: withoutDoubt(state, jobId) };
	if (outcome === "expired") return withoutPulse(ended, jobId);
	if (outcome !== "failed") return ended;
	if (event.type === "DrawerOpenFinished") return withoutPulse(ended, jobId);
	const paper: NotPrinted[] =
		job?.paper == null || job.number === null ? [] : [{ paper: job.paper, number: job.number }];
	return {
		...ended,
		notPrinted: [...state.notPrinted, ...paper].slice(-NOT_PRINTED_MAX),
		copies: withoutCopy(state.copies, jobId),
	};
};

/** A pulse that was not sent opens nothing. */
const withoutPulse = (state: TillState, jobId: string): TillState => ({
	...state,
	pulses: state.pulses.filter((pulse) => pulse.jobId !== jobId),
});

/**
 * A drawer has opened: the pulses until now have done their work, and the one that is its cause needs nobody's look any more.
 */
export const jobOpenedDrawer = (state: TillState, { cause }: DrawerOpened): TillState => ({
	...state,
	pulses: [],
	doubts: state.doubts.flatMap((doubt): Doubt[] => {
		if (doubt.jobId !== cause?.jobId) return [doubt];
		return doubt.since === "started" ? [{ ...doubt, hasOpened: true }] : [];
	}),
});
