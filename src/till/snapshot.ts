import type { TillState } from "./state.ts";

/** A bigint in a snapshot is text with this mark; no other text of the state begins with it. */
const MARK = "\u0000n";

/** A state as text. Private to this program and version: records and messages have their own, lasting form. */
export const snapshotText = (state: TillState): string =>
	JSON.stringify(state, (_key, value: unknown) => (typeof value === "bigint" ? `${MARK}${value}` : value));

/** Reads a state back; undefined when the text is none. */
export const readSnapshot = (text: string): TillState | undefined => {
	try {
		const state: unknown = JSON.parse(text, (_key, value: unknown) =>
			typeof value === "string" && value.startsWith(MARK) ? BigInt(value.slice(MARK.length)) : value,
		);
		return typeof state === "object" && state !== null && "journalId" in state
			? { ...(state as TillState) }
			: undefined;
	} catch {
		return undefined;
	}
};
