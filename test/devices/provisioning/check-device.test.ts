import { describe, expect, it, vi } from "vitest";
import type { DeviceState } from "../../../src/devices/contract/devices.ts";
import { checkDevice } from "../../../src/devices/provisioning/check-device.ts";
import { verdictOf } from "../../../src/devices/provisioning/conformance-report.ts";
import type { DeviceBench, DrawerBench, Talk } from "../../../src/devices/provisioning/device-bench.ts";
import { displayTestRows } from "../../../src/devices/provisioning/display-test-rows.ts";
import { judgeSense } from "../../../src/devices/provisioning/judge-sense.ts";
import { printerProfile } from "../../drivers/support/profiles.ts";
import { ManualTimers, manualClock } from "../../support/manual-runtime.ts";

const ONLINE: DeviceState = { power: "online", conditions: [], detail: null };
const withConditions = (...conditions: DeviceState["conditions"]): DeviceState => ({ ...ONLINE, conditions });

/** A person who sees what they are told to see, and what they were asked. */
const person = (answers: (question: string) => boolean | null): { talk: Talk; questions: string[]; told: string[] } => {
	const questions: string[] = [];
	const told: string[] = [];
	return {
		questions,
		told,
		talk: {
			tell: (text) => told.push(text),
			confirm: (question) => {
				questions.push(question);
				return Promise.resolve(answers(question));
			},
		},
	};
};

const nobody = (): Talk => person(() => null).talk;

/** The checks, with time running by hand. */
const checked = async (bench: DeviceBench, talk: Talk = nobody()) => {
	const timers = new ManualTimers(manualClock());
	let done = false;
	const checking = checkDevice(bench, { talk, timers, scanTimeoutMs: 5_000 }).finally(() => {
		done = true;
	});
	await vi.waitFor(
		() => {
			timers.advance(100);
			if (!done) throw new Error("still checking");
		},
		{ timeout: 20_000, interval: 1 },
	);
	return (await checking).map(({ check, result, code }) => [check, result, code]);
};

const printer = (more: Partial<Extract<DeviceBench, { deviceClass: "POSPrinter" }>> = {}): DeviceBench => ({
	deviceClass: "POSPrinter",
	profile: printerProfile("epson-tm-t88v"),
	letters: [
		{ slot: 19, encoding: "cp858", letters: "æøå" },
		{ slot: 5, encoding: "cp865", letters: "æøå" },
	],
	state: () => Promise.resolve(ONLINE),
	print: () => Promise.resolve({ outcome: "confirmed", confirmation: "processId", detail: null }),
	...more,
});

/** A drawer whose switch says so before and after the pulse. */
const drawer = (before: DeviceState, after: DeviceState, more: Partial<DrawerBench> = {}): DeviceBench => {
	let state = before;
	return {
		deviceClass: "CashDrawer",
		senses: "meaning",
		state: () => Promise.resolve(state),
		pulse: () => {
			state = after;
			return Promise.resolve({ outcome: "sent", detail: null });
		},
		...more,
	};
};

describe("a device that is tried", () => {
	it("is not there: nothing else is tried", async () => {
		const state = (): Promise<DeviceState> =>
			Promise.resolve({ power: "offline", conditions: [], detail: "no such file" });
		expect(await checked(printer({ state }))).toEqual([["online", "failed", "TILL-0724"]]);
	});

	it("comes a moment later than it is asked for", async () => {
		let looks = 0;
		const state = (): Promise<DeviceState> => {
			looks += 1;
			return Promise.resolve(looks < 5 ? { power: "unknown", conditions: [], detail: null } : ONLINE);
		};
		expect((await checked(printer({ state })))[0]).toEqual(["online", "passed", null]);
	});

	it("is a printer: each thing that only eyes can tell is asked, and what is wrong has its code", async () => {
		const { talk, questions } = person((question) => !/cp858|QR/.test(question));
		expect(await checked(printer(), talk)).toEqual([
			["online", "passed", null],
			["conditions", "passed", null],
			["print", "passed", null],
			["paper", "passed", null],
			["letters", "failed", "TILL-0726"],
			["letters", "passed", null],
			["codes", "failed", "TILL-0727"],
			["cut", "passed", null],
		]);
		expect(questions).toHaveLength(5);
	});

	it("is a printer with nobody before it: what only eyes can tell is not known, and the verdict says so", async () => {
		const results = await checked(printer());
		expect(results.filter(([, result]) => result === "notKnown").map(([check]) => check)).toEqual([
			"paper",
			"letters",
			"letters",
			"codes",
			"cut",
		]);
	});

	it("is a printer that has no paper and prints nothing: no questions about the page", async () => {
		const { talk, questions, told } = person(() => true);
		const results = await checked(
			printer({
				state: () => Promise.resolve(withConditions("RecEmpty")),
				print: () => Promise.resolve({ outcome: "failed", confirmation: null, detail: "RecEmpty" }),
			}),
			talk,
		);
		expect(results.slice(1)).toEqual([
			["conditions", "failed", "TILL-0725"],
			["print", "failed", "TILL-0725"],
		]);
		expect(questions).toEqual([]);
		expect(told).toEqual(["The printer says RecEmpty. Put it right: the page waits for it."]);
	});

	it("is a printer whose roll is near its end, with the drawer open: that stops nothing", async () => {
		const state = (): Promise<DeviceState> => Promise.resolve(withConditions("RecNearEnd", "DrawerOpened"));
		expect((await checked(printer({ state })))[1]).toEqual(["conditions", "passed", null]);
	});

	it("is a drawer with a switch that tells the truth", async () => {
		const bench = drawer(withConditions("DrawerClosed"), withConditions("DrawerOpened"));
		expect(await checked(bench, person(() => true).talk)).toEqual([
			["online", "passed", null],
			["pulse", "passed", null],
			["opened", "passed", null],
			["sense", "passed", null],
		]);
	});

	it("is a drawer whose switch says the opposite", async () => {
		const bench = drawer(withConditions("DrawerOpened"), withConditions("DrawerClosed"));
		expect((await checked(bench, person(() => true).talk)).at(-1)).toEqual(["sense", "failed", "TILL-0730"]);
	});

	it("is a drawer that stays shut: a switch that says nothing is right then", async () => {
		const bench = drawer(withConditions("DrawerClosed"), withConditions("DrawerClosed"));
		expect((await checked(bench, person((question) => !question.includes("open")).talk)).slice(2)).toEqual([
			["opened", "failed", "TILL-0729"],
			["sense", "notKnown", null],
		]);
	});

	it("is a drawer to which no pulse went: nobody is asked whether it opened", async () => {
		const { talk, questions } = person(() => true);
		const bench = drawer(ONLINE, ONLINE, { pulse: () => Promise.resolve({ outcome: "expired", detail: "busy" }) });
		expect((await checked(bench, talk)).at(-1)).toEqual(["pulse", "failed", "TILL-0729"]);
		expect(questions).toHaveLength(1);
	});

	it("is a scanner that reads, or does not; what it read stands in no result", async () => {
		const scanner = (read: { symbology: string; data: string } | null): DeviceBench => ({
			deviceClass: "Scanner",
			state: () => Promise.resolve(ONLINE),
			scan: () => Promise.resolve(read),
		});
		expect((await checked(scanner(null))).at(-1)).toEqual(["scan", "failed", "TILL-0732"]);
		const results = await checked(scanner({ symbology: "EAN13", data: "7038010001659" }), person(() => false).talk);
		expect(results.at(-1)).toEqual(["read", "failed", "TILL-0733"]);
	});

	it("is a display", async () => {
		const display = (outcome: "written" | "failed"): DeviceBench => ({
			deviceClass: "LineDisplay",
			state: () => Promise.resolve(ONLINE),
			show: () => Promise.resolve({ outcome, rows: displayTestRows(2, 20) }),
		});
		expect((await checked(display("failed"))).at(-1)).toEqual(["show", "failed", "TILL-0731"]);
		expect((await checked(display("written"), person(() => true).talk)).at(-1)).toEqual(["read", "passed", null]);
	});
});

describe("what a drawer's switch is worth", () => {
	it.each([
		["unknown", "unknown", true, "notKnown", null],
		["closed", "open", null, "passed", null],
		["open", "closed", null, "failed", "TILL-0730"],
		["closed", "closed", true, "failed", "TILL-0734"],
		["closed", "closed", false, "notKnown", null],
		["open", "open", null, "notKnown", null],
	] as const)("%s before, %s after, seen to open: %s -> %s", (before, after, opened, result, code) => {
		expect(judgeSense({ before, after, opened, senses: "meaning" })).toMatchObject({ result, code });
	});

	it.each([
		["closed", "open", true, "passed", "--open-when high"],
		["open", "closed", null, "passed", "--open-when low"],
		["open", "closed", false, "notKnown", "though it did not open"],
		["open", "open", true, "notKnown", "no switch is read"],
	] as const)(
		"without a meaning for the level, %s then %s, seen to open: %s -> %s, %s",
		(before, after, opened, result, words) => {
			const verdict = judgeSense({ before, after, opened, senses: "level" });
			expect(verdict).toMatchObject({ result, code: null, detail: expect.stringContaining(words) });
		},
	);
});

describe("rows of a display test", () => {
	it("fill it to the edge", () => {
		expect(displayTestRows(2, 20)).toEqual(["TEST æøå ÆØÅ       |", "2 1.234,50         |"]);
		expect(displayTestRows(1, 10)).toEqual(["TEST æøå |"]);
	});
});

describe("the verdict", () => {
	it("is failed by one failure, and incomplete by what nobody saw", () => {
		const one = (result: "passed" | "failed" | "notKnown") =>
			({ check: "online", result, detail: "", answer: null, code: null }) as const;
		expect(verdictOf([one("passed")])).toBe("passed");
		expect(verdictOf([one("passed"), one("notKnown")])).toBe("incomplete");
		expect(verdictOf([one("notKnown"), one("failed")])).toBe("failed");
	});
});
