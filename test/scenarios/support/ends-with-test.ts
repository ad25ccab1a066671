import { onTestFinished } from "vitest";

/** Waits for something that is being started, and lets it end with the test. */
export const endsWithTest = async <T extends { dispose(): Promise<void> }>(starting: Promise<T>): Promise<T> => {
	const started = await starting;
	onTestFinished(() => started.dispose());
	return started;
};
