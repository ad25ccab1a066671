import { describe, expect, it } from "vitest";
import type { HttpExchange } from "../../../src/relay/power-office/http-exchange.ts";
import { FAULT_KINDS, type FaultKind } from "../../../src/sandbox/power-office/faults.ts";
import type { PowerOfficeSwitches } from "../../../src/sandbox/power-office/switches.ts";
import { type Rig, runToRest, startRig } from "./support/rig.ts";
import type { TicketSpec } from "./support/tickets.ts";

const DAY: readonly TicketSpec[] = [
	{
		lines: [{ group: "FOOD", gross: 9995 }],
		tenders: [
			["mc", 50_000],
			["cash", -40_000, "change"],
		],
		rounding: -5,
	},
];
const BOOKED = { "1901/0": "-400.00", "1902/0": "500.00", "3000/3": "-99.95", "7740/0": "-0.05", "2700/0": "-19.99" };

/** What the reference leaves open about a repetition: how it is refused, and how late a voucher shows. */
const POSITIONS: readonly Partial<PowerOfficeSwitches>[] = [
	{ duplicateStatus: 400 },
	{ duplicateStatus: 409, readLag: { requests: 3 } },
	{ duplicateStatus: 400, readLag: { ms: 20_000, vouchersById: true }, voucherNoInPost: "missing" },
];

/** Strikes the request of this number, whatever it is. */
const strike =
	(rig: Rig, faults: ReadonlyMap<number, FaultKind>, counter: { requests: number }) =>
	(exchange: HttpExchange): HttpExchange =>
	async (request) => {
		counter.requests += 1;
		const fault = faults.get(counter.requests);
		if (fault !== undefined) {
			rig.sandbox.addFault({ method: request.method, path: new URL(request.url).pathname, fault });
		}
		return await exchange(request);
	};

/** Requests of a day without a fault: token, accounts, VAT codes, voucher, its number, its transactions. */
const REQUESTS = 6;

const expectBookedOnce = async (rig: Rig, context: string): Promise<void> => {
	const vouchers = await rig.standing();
	expect(
		vouchers.map((voucher) => voucher.lines),
		context,
	).toEqual([BOOKED]);
};

describe("the PowerOffice delivery under faults", () => {
	for (const position of POSITIONS) {
		it(`books exactly once with a fault at each request, ${JSON.stringify(position)}`, async () => {
			for (let at = 1; at <= REQUESTS; at += 1) {
				for (const fault of FAULT_KINDS) {
					const context = `${fault} at request ${at}`;
					const rig = await startRig({ switches: position });
					const counter = { requests: 0 };
					const life = rig.open(undefined, strike(rig, new Map([[at, fault]]), counter));
					rig.feed(life, DAY);
					await runToRest(rig, life);
					expect(life.state(), context).toBe("booked");
					expect(life.alarms(), context).toEqual([]);
					expect(
						rig.sandbox.requests().filter((request) => request.fault === fault),
						context,
					).toHaveLength(1);
					await expectBookedOnce(rig, context);
					life.close();
					await rig.sandbox.close();
				}
			}
		});
	}

	it("books exactly once when the recovery from a lost answer is struck as well", async () => {
		// Request 4 is the POST; 5 and 6 are the look and the repetition, or what follows them.
		for (const first of ["timeoutAfterAccepting", "timeoutBeforeAccepting", "malformedAnswer", "status500"] as const) {
			for (const at of [5, 6, 7]) {
				for (const second of FAULT_KINDS) {
					const context = `${first} at the POST, ${second} at request ${at}`;
					const rig = await startRig({ switches: { readLag: { requests: 1 } } });
					const faults = new Map<number, FaultKind>([
						[4, first],
						[at, second],
					]);
					const life = rig.open(undefined, strike(rig, faults, { requests: 0 }));
					rig.feed(life, DAY);
					await runToRest(rig, life);
					expect(life.state(), context).toBe("booked");
					await expectBookedOnce(rig, context);
					life.close();
					await rig.sandbox.close();
				}
			}
		}
	});

	it("books exactly once when the relay dies before or after any request", async () => {
		for (let at = 1; at <= REQUESTS; at += 1) {
			for (const when of ["before", "after"] as const) {
				const context = `died ${when} request ${at}`;
				const rig = await startRig({ switches: { readLag: { requests: 2 } } });
				let requests = 0;
				let isDead = false;
				const never = new Promise<never>(() => {});
				const dying =
					(exchange: HttpExchange): HttpExchange =>
					async (request) => {
						requests += 1;
						if (requests < at) return await exchange(request);
						if (when === "after") await exchange(request);
						isDead = true;
						return await never;
					};
				const first = rig.open(undefined, dying);
				rig.feed(first, DAY);
				const died = runToRest(rig, first, () => isDead);
				while (!isDead) await new Promise((resolve) => setImmediate(resolve));
				first.close();
				const second = rig.open();
				await runToRest(rig, second);
				expect(second.state(), context).toBe("booked");
				await expectBookedOnce(rig, context);
				second.close();
				await rig.sandbox.close();
				void died;
			}
		}
	});

	it("books exactly once with a new process after every step", async () => {
		const rig = await startRig({ switches: { readLag: { requests: 2 } } });
		rig.sandbox.addFault({ path: "/v2/Vouchers/CashJournals", fault: "timeoutAfterAccepting" });
		let life = rig.open();
		rig.feed(life, DAY);
		const states = [life.state()];
		for (let step = 0; step < 60 && life.state() !== "booked"; step += 1) {
			await life.delivery.step();
			life.close();
			rig.clock.advance(60_000);
			life = rig.open();
			if (states.at(-1) !== life.state()) states.push(life.state());
		}
		expect(states).toEqual(["unknown", "ready", "looking", "ready", "looking", "posted", "numbered", "booked"]);
		await expectBookedOnce(rig, "a process a step");
	});
});
