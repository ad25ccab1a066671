import { describe, expect, it } from "vitest";
import { runToRest, startRig } from "./support/rig.ts";
import { FRIDAY_NIGHT } from "./support/tickets.ts";

/** What the Friday night comes to in the books: SEED's lines, and the VAT that PowerOffice books itself. */
const FRIDAY_BOOKED = {
	"1901/0": "5000.00",
	"1910/0": "13650.00",
	"3000/3": "-12500.00",
	"3001/31": "-1150.00",
	"3002/3": "-2500.00",
	"3003/3": "-2500.00",
	"2700/0": "-3500.00",
	"2701/0": "-150.00",
};

describe("the PowerOffice delivery", () => {
	it("books the Friday night of the point-of-sale page, once and to the øre", async () => {
		const rig = await startRig();
		const life = rig.open();
		rig.feed(life, FRIDAY_NIGHT);
		await runToRest(rig, life);
		expect(life.state()).toBe("booked");
		const vouchers = await rig.standing();
		expect(vouchers.map((voucher) => voucher.lines)).toEqual([FRIDAY_BOOKED]);
		const posts = rig.sandbox.requests().filter(({ method, path }) => method === "POST" && path.endsWith("Journals"));
		expect(posts).toHaveLength(1);
		expect(posts[0]?.requestBody).toContain('"CurrencyAmount":-12500.00');
		expect(life.alarms()).toEqual([]);
	});
});
