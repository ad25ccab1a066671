import type { Entropy } from "../../runtime/contract/clock.ts";
import { claimLedger } from "./claim.ts";
import { openLedger } from "./ledger.ts";

/** A ledger made ready to run on from a backup. */
export interface RestoredLedger {
	readonly ledgerId: string;
	/** The term that begins: the tills obey it and send again what this ledger lacks. */
	readonly term: number;
}

/**
 * Makes a copy of a ledger fit to go on in place of the lost one (DESIGN section 7). Run once, while no relay has the file
 * open. `seenTerm` is the highest term that a till was told since the copy was made, where somebody knows it: only after a
 * second restore from the same copy does it matter. Throws a RelayFault when the file cannot be opened or a relay has it.
 */
export const restoreLedger = (path: string, entropy: Entropy, seenTerm = 0): RestoredLedger => {
	const giveBack = claimLedger(path);
	try {
		const ledger = openLedger(path, entropy);
		try {
			return { ledgerId: ledger.ledgerId, term: ledger.newTerm(seenTerm) };
		} finally {
			ledger.close();
		}
	} finally {
		giveBack();
	}
};
