import type { M3Config } from "../../config/schema/relay-config.ts";
import type { MiTransaction } from "./client.ts";
import type { StoredRound, StoredRow } from "./rounds.ts";

/** OPS270MI "POS Sales Tickets interface". */
export const OPS270MI = "OPS270MI";

/** What the step of a round asks of M3. */
export type RoundRequest =
	| { readonly kind: "change"; readonly transactions: readonly MiTransaction[] }
	| { readonly kind: "count"; readonly transaction: MiTransaction }
	/** M3's tables are read: see `read-back.ts`. */
	| { readonly kind: "readBack" }
	/** Nothing: the round waits for a person, or is finished. */
	| { readonly kind: "none" };

/** BchPrcRound's settings (m3.md section 1). */
export type InterfaceSwitches = Pick<M3Config, "opmm" | "opss" | "opgl">;

const flag = (isOn: boolean): string => (isOn ? "1" : "0");

/** The rows of the bulk at hand. */
export const rowsOfPart = (round: StoredRound, rows: readonly StoredRow[]): readonly StoredRow[] =>
	rows.slice(round.state.part * round.rowsMax, (round.state.part + 1) * round.rowsMax);

/** How many rows M3 holds of the round when the bulk at hand went through. */
export const rowsThroughPart = (round: StoredRound, rows: readonly StoredRow[]): number =>
	Math.min(rows.length, (round.state.part + 1) * round.rowsMax);

/** The request of a round's step, pure. `rows` are all rows of the round. */
export const roundRequest = (
	round: StoredRound,
	rows: readonly StoredRow[],
	switches: InterfaceSwitches,
	canReadBack: boolean,
): RoundRequest => {
	const cono = String(round.cono);
	const { step, itrn } = round.state;
	const change = (transaction: string, record: MiTransaction["record"]): RoundRequest => ({
		kind: "change",
		transactions: [{ transaction, record }],
	});
	const key = { CONO: cono, ITRN: itrn ?? "" };
	switch (step) {
		case "number":
			return change("AddRoundNumber", { CONO: cono });
		case "upload":
			return {
				kind: "change",
				transactions: rowsOfPart(round, rows).map(({ transaction, record }) => ({
					transaction,
					record: { ...record, ITRN: key.ITRN },
				})),
			};
		case "count":
		case "checkRemoved":
			return { kind: "count", transaction: { transaction: "GetRoundNumber", record: key } };
		case "remove":
			return change("DelRoundNumber", key);
		case "process":
		case "repeat":
			return change("BchPrcRound", {
				...key,
				DIVI: round.divi,
				ACDT: round.acdt,
				OPMM: flag(switches.opmm),
				OPSS: flag(switches.opss),
				OPGL: flag(switches.opgl),
			});
		case "unsure":
		case "confirm":
			return { kind: "readBack" };
		case "unknown":
			return { kind: canReadBack ? "readBack" : "none" };
		case "done":
		case "dissolved":
			return { kind: "none" };
	}
};
