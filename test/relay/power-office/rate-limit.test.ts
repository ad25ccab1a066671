import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { openLedger } from "../../../src/relay/ledger/ledger.ts";
import { rateLimit } from "../../../src/relay/power-office/rate-limit.ts";
import { POWER_OFFICE_STEPS } from "../../../src/relay/power-office/tables.ts";
import { seededEntropy } from "../../support/manual-runtime.ts";
import { tempDir } from "../../support/temp-dir.ts";

const KEY = "5a9db0c5";
const T0 = 1_000_000;

const twoRelays = () => {
	const path = join(tempDir(), "relay.sqlite");
	return [1, 2].map(() => {
		const ledger = openLedger(path, seededEntropy());
		onTestFinished(() => ledger.close());
		ledger.migrate("power-office", POWER_OFFICE_STEPS);
		return { ledger, limit: (key = KEY) => rateLimit(ledger, key, 10) };
	});
};

describe("the call limit of a subscription key", () => {
	it("lets ten calls through in any second, over all relays on the ledger", () => {
		const [a, b] = twoRelays();
		const limits = [a?.limit(), b?.limit()];
		const passed: number[] = [];
		for (let ms = 0; ms < 10_000; ms += 7) {
			if (limits[ms % 2]?.take(T0 + ms) === null) passed.push(ms);
		}
		const most = Math.max(...passed.map((start) => passed.filter((ms) => ms >= start && ms < start + 1_000).length));
		expect(most).toBe(10);
		expect(passed.length).toBeGreaterThan(85);
	});

	it("says when the next call may come", () => {
		const [a] = twoRelays();
		const limit = a?.limit();
		for (let call = 0; call < 10; call += 1) expect(limit?.take(T0 + call * 10)).toBeNull();
		const waitMs = limit?.take(T0 + 500) ?? 0;
		expect(waitMs).toBeGreaterThanOrEqual(500);
		expect(limit?.take(T0 + 500 + waitMs - 1)).not.toBeNull();
		expect(limit?.take(T0 + 500 + waitMs)).toBeNull();
	});

	it("stops every relay after a 429, and each key by itself", () => {
		const [a, b] = twoRelays();
		a?.limit().pause(T0, 3_000);
		expect(b?.limit().take(T0 + 1)).toBe(2_999);
		expect(b?.limit("another").take(T0 + 1)).toBeNull();
		expect(b?.limit().take(T0 + 3_000)).toBeNull();
	});

	it("does not wait for a clock that stepped back", () => {
		const [a] = twoRelays();
		const limit = a?.limit();
		for (let call = 0; call < 10; call += 1) limit?.take(T0);
		limit?.pause(T0, 60_000);
		expect(limit?.take(T0 - 3_600_000)).toBeNull();
	});

	it("keeps no key in the ledger", () => {
		const [a] = twoRelays();
		a?.limit().take(T0);
		const rows = a?.ledger.statement("SELECT * FROM power_office_call").all();
		expect(rows).toHaveLength(1);
		expect(JSON.stringify(rows)).not.toContain(KEY);
	});
});
