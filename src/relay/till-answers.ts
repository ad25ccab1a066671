import { type Command, commandSchema } from "../feed/schema/control.ts";
import type { DownName, TillAddress } from "../feed/schema/topic.ts";
import type { Clock, Entropy } from "../runtime/contract/clock.ts";
import { messageOf } from "../runtime/contract/fault.ts";
import type { Logger } from "../runtime/contract/logger.ts";
import type { Intake, Taken } from "./intake/intake.ts";
import { createReplayRequests } from "./replay-requests.ts";

/** The way to the tills, as `FeedSubscriber` has it. */
export interface DownPort {
	publishDown(
		address: TillAddress,
		name: DownName,
		bytes: Uint8Array,
		options: { readonly retain: boolean },
	): Promise<boolean>;
}

/** What the relay tells the tills. */
export interface TillAnswers {
	/** Answers how far a journal is stored. Kept by the broker, so that a till learns it when it connects. */
	accepted(address: TillAddress, journalId: string): void;
	/** Asks a till that is there now how far it is: what the broker keeps of it may be old, and is not always handed out again. */
	askStatus(address: TillAddress): void;
	/** Answers what was taken: `accepted` once per journal, and a replay request for what is missing. */
	taken(outcomes: readonly { readonly address: TillAddress; readonly taken: Taken }[]): void;
}

/** Who asks for a replay. */
const ISSUER = "relay";
const COMMAND_ID_BYTES = 16;

/** Makes the answers. What the broker does not take is said again when it is back. */
export const createTillAnswers = (parts: {
	readonly intake: Pick<Intake, "accepted">;
	readonly down: DownPort;
	readonly clock: Clock;
	readonly entropy: Entropy;
	readonly log: Logger;
}): TillAnswers => {
	const { intake, down, clock, entropy, log } = parts;
	const replays = createReplayRequests();

	const publish = (address: TillAddress, name: "accepted" | "command", body: object): void => {
		const bytes = new TextEncoder().encode(JSON.stringify(body));
		down.publishDown(address, name, bytes, { retain: name === "accepted" }).catch((error: unknown) => {
			log.warn("a till could not be answered", { ...address, name, reason: messageOf(error) });
		});
	};

	const accepted = (address: TillAddress, journalId: string): void =>
		publish(address, "accepted", intake.accepted(address, journalId));

	const order = (address: TillAddress, what: Pick<Command, "kind" | "body">): void => {
		const id = Buffer.from(entropy.bytes(COMMAND_ID_BYTES)).toString("hex");
		publish(address, "command", commandSchema.parse({ v: 1, id, issuer: ISSUER, ...what }));
	};

	const askForReplay = (address: TillAddress, journalId: string, fromFeedSeq: number): void => {
		if (!replays.shouldAsk(journalId, fromFeedSeq, clock.stamp().monotonicMs)) return;
		order(address, { kind: "replay", body: { fromFeedSeq } });
	};

	return {
		accepted,
		askStatus: (address) => order(address, { kind: "reportStatus", body: {} }),
		taken: (outcomes) => {
			const journals = new Map<string, TillAddress>();
			for (const { address, taken } of outcomes) {
				if (taken.outcome === "setAside") continue;
				journals.set(taken.journalId, address);
				if (taken.outcome === "gap") askForReplay(address, taken.journalId, taken.fromFeedSeq);
			}
			for (const [journalId, address] of journals) accepted(address, journalId);
		},
	};
};
