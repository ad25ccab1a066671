import { it } from "vitest";
import { NOT_READ_BACK, READ_BACK, restoreAsItWas, restoreInNewTerm } from "../faults/ledger-restore.ts";

/** Where between two steps of a delivery the copy is made, and the relay stopped, is chance: often is better than once. */
const ROUNDS = 10;

const scale = Number.parseFloat(process.env["TILLD_SCALE"] ?? "1");
const rounds = Array.from({ length: Math.max(1, Math.round(ROUNDS * scale)) }, (_, index) => index + 1);

it.each(rounds)("a ledger put back from an old copy books nothing twice, round %i", async () => {
	for (const tenant of [READ_BACK, NOT_READ_BACK]) {
		await restoreInNewTerm(tenant);
		await restoreAsItWas(tenant);
	}
});
