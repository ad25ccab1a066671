import type { M3Config } from "../../config/schema/relay-config.ts";
import type { Mapping } from "../../config/schema/relay-mapping.ts";
import type { TillAddress } from "../../feed/schema/topic.ts";
import type { Clock } from "../../runtime/contract/clock.ts";
import type { AlarmBook } from "../alarm/alarm-book.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { M3Client } from "./client.ts";

/** What M3's delivery works with. */
export interface M3Context {
	readonly ledger: Ledger;
	readonly alarms: AlarmBook;
	readonly clock: Clock;
	readonly client: M3Client;
	readonly m3: Omit<M3Config, "access" | "requestTimeoutMs">;
	readonly mapping: Mapping;
}

/** Subject of alarms about M3 as a whole. */
export const M3_SUBJECT = "m3";

/** Subject of alarms about one round. */
export const roundSubject = (roundId: number): string => `m3 round ${roundId}`;

/** Subject of alarms about what a till's tickets wait for. */
export const tillSubject = ({ store, till }: TillAddress): string => `m3 ${store}/${till}`;

/**
 * Whether the ledger may be an old copy: a lost one may have booked what this one has not. So it is after a restore, when a
 * new term has begun, and when a till has shown that somebody forgot to begin one.
 */
export const mayBeOldCopy = ({ ledger, alarms }: Pick<M3Context, "ledger" | "alarms">): boolean =>
	ledger.term > 1 || alarms.open().some(({ code }) => code === "RELAY-1004");
