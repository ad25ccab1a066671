import type { TillAddress, UpName } from "../schema/topic.ts";

/** One message of a till, with its topic read. */
export interface UpMessage {
	readonly address: TillAddress;
	readonly name: UpName;
	readonly bytes: Uint8Array;
}

interface Waiting {
	readonly message: UpMessage;
	readonly resolve: () => void;
	readonly reject: (reason: unknown) => void;
}

/**
 * Makes an `onMessage` for the subscriber that hands over together what arrived together, in order: one transaction and
 * one sync for many messages. Give the subscriber an `outstandingMax` of as many as one transaction should hold. Each
 * message's answer resolves when `take` of its batch did; when it throws, the whole batch comes again.
 */
export const batchedIntake = (
	take: (batch: readonly UpMessage[]) => void,
): ((address: TillAddress, name: UpName, bytes: Uint8Array) => Promise<void>) => {
	let waiting: Waiting[] = [];
	const takeAll = (): void => {
		const batch = waiting;
		waiting = [];
		try {
			take(batch.map(({ message }) => message));
		} catch (thrown) {
			for (const { reject } of batch) reject(thrown);
			return;
		}
		for (const { resolve } of batch) resolve();
	};
	return (address, name, bytes) =>
		new Promise((resolve, reject) => {
			if (waiting.length === 0) setImmediate(takeAll);
			waiting.push({ message: { address, name, bytes }, resolve, reject });
		});
};
