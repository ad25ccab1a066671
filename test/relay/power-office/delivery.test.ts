import { describe, expect, it } from "vitest";
import { powerOfficeClient } from "../../../src/sandbox/power-office/default-client.ts";
import { TestTill } from "../support/test-till.ts";
import { RESTAURANT } from "./support/mapping.ts";
import { runToRest, startRig } from "./support/rig.ts";
import { dayOf, FRIDAY_NIGHT, type TicketSpec } from "./support/tickets.ts";

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
const KEY = { store: "0001", till: "1", z: 1042 };
const CLIENT_KEY = "sandbox-client-key";

const posts = (rig: Awaited<ReturnType<typeof startRig>>) =>
	rig.sandbox.requests().filter(({ method, path }) => method === "POST" && path.endsWith("/CashJournals"));

const sale = (group: string, gross: number): TicketSpec => ({ lines: [{ group, gross }], tenders: [["visa", gross]] });

describe("the PowerOffice delivery", () => {
	it("books the Friday night of the point-of-sale page, once and to the øre", async () => {
		const rig = await startRig();
		const life = rig.open();
		rig.feed(life, FRIDAY_NIGHT);
		await runToRest(rig, life);
		expect(life.state()).toBe("booked");
		expect((await rig.standing()).map((voucher) => voucher.lines)).toEqual([FRIDAY_BOOKED]);
		expect(posts(rig)).toHaveLength(1);
		const body = posts(rig)[0]?.requestBody ?? "";
		expect(body).toContain('"CurrencyAmount":-12500.00');
		// Ids beyond 2^53 leave as they came.
		expect(body).toMatch(/"AccountId":9007199254741\d{3},/);
		expect(JSON.parse(body)).toMatchObject({
			VoucherDate: "2025-03-14",
			ImportedVoucherNo: 1042,
			SaftSourceId: "0001-1",
			SaftBatchId: "0001-1-Z1042",
		});
		expect(life.alarms()).toEqual([]);
	});

	it("holds a Z whole until the mapping knows everything in it; other tills go on", async () => {
		const rig = await startRig();
		const first = rig.open();
		rig.feed(first, [sale("FOOD", 100), sale("WINE", 200)]);
		rig.feed(first, [sale("BEER", 300)], { store: "0002", z: 7 });
		await runToRest(rig, first, () => first.state(7, "0002") === "booked" && first.reasons().length > 0);
		expect(first.state()).toBe("waiting");
		expect(first.reasons()).toEqual(["RELAY-3003 sale of WINE with VAT code 3"]);
		expect(first.alarms()).toEqual(["RELAY-3003 0001/1 Z 1042"]);
		expect(first.delivery.summary()).toEqual({
			states: { booked: 1, waiting: 1 },
			tills: [
				{
					store: "0001",
					till: "1",
					waiting: [{ code: "RELAY-3003", reason: "sale of WINE with VAT code 3", count: 1 }],
					quarantined: [],
				},
			],
			unknown: [],
			pausedBy: null,
		});
		first.close();
		const itemGroups = { ...RESTAURANT.itemGroups, WINE: { account: 3002 } };
		const second = rig.open({ ...RESTAURANT, itemGroups });
		await runToRest(rig, second);
		expect(second.state()).toBe("booked");
		expect(second.alarms()).toEqual([]);
		expect((await rig.standing()).map((voucher) => voucher.lines)).toEqual([
			{ "1910/0": "3.00", "3002/3": "-3.00", "2700/0": "-0.60" },
			{ "1910/0": "3.00", "3000/3": "-1.00", "3002/3": "-2.00", "2700/0": "-0.60" },
		]);
	});

	it("waits for an account that the client does not have, and goes on when the mapping names another", async () => {
		const rig = await startRig();
		const wrong = { ...RESTAURANT, tenders: { visa: { account: 1999 } } };
		const first = rig.open(wrong);
		rig.feed(first, [sale("FOOD", 100)]);
		await runToRest(rig, first, () => first.reasons().length > 0);
		expect(first.reasons()).toEqual(["RELAY-3009 account 1999"]);
		expect(posts(rig)).toHaveLength(0);
		first.close();
		const second = rig.open();
		await runToRest(rig, second);
		expect(second.state()).toBe("booked");
	});

	it("never posts a Z whose tickets do not sum to its control totals", async () => {
		const rig = await startRig();
		const life = rig.open();
		const till = new TestTill(1, "0001", "1");
		const { tickets, report } = dayOf([sale("FOOD", 100), sale("FOOD", 200)]);
		const messages = [
			...tickets.map((ticket) => till.send("ticket", ticket.businessDate, ticket)),
			till.send("report", report.businessDate, { ...report, totals: { ...report.totals, gross: 301n } }),
		];
		rig.take(life, messages);
		await runToRest(rig, life, () => life.reasons().length > 0);
		expect(life.state()).toBe("waiting");
		expect(life.reasons()).toEqual(["RELAY-3002 gross: Z 301, tickets 300"]);
		expect(life.alarms()).toEqual(["RELAY-3002 0001/1 Z 1042"]);
		expect(rig.sandbox.requests()).toEqual([]);
	});

	it.each([
		["of another business date", { businessDate: "2025-03-13" }, "RELAY-3002 receipt 1 is of 2025-03-13 in NOK"],
		["in another currency", { currency: "SEK" as const }, "RELAY-3002 receipt 1 is of 2025-03-14 in SEK"],
	])("never posts a Z with a ticket %s, though its sums agree", async (_, change, reason) => {
		const rig = await startRig();
		const life = rig.open();
		const { tickets, report } = dayOf([sale("FOOD", 100)]);
		const till = new TestTill(1, "0001", "1");
		const sold = tickets.map((ticket) => {
			const changed = { ...ticket, ...change };
			return till.send("ticket", changed.businessDate, changed);
		});
		rig.take(life, [...sold, till.send("report", report.businessDate, report)]);
		await runToRest(rig, life, () => life.reasons().length > 0);
		expect(life.reasons()).toEqual([reason]);
		expect(posts(rig)).toEqual([]);
	});

	it("waits for a message of the period that has not come in", async () => {
		const rig = await startRig();
		const life = rig.open();
		const till = new TestTill(1, "0001", "1");
		const { report } = dayOf([]);
		// The day's first message is said to be number 1 and its last number 2; only the Z itself is there.
		const totals = { ...report.totals, feedSeqFirst: 1, feedSeqLast: 2 };
		rig.take(life, [till.send("report", report.businessDate, { ...report, totals })]);
		await runToRest(rig, life, () => life.reasons().length > 0);
		expect(life.reasons()).toEqual(["RELAY-3001 1 of 2 messages, 1 to 2"]);
	});

	it("holds both when two journals of a till have a Z of the same number", async () => {
		const rig = await startRig();
		const life = rig.open();
		for (const [journal, gross] of [
			[1, 100],
			[2, 200],
		] as const) {
			const till = new TestTill(journal, "0001", "1");
			const { tickets, report } = dayOf([sale("FOOD", gross)]);
			rig.take(life, [
				...tickets.map((ticket) => till.send("ticket", ticket.businessDate, ticket)),
				till.send("report", report.businessDate, report),
			]);
		}
		await runToRest(rig, life, () => life.reasons().length > 0);
		expect(life.reasons()[0]).toMatch(/^RELAY-3011 also in journal 01TEST/);
		expect(life.alarms()).toContain("RELAY-3011 0001/1 Z 1042");
		expect(posts(rig)).toHaveLength(0);
	});

	it("tells of a second Z of a number that is booked, and leaves the booked one alone", async () => {
		const rig = await startRig();
		const life = rig.open();
		rig.feed(life, [sale("FOOD", 100)]);
		await runToRest(rig, life);
		const other = new TestTill(9, "0001", "1");
		rig.take(life, [other.send("report", "2025-03-14", dayOf([]).report)]);
		await runToRest(rig, life);
		expect(life.state()).toBe("booked");
		expect(life.alarms()).toContain("RELAY-3011 0001/1 Z 1042");
		life.delivery.acknowledgeTwin(KEY);
		expect(life.alarms()).not.toContain("RELAY-3011 0001/1 Z 1042");
		expect(posts(rig)).toHaveLength(1);
	});

	it("has every step on disk before it is sent", async () => {
		const rig = await startRig();
		const seen: string[] = [];
		const life = rig.open(undefined, (exchange) => async (request) => {
			const path = new URL(request.url).pathname;
			if (request.method === "POST" && path.includes("/Vouchers/"))
				seen.push(`${path.split("/")[3]} in ${life.state()}`);
			return await exchange(request);
		});
		rig.feed(life, [sale("FOOD", 100)]);
		await runToRest(rig, life);
		life.delivery.repost(KEY);
		await runToRest(rig, life);
		expect(seen).toEqual(["CashJournals in posting", "Reverse in reversing", "CashJournals in posting"]);
	});

	it("books each Z once when two relays work on one ledger", async () => {
		const rig = await startRig({ switches: { readLag: { requests: 1 } } });
		const [first, second] = [rig.open(), rig.open()];
		for (let z = 1; z <= 6; z += 1) rig.feed(first, [sale("FOOD", 100 * z)], { z });
		await Promise.all([runToRest(rig, first), runToRest(rig, second)]);
		expect(first.delivery.summary().states).toEqual({ booked: 6 });
		expect(await rig.standing()).toHaveLength(6);
	});

	it("is done at once with a Z in which nothing was sold for money", async () => {
		const rig = await startRig();
		const life = rig.open();
		rig.feed(life, [{ lines: [{ gross: 500 }], settlement: "credit" }]);
		await runToRest(rig, life);
		expect(life.state()).toBe("nothing");
		expect(rig.sandbox.requests()).toEqual([]);
	});

	it("holds what PowerOffice refuses, with its own words, until a person releases it", async () => {
		const rig = await startRig();
		rig.sandbox.setLockDate(CLIENT_KEY, "2025-03-31");
		const life = rig.open();
		rig.feed(life, FRIDAY_NIGHT);
		await runToRest(rig, life);
		expect(life.state()).toBe("held");
		expect(life.reasons()).toEqual([
			"RELAY-3012 400: Voucher validation error(s): PostingDate 2025-03-14 is in a locked period. The lock date is 2025-03-31.",
		]);
		expect(life.alarms()).toEqual(["RELAY-3012 0001/1 Z 1042"]);
		expect(life.delivery.summary().tills[0]?.quarantined).toMatchObject([{ key: "Z 1042", code: "RELAY-3012" }]);
		rig.sandbox.setLockDate(CLIENT_KEY, null);
		life.delivery.release(KEY);
		await runToRest(rig, life);
		expect(life.state()).toBe("booked");
		expect(life.alarms()).toEqual([]);
		expect(await rig.standing()).toHaveLength(1);
		expect(() => life.delivery.release(KEY)).toThrow("RELAY-3019");
	});

	it("looks ids up again after a refusal: one of them may have been old", async () => {
		const rig = await startRig();
		let isOld = true;
		const life = rig.open(undefined, (exchange) => async (request) => {
			const outcome = await exchange(request);
			if (outcome.kind !== "answer" || !isOld || !request.url.includes("GeneralLedgerAccounts")) return outcome;
			isOld = false;
			return { ...outcome, body: outcome.body.replace(/"Id":([0-9]+)/g, '"Id":1$1') };
		});
		rig.feed(life, [sale("FOOD", 100)]);
		await runToRest(rig, life);
		expect(life.reasons()[0]).toMatch(/^RELAY-3012 404: .*Account with id = 19007199254\d+ not found/);
		life.delivery.release(KEY);
		await runToRest(rig, life);
		expect(life.state()).toBe("booked");
	});

	it("goes on by itself when a missing privilege is granted", async () => {
		const rig = await startRig();
		const { privileges } = powerOfficeClient();
		const without = privileges.filter((role) => role !== "CashVoucher_Full");
		rig.sandbox.setPrivileges(CLIENT_KEY, without);
		const life = rig.open();
		rig.feed(life, FRIDAY_NIGHT);
		await runToRest(rig, life, () => life.alarms().length > 0);
		expect(life.reasons()).toEqual(["RELAY-3016 403: HTTP status 403 without a word"]);
		rig.sandbox.setPrivileges(CLIENT_KEY, privileges);
		// A new privilege shows in new tokens only, at most 20 minutes later (poweroffice.md section 1.2).
		await runToRest(rig, life);
		expect(life.state()).toBe("booked");
		expect(life.alarms()).toEqual([]);
	});

	it("finds its voucher again after the relay lost its ledger", async () => {
		const rig = await startRig();
		const first = rig.open();
		rig.feed(first, FRIDAY_NIGHT);
		await runToRest(rig, first);
		first.close();
		const second = rig.openAnew();
		rig.feedAgain(second, FRIDAY_NIGHT);
		await runToRest(rig, second);
		expect(second.state()).toBe("booked");
		expect((await rig.standing()).map((voucher) => voucher.lines)).toEqual([FRIDAY_BOOKED]);
		expect(posts(rig)).toHaveLength(2);
	});

	it("does not take a voucher with other amounts under its reference for its own", async () => {
		const rig = await startRig();
		const first = rig.open();
		rig.feed(first, [sale("FOOD", 100)]);
		await runToRest(rig, first);
		first.close();
		const second = rig.openAnew();
		rig.feedAgain(second, [sale("FOOD", 200)]);
		await runToRest(rig, second);
		expect(second.state()).toBe("held");
		expect(second.reasons()).toEqual(["RELAY-3014 voucher 1"]);
		expect(second.alarms()).toEqual(["RELAY-3014 0001/1 Z 1042"]);
	});

	it("reverses a booked voucher and posts the Z again as the next revision, also when answers are lost", async () => {
		for (const fault of [null, "timeoutAfterAccepting", "timeoutBeforeAccepting", "status500"] as const) {
			const rig = await startRig();
			const first = rig.open();
			rig.feed(first, [sale("FOOD", 100)]);
			await runToRest(rig, first);
			first.close();
			if (fault !== null) rig.sandbox.addFault({ path: "/v2/Vouchers/Reverse/*", fault });
			const itemGroups = { FOOD: { account: 3002 } };
			const second = rig.open({ ...RESTAURANT, itemGroups });
			second.delivery.repost(KEY);
			await runToRest(rig, second);
			expect(second.delivery.summary().states).toEqual({ reversed: 1, booked: 1 });
			const references = posts(rig).map(({ requestBody }) => JSON.parse(requestBody ?? "").ExternalImportReference);
			expect(new Set(references).size).toBe(2);
			expect((await rig.standing()).map((voucher) => voucher.lines)).toEqual([
				{ "1910/0": "1.00", "3002/3": "-1.00", "2700/0": "-0.20" },
			]);
			second.close();
		}
	});

	it("leaves the voucher in the books when PowerOffice refuses to reverse it, and says so", async () => {
		const rig = await startRig();
		const life = rig.open();
		rig.feed(life, [sale("FOOD", 100)]);
		await runToRest(rig, life);
		rig.sandbox.setLockDate(CLIENT_KEY, "2025-03-31");
		life.delivery.repost(KEY);
		await runToRest(rig, life);
		expect(life.state()).toBe("booked");
		expect(life.reasons()[0]).toMatch(/^RELAY-3012 reversal: 400: .*locked period/);
		expect(life.alarms()).toEqual(["RELAY-3012 0001/1 Z 1042"]);
		expect(await rig.standing()).toHaveLength(1);
	});

	it("posts a Z anew that somebody reversed in Go, under the next revision only", async () => {
		const rig = await startRig();
		const life = rig.open();
		rig.feed(life, [sale("FOOD", 100)]);
		await runToRest(rig, life);
		await rig.reverseByHand();
		life.delivery.readAgain(KEY);
		await runToRest(rig, life);
		expect(life.reasons()).toEqual(["RELAY-3015 voucher 1"]);
		expect(() => life.delivery.release(KEY)).toThrow("RELAY-3019");
		life.delivery.repost(KEY);
		await runToRest(rig, life);
		expect(life.state()).toBe("booked");
		expect(life.alarms()).toEqual([]);
		expect(await rig.standing()).toHaveLength(1);
	});

	it("pays an invoice in the customer ledger, matched at once", async () => {
		const customMatchingReference = "POS-INV-200123";
		const openInvoices = [
			{
				customerNumber: 10000n,
				invoiceNo: "200123",
				amountMinor: 125_000n,
				voucherDate: "2025-03-01",
				dueDate: "2025-03-31",
				customMatchingReference,
			},
		];
		const rig = await startRig({ clients: [powerOfficeClient({ openInvoices })] });
		const life = rig.open();
		const invoice = { invoiceNo: "200123", customerNo: "10000", customMatchingReference };
		rig.feed(life, [
			{
				lines: [
					{ kind: "invoicePayment", group: null, vatCode: "0", gross: 125_000, invoice },
					{ group: "BEER", gross: 9000 },
				],
				tenders: [["visa", 134_000]],
			},
		]);
		await runToRest(rig, life);
		expect(life.state()).toBe("booked");
		expect(await rig.openItems()).toEqual([]);
		expect((await rig.standing()).at(-1)?.lines).toMatchObject({ "10000/0": "-1250.00", "1910/0": "1340.00" });
	});

	it("waits when a paid invoice's customer is not in Go", async () => {
		const rig = await startRig();
		const life = rig.open();
		const invoice = { invoiceNo: "1", customerNo: "19999", customMatchingReference: "X" };
		rig.feed(life, [
			{ lines: [{ kind: "invoicePayment", group: null, vatCode: "0", gross: 100, invoice }], tenders: [["visa", 100]] },
		]);
		await runToRest(rig, life, () => life.reasons().length > 0);
		expect(life.reasons()).toEqual(["RELAY-3010 customer 19999"]);
	});

	it("puts the store's department and location on every line", async () => {
		const rig = await startRig();
		const store = { ...RESTAURANT.stores["0001"], departmentCode: "2", locationCode: "OSL" };
		const life = rig.open({ ...RESTAURANT, stores: { ...RESTAURANT.stores, "0001": store } });
		rig.feed(life, [sale("BEER", 100)]);
		await runToRest(rig, life);
		expect(life.state()).toBe("booked");
		const lines: Record<string, number>[] = JSON.parse(posts(rig)[0]?.requestBody ?? "").VoucherLines;
		expect(lines.every((line) => line["DepartmentId"] !== undefined && line["LocationId"] !== undefined)).toBe(true);
	});

	it("books a week of many tills within ten calls a second, without a single 429", async () => {
		const rig = await startRig();
		const life = rig.open();
		for (let z = 1; z <= 7; z += 1) {
			for (const store of ["0001", "0002"]) rig.feed(life, [sale("FOOD", 100 * z)], { store, z });
		}
		await runToRest(rig, life);
		expect(life.delivery.summary().states).toEqual({ booked: 14 });
		expect(rig.sandbox.requests().filter(({ status }) => status === 429)).toEqual([]);
		expect(await rig.standing()).toHaveLength(14);
		// Waiting for a turn is not written down: waiting, ready, posting, posted, numbered, booked.
		expect(life.ledger.statement("SELECT max(version) AS steps FROM power_office_voucher").get()).toEqual({ steps: 6 });
	});
});
