import { type Status, statusSchema } from "../feed/schema/control.ts";
import type { TillAddress } from "../feed/schema/topic.ts";

/** What a till said of itself last. In memory: the broker keeps it. */
export interface TillStatus extends TillAddress {
	readonly status: Status;
	/** How often in a row it was accepted further than the ledger holds. */
	readonly aheadCount: number;
}

/** What a status tells about a journal: how far the till was told that it is accepted. */
export const acceptedAtTill = ({ feedSeq, backlog }: Status): number | undefined =>
	feedSeq === null || backlog === null ? undefined : feedSeq - backlog;

/** The statuses of all tills. */
export interface TillStatuses {
	/** Reads a status; undefined when it is none of this till. `heldUpTo` is how far the ledger holds a journal. */
	hear(address: TillAddress, bytes: Uint8Array, heldUpTo: (journalId: string) => number): TillStatus | undefined;
	all(): TillStatus[];
}

const readStatus = (bytes: Uint8Array): Status | undefined => {
	try {
		return statusSchema.parse(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)));
	} catch {
		return undefined;
	}
};

/** Nothing heard yet. */
export const createTillStatuses = (): TillStatuses => {
	const heard = new Map<string, TillStatus>();
	return {
		hear: (address, bytes, heldUpTo) => {
			const status = readStatus(bytes);
			if (status === undefined || status.store !== address.store || status.till !== address.till) return undefined;
			const name = `${address.store}/${address.till}`;
			const last = heard.get(name);
			const told = acceptedAtTill(status);
			const isAhead = told !== undefined && status.journalId !== null && told > heldUpTo(status.journalId);
			// The broker hands the kept status out again with each connection: only a new one counts.
			const isSame = last !== undefined && last.status.atUtcMs === status.atUtcMs;
			const aheadCount = !isAhead ? 0 : (last?.aheadCount ?? 0) + (isSame ? 0 : 1);
			const entry = { ...address, status, aheadCount };
			heard.set(name, entry);
			return entry;
		},
		all: () => [...heard.values()],
	};
};
