import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { norwegianRules } from "../../../../src/fiscal/no/rules.ts";
import { createJournal } from "../../../../src/journal/sqlite/open-journal.ts";
import { amountOf } from "../../../../src/money/amount.ts";
import type { InputBody } from "../../../../src/till/input.ts";
import { replay } from "../../../../src/till/replay.ts";
import { Till } from "../../../../src/till/till.ts";
import { silentLogger } from "../../../support/manual-runtime.ts";
import { created, MemoryCatalog } from "../../../support/test-till.ts";
import { itemOf, SETTINGS, stampAt } from "../../../support/ticket-fixture.ts";
import { expectationOf } from "./expectation.ts";

/**
 * `node test/journal/sqlite/kept/make-v1.ts`: writes the journal of version 1 that every later version must replay. Run
 * once for a version and never again over a kept one: a journal that a shop holds cannot be made anew either.
 */
const directory = join(import.meta.dirname, "v1");
const DAY_S = 86_400;

rmSync(directory, { recursive: true, force: true });
mkdirSync(directory);
const journal = createJournal(join(directory, "journal"), { logger: silentLogger() }, created(), stampAt(0), "2026-11");
const catalog = new MemoryCatalog();
catalog.put("2026-11-a", [
	itemOf(),
	itemOf({ itemId: "TAKEAWAY", vatCode: "31", price: { amountMinor: amountOf(11_500n), per: 1 } }),
]);
const till = new Till(
	{
		journal,
		catalog,
		inStoreTemplates: [],
		rules: norwegianRules,
		settings: SETTINGS,
		operatorId: "1",
		cutOverHour: 4,
	},
	replay(journal).state,
);
let seconds = 0;
const take = (body: InputBody): void => {
	seconds += 1;
	const { refusal } = till.take(
		{ at: stampAt(seconds), clockSynchronised: true, source: "operator", body },
		{
			devices: new Map(),
			stuckDrawers: new Set(),
			hasCatalog: true,
			isDiskLow: false,
			mirrorTrouble: "none",
			isBrokerConnected: true,
			isFeedInsecure: false,
			isRecovery: false,
			isLogoUnusable: false,
		},
	);
	if (refusal !== undefined) throw new Error(`${body.type}: ${refusal.code}`);
};
const sell = (code: string, quantityText: string | null = null): void => take({ type: "Typed", code, quantityText });
const pay = (tenderType: string, amountText: string | null = null): void =>
	take({ type: "Tendered", tenderType, amountText, currency: null });

take({ type: "ServiceStarted", applicationVersion: "0.1.0", trouble: undefined });
for (const day of [0, 1, 14]) {
	// The third day is in December: the journal has two segments.
	seconds = day * DAY_S;
	take({ type: "DayOpenRequested", businessDate: null });
	sell("Item A");
	pay("mc", "500.00");
	sell("Item A", "2");
	sell("TAKEAWAY");
	pay("cash", "50");
	pay("card");
	sell("TAKEAWAY", "3");
	pay("cash", "500");
	if (day !== 14) take({ type: "DayCloseRequested" });
}
sell("Item A");
take({ type: "ServiceStopping", reason: "kept" });
writeFileSync(
	join(directory, "expected.json"),
	`${JSON.stringify(expectationOf(replay(journal).state), null, "\t")}\n`,
);
journal.close();
