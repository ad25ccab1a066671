import { describe, expect, it } from "vitest";
import { powerOfficeClient } from "../../../src/sandbox/power-office/default-client.ts";
import { RESTAURANT } from "./support/mapping.ts";
import { runToRest, startRig } from "./support/rig.ts";
import type { TicketSpec } from "./support/tickets.ts";

const SALE: TicketSpec = { lines: [{ group: "BEER", gross: 100 }], tenders: [["visa", 100]] };
const corrected = {
	...RESTAURANT,
	itemGroups: { ...RESTAURANT.itemGroups, BEER: { account: 3003, name: "Beer" } },
};

describe("a mapping that was corrected before the relay was started again", () => {
	it("decides a voucher that was made, and never sent, before", async () => {
		const rig = await startRig();
		const before = rig.open(undefined, () => () => Promise.resolve({ kind: "noAnswer", why: "Go is away" }));
		rig.feed(before, [SALE]);
		await runToRest(rig, before, () => before.state() === "ready" && before.reasons().length > 0);
		before.close();
		const after = rig.open(corrected);
		await runToRest(rig, after);
		expect((await rig.standing()).map(({ lines }) => Object.keys(lines))).toEqual([["1910/0", "3003/3", "2700/0"]]);
		expect(after.alarms()).toEqual([]);
	});

	it("never changes a voucher that may have been posted", async () => {
		const rig = await startRig();
		const before = rig.open();
		rig.sandbox.addFault({ method: "POST", path: "/v2/Vouchers/CashJournals", fault: "timeoutAfterAccepting" });
		rig.feed(before, [SALE]);
		await runToRest(rig, before, () => before.state() === "looking");
		before.close();
		const after = rig.open(corrected);
		await runToRest(rig, after);
		expect(after.state()).toBe("booked");
		expect((await rig.standing()).map(({ lines }) => Object.keys(lines))).toEqual([["1910/0", "3002/3", "2700/0"]]);
	});

	it("looks for a voucher in the company that it was posted to, when its store belongs to another one by now", async () => {
		const clients = [powerOfficeClient(), powerOfficeClient({ clientKey: "second-key", clientName: "Second" })];
		const rig = await startRig({ clients });
		const before = rig.open();
		rig.sandbox.addFault({ method: "POST", path: "/v2/Vouchers/CashJournals", fault: "timeoutAfterAccepting" });
		rig.feed(before, [SALE]);
		await runToRest(rig, before, () => before.state() === "looking");
		before.close();
		const after = rig.open({
			...RESTAURANT,
			companies: { ...RESTAURANT.companies, second: { clientKeyFile: "second-key", roundingAccount: 7740 } },
			stores: { ...RESTAURANT.stores, "0001": { ...RESTAURANT.stores["0001"], company: "second" } },
		});
		await runToRest(rig, after);
		expect(after.state()).toBe("booked");
		const posts = rig.sandbox
			.requests()
			.filter(({ method, path }) => method === "POST" && path.endsWith("/CashJournals"));
		expect(posts).toHaveLength(1);
	});
});
