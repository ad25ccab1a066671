/** Takes what ends something that was started: `onTestFinished` for one test's own, {@link Closings} for a file's. */
export type OnEnd = (end: () => Promise<void>) => void;

/** What a whole test file shares, to be ended in the opposite order: `afterAll(() => shared.close())`. */
export interface Closings {
	readonly onEnd: OnEnd;
	close(): Promise<void>;
}

/** A list of endings, empty at first. */
export const closings = (): Closings => {
	const ends: Parameters<OnEnd>[0][] = [];
	return {
		onEnd: (end) => void ends.push(end),
		close: async () => {
			for (const end of ends.splice(0).reverse()) await end();
		},
	};
};
