import { describe, expect, it } from "vitest";
import { StatusKeeper } from "../../../drivers/escpos/status-keeper.ts";
import { manualClock } from "../../support/manual-runtime.ts";
import { printerProfile } from "../support/profiles.ts";

const { status } = printerProfile("epson-tm-t88v");
const ASKED = { ...status, asb: false };

/** Answer to question 1 with the drawer's switch high; to question 2 the same bit is an open cover. */
const DRAWER_HIGH = Buffer.of(0x16);
const question = (bytes: Buffer | null): number | undefined => bytes?.[2];

describe("StatusKeeper", () => {
	it("does not take the late answer to one question for that to the next", () => {
		const clock = manualClock();
		const keeper = new StatusKeeper(ASKED, clock);
		expect(question(keeper.ask(true))).toBe(1);
		clock.advance(5_000);
		expect(question(keeper.ask(true))).toBe(1);
		clock.advance(3_000);
		expect(keeper.take(DRAWER_HIGH).next).toBeNull();
		clock.advance(2_000);
		expect(keeper.ask(true)).toHaveLength(0);
		clock.advance(3_000);
		expect(question(keeper.take(DRAWER_HIGH).next)).toBe(2);
		expect(keeper.status).toMatchObject({ connector: "high", coverOpen: false });
	});

	it("asks on behind an answer that was lost", () => {
		const clock = manualClock();
		const keeper = new StatusKeeper(ASKED, clock);
		keeper.ask(true);
		clock.advance(5_000);
		keeper.ask(true);
		keeper.take(DRAWER_HIGH);
		clock.advance(status.confirmTimeoutMs);
		expect(question(keeper.ask(true))).toBe(1);
		expect(question(keeper.take(DRAWER_HIGH).next)).toBe(2);
	});

	it("is silent only when a question waits", () => {
		const clock = manualClock();
		const keeper = new StatusKeeper(ASKED, clock);
		keeper.ask(true);
		clock.advance(5_000);
		keeper.ask(true);
		keeper.take(DRAWER_HIGH);
		keeper.ask(true);
		clock.advance(status.confirmTimeoutMs);
		expect(keeper.isSilent()).toBe(false);
		keeper.ask(true);
		clock.advance(status.confirmTimeoutMs);
		expect(keeper.isSilent()).toBe(true);
	});
});
