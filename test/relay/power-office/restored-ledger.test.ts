import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { tempDir } from "../../support/temp-dir.ts";
import { type Life, runToRest, startRig } from "./support/rig.ts";
import type { TicketSpec } from "./support/tickets.ts";

const SALE: TicketSpec = { lines: [{ group: "BEER", gross: 100 }], tenders: [["visa", 100]] };
const KEY = { store: "0001", till: "1", z: 1042 };

/** Copies the ledger as a backup does, whole and at one moment. */
const backUp = ({ ledger }: Life): string => {
	ledger.statement("PRAGMA wal_checkpoint(TRUNCATE)").all();
	const path = join(tempDir(), "backup.sqlite");
	copyFileSync(ledger.path, path);
	return path;
};

describe("a ledger restored from an old copy", () => {
	it("posts nothing anew that the lost one posted, reversed and posted again: it asks a person", async () => {
		const rig = await startRig();
		const lost = rig.open();
		rig.feed(lost, [SALE]);
		const backup = backUp(lost);
		await runToRest(rig, lost);
		lost.delivery.repost(KEY);
		await runToRest(rig, lost);
		lost.close();
		expect(await rig.standing()).toHaveLength(1);

		const restored = rig.openRestored(backup);
		await runToRest(rig, restored);
		expect(await rig.standing()).toHaveLength(1);
		expect(restored.alarms()).toEqual(["RELAY-3015 0001/1 Z 1042"]);
		// The person sees the second voucher in Go, and lets the relay find it under the next revision.
		restored.delivery.repost(KEY);
		await runToRest(rig, restored);
		expect(restored.state()).toBe("booked");
		expect(await rig.standing()).toHaveLength(1);
	});
});
