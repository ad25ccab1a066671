import type { M3State } from "../state.ts";
import type { Row } from "../tables/table.ts";
import { updateLedger } from "./update-ledger.ts";
import { updateStatistics } from "./update-statistics.ts";
import { updateStock } from "./update-stock.ts";

/** The three interfaces that BchPrcRound (OPMM, OPSS, OPGL) and OPS280 can be told to update. */
export interface UpdateInterfaces {
	/** OPMM 'Inventory accounting interface'. */
	readonly inventory: boolean;
	/** OPSS 'Sales statistics interface'. */
	readonly salesStatistics: boolean;
	/** OPGL 'Financial interface'. */
	readonly financial: boolean;
}

/** How many rows each interface wrote or moved on. */
export interface UpdateReport {
	readonly stockRows: number;
	readonly statisticsRows: number;
	readonly ledgerRows: number;
}

/** 'POS Sales Ticket. Update' over the given OPSALE rows; stock goes first, since accounting waits for it (SEED, step 6). */
export function updateTickets(state: M3State, rows: readonly Row[], interfaces: UpdateInterfaces): UpdateReport {
	return {
		stockRows: interfaces.inventory ? updateStock(state, rows) : 0,
		statisticsRows: interfaces.salesStatistics ? updateStatistics(state, rows) : 0,
		ledgerRows: interfaces.financial ? updateLedger(state, rows) : 0,
	};
}
