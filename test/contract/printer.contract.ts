import { describe, expect, it, onTestFinished } from "vitest";
import { encodeJob } from "../../drivers/escpos/encode-job.ts";
import type { EscposPrinter } from "../../drivers/escpos/escpos-printer.ts";
import { type PrinterFault, SLOW_MS } from "../../drivers/virtual/emulated-printer.ts";
import type { DeviceCondition, PrintElement, PrintJob } from "../../src/devices/contract/devices.ts";
import type { PrinterProfile } from "../../src/devices/contract/profile.ts";
import type { BenchTime } from "../drivers/support/bench-time.ts";
import type { MakePrinterBench, PrinterBench } from "../drivers/support/printer-bench.ts";
import { printerProfile } from "../drivers/support/profiles.ts";

const PROFILE = printerProfile("epson-tm-t88v");
const CONFIRM_MS = PROFILE.status.confirmTimeoutMs;

const withLevel = (confirmation: PrinterProfile["status"]["confirmation"]): PrinterProfile => ({
	...PROFILE,
	status: { ...PROFILE.status, confirmation },
});

const job = (...texts: string[]): PrintJob => ({
	jobId: texts.join(),
	elements: [...texts.map((text): PrintElement => ({ kind: "text", text })), { kind: "cut" }],
	deadlineMs: 10_000,
});

/** A receipt that every fault happens to. */
const FIRST = job("FIRST 1", "FIRST 2", "FIRST 3");

/** Its bytes, with the eleven of the process id behind it. */
const FIRST_BYTES = encodeJob(FIRST.elements, PROFILE).length + 11;

const PLACES = { start: 1, middle: Math.floor(FIRST_BYTES / 2), end: FIRST_BYTES - 1 } as const;

/** What a technician reads of a receipt that nobody can vouch for. */
const UNKNOWN: Readonly<Partial<Record<PrinterFault, RegExp>>> = {
	paperOut: /no answer within 15000 ms, RecEmpty/,
	coverOpen: /no answer within 15000 ms, CoverOpen/,
	cutterError: /no answer within 15000 ms, CutterError/,
	headHot: /no answer within 15000 ms, HeadHot/,
	powerOff: /./,
	unplug: /./,
	silence: /no answer within 15000 ms/,
	garbage: /no answer within 15000 ms/,
};

const CONDITION: Readonly<Partial<Record<PrinterFault, DeviceCondition>>> = {
	paperOut: "RecEmpty",
	coverOpen: "CoverOpen",
	cutterError: "CutterError",
	headHot: "HeadHot",
};

/** Whether the printer has told of its fault, as far as it does. */
const toldOf = (device: EscposPrinter, fault: PrinterFault): boolean => {
	const condition = CONDITION[fault];
	return condition === undefined || device.state().conditions.includes(condition);
};

/** Whether bytes are on their way out: time must not go on under them, or they count as stalled. */
const isWriting = (time: BenchTime): boolean => time.timers.names().some((name) => name.endsWith(" write"));

/** Whether the line is known to be gone. */
const isDown = (time: BenchTime): boolean => time.timers.names().some((name) => name.endsWith(" reconnect"));

const EVERY_FAULT = (Object.keys(UNKNOWN) as PrinterFault[]).flatMap((fault) =>
	(Object.keys(PLACES) as (keyof typeof PLACES)[]).map((place) => [fault, place] as const),
);

/** What every POSPrinter of ESC/POS must do on every kind of port. Call it once for each. */
export const printerContract = (name: string, make: MakePrinterBench): void => {
	const online = async (profile = PROFILE): Promise<PrinterBench> => {
		const bench = await make(profile);
		onTestFinished(() => bench.device.close());
		bench.device.open();
		await bench.time.until(() => bench.device.state().power === "online");
		return bench;
	};

	describe(`printer contract: ${name}`, () => {
		it.each(["processId", "gsr"] as const)("prints a job and says that it was confirmed by %s", async (level) => {
			const { device, lines, violations, acts } = await online(withLevel(level));
			const outcome = await device.print(job("SPARKJØP", "Blåbærsyltetøy à 24,90 €"));
			expect(outcome).toEqual({ outcome: "confirmed", confirmation: level, detail: null });
			expect(lines()).toEqual(["SPARKJØP", "Blåbærsyltetøy à 24,90 €"]);
			expect(acts.filter(({ act }) => act === "cut")).toHaveLength(1);
			expect(violations()).toEqual([]);
		});

		it("claims no more than written where the printer gives no word", async () => {
			const { device, lines, time } = await online(withLevel("written"));
			const outcome = await device.print(job("A"));
			expect(outcome).toEqual({ outcome: "written", confirmation: "written", detail: null });
			await time.until(() => lines().length === 1);
		});

		it("prints jobs one after the other, each whole and in order", async () => {
			const { device, lines } = await online();
			const outcomes = await Promise.all([
				device.print(job("A1", "A2")),
				device.print(job("B")),
				device.print(job("C")),
			]);
			expect(outcomes.map(({ outcome }) => outcome)).toEqual(["confirmed", "confirmed", "confirmed"]);
			expect(lines()).toEqual(["A1", "A2", "B", "C"]);
		});

		it("fails a job at its deadline while the printer is missing, and never prints it later", async () => {
			const { device, time, unplug, plug, lines } = await online();
			await unplug();
			await time.pass(() => device.state().power === "offline");
			const late = device.print(job("LATE"));
			time.timers.advance(10_000);
			expect(await late).toMatchObject({ outcome: "failed", confirmation: null });
			await plug();
			await time.pass(() => device.state().power === "online");
			expect((await device.print(job("NOW"))).outcome).toBe("confirmed");
			expect(lines()).toEqual(["NOW"]);
		});

		it("prints a job that waited for the printer, once it is back in time", async () => {
			const { device, time, unplug, plug, lines } = await online();
			await unplug();
			await time.pass(() => device.state().power === "offline");
			const waiting = device.print({ ...job("WAITED"), deadlineMs: 3_600_000 });
			await plug();
			expect((await time.settled(waiting)).outcome).toBe("confirmed");
			expect(lines()).toEqual(["WAITED"]);
		});

		it("does not know what became of a job that a silent printer took, and does not repeat it", async () => {
			const { device, time, printer, lines } = await online();
			printer.silent = true;
			const unknown = device.print(job("ONCE"));
			await time.until(() => lines().length === 1);
			await time.until(() => time.timers.names().includes("printer confirmation"));
			time.timers.advance(CONFIRM_MS);
			expect(await unknown).toMatchObject({ outcome: "unknown", confirmation: "written" });
			printer.silent = false;
			await time.pass(() => device.state().power === "online");
			expect((await time.settled(device.print(job("NEXT")))).outcome).toBe("confirmed");
			expect(lines()).toEqual(["ONCE", "NEXT"]);
		});

		it("begins nothing on a printer that has stopped answering, so that nothing is lost or comes out late", async () => {
			const { device, time, printer, lines } = await online();
			printer.silent = true;
			const unknown = device.print(job("TAKEN"));
			const held = device.print({ ...job("HELD"), deadlineMs: 60_000 });
			expect((await time.settled(unknown)).outcome).toBe("unknown");
			await time.pass(() => device.state().power === "offline");
			expect(lines()).toEqual(["TAKEN"]);
			printer.silent = false;
			expect((await time.settled(held)).outcome).toBe("confirmed");
			expect(lines()).toEqual(["TAKEN", "HELD"]);
		});

		it("reports a printer that has fallen silent as offline, and as online when it speaks again", async () => {
			const { device, time, printer } = await online();
			printer.silent = true;
			await time.pass(() => device.state().power === "offline");
			expect(device.state().detail).not.toBeNull();
			printer.silent = false;
			await time.pass(() => device.state().power === "online");
			expect(device.state().detail).toBeNull();
		});

		it("does not know what became of a job when the line broke before the printer's word", async () => {
			const { device, time, printer, lines, unplug, plug } = await online();
			printer.silent = true;
			const lost = device.print(job("LOST"));
			await time.until(() => lines().length === 1);
			await unplug();
			expect((await time.settled(lost)).outcome).toBe("unknown");
			printer.silent = false;
			await plug();
			await time.pass(() => device.state().power === "online");
			expect((await device.print(job("NEXT"))).outcome).toBe("confirmed");
			expect(lines()).toEqual(["LOST", "NEXT"]);
		});

		it("holds jobs back while there is no paper, so that none comes out after its deadline", async () => {
			const { device, time, printer, lines } = await online();
			printer.set({ recEmpty: true });
			await time.until(() => device.state().conditions.includes("RecEmpty"));
			const tooLate = device.print(job("TOO LATE"));
			const inTime = device.print({ ...job("IN TIME"), deadlineMs: 60_000 });
			time.timers.advance(10_000);
			expect(await tooLate).toMatchObject({ outcome: "failed", confirmation: null });
			printer.set({ recEmpty: false });
			expect((await inTime).outcome).toBe("confirmed");
			expect(lines()).toEqual(["IN TIME"]);
			expect(device.state()).toEqual({ power: "online", conditions: [], detail: null });
		});

		it("reports open cover and paper near end in UnifiedPOS words", async () => {
			const { device, time, printer } = await online();
			printer.set({ coverOpen: true, recNearEnd: true });
			await time.until(() => device.state().conditions.length === 2);
			expect(device.state().conditions).toEqual(["CoverOpen", "RecNearEnd"]);
		});

		it("learns the conditions by asking, where the printer does not tell by itself", async () => {
			const asked = { ...PROFILE, status: { ...PROFILE.status, asb: false } };
			const { device, time, printer } = await online(asked);
			printer.set({ coverOpen: true });
			await time.pass(() => device.state().conditions.includes("CoverOpen"));
			printer.set({ coverOpen: false });
			await time.pass(() => device.state().conditions.length === 0);
		});

		it("says how it is after each break, once for each change", async () => {
			const { device, time, unplug, plug } = await online();
			await unplug();
			await time.pass(() => device.state().power === "offline");
			await plug();
			await time.pass(() => device.state().power === "online");
			const powers = time.states.map(({ state }) => state.power);
			expect(powers.filter((power, at) => power !== powers[at - 1])).toEqual(["online", "offline", "online"]);
		});

		it.each(EVERY_FAULT)(
			"does not know of a receipt after %s at its %s, and prints the next one whole",
			async (fault, place) => {
				const { device, time, printer, lines, isCut, restore } = await online();
				printer.failAt(PLACES[place], fault);
				let ended = false;
				const first = device.print(FIRST).finally(() => {
					ended = true;
				});
				await time.until(() => !printer.isFaultDue);
				// All is out, and what the printer says of itself has come, so that it can be told.
				const waits = (): boolean => time.timers.names().includes("printer confirmation") && !isWriting(time);
				await time.until(() => ended || (waits() && toldOf(device, fault)));
				time.timers.advance(CONFIRM_MS);
				const outcome = await first;
				expect(outcome.outcome).toBe("unknown");
				expect(outcome.detail).toMatch(UNKNOWN[fault] ?? /never/);
				expect(device.jobs().at(-1)).toEqual({
					jobId: FIRST.jobId,
					state: "unknown",
					confirmation: outcome.confirmation,
					detail: outcome.detail,
				});
				if (isCut()) await time.pass(() => isDown(time));
				await restore();
				await time.pass(() => device.state().power === "online" && device.state().conditions.length === 0);
				const next = await time.settled(device.print({ ...job("NEXT 1", "NEXT 2"), deadlineMs: 60_000 }));
				expect(next).toEqual({ outcome: "confirmed", confirmation: "processId", detail: null });
				expect(lines().slice(-2)).toEqual(["NEXT 1", "NEXT 2"]);
				expect(lines().filter((line) => line === "FIRST 1").length).toBeLessThanOrEqual(1);
				expect(lines().filter((line) => line === "FIRST 3").length).toBeLessThanOrEqual(1);
			},
		);

		it.each(["start", "middle", "end"] as const)(
			"confirms a receipt whose paper ended at its %s and was filled up in time: the printer goes on by itself",
			async (place) => {
				const { device, time, printer, lines, violations } = await online();
				printer.failAt(PLACES[place], "paperOut");
				const first = device.print(FIRST);
				await time.until(() => device.state().conditions.includes("RecEmpty"));
				await time.until(() => time.timers.names().includes("printer confirmation"));
				time.timers.advance(CONFIRM_MS - 1);
				expect(device.jobs().at(-1)?.state).toBe("sent");
				printer.set({ recEmpty: false });
				expect(await first).toEqual({ outcome: "confirmed", confirmation: "processId", detail: null });
				expect(lines()).toEqual(["FIRST 1", "FIRST 2", "FIRST 3"]);
				expect(violations()).toEqual([]);
			},
		);

		it.each(["start", "middle", "end"] as const)("waits 8 s for a slow printer from the %s on", async (place) => {
			const { device, time, printer, lines } = await online();
			printer.failAt(PLACES[place], "slow");
			const first = device.print(FIRST);
			await time.until(() => time.timers.names().includes("printer confirmation"));
			await time.until(() => time.timers.names().includes("emulated printer"));
			time.timers.advance(SLOW_MS);
			expect((await first).outcome).toBe("confirmed");
			expect(lines()).toEqual(["FIRST 1", "FIRST 2", "FIRST 3"]);
		});

		it("understands a printer whose answers have flow control in them", async () => {
			const { device, printer, time } = await online();
			printer.manner = "xonXoff";
			expect((await device.print(FIRST)).outcome).toBe("confirmed");
			printer.set({ coverOpen: true });
			await time.until(() => device.state().conditions.includes("CoverOpen"));
		});

		it("leaves a receipt in doubt whose word came too late, says so, and cuts off nothing before the next", async () => {
			const { device, printer, time, lines, acts } = await online();
			printer.failAt(PLACES.middle, "paperOut");
			const first = device.print(FIRST);
			await time.until(() => device.state().conditions.includes("RecEmpty") && !isWriting(time));
			await time.until(() => time.timers.names().includes("printer confirmation"));
			time.timers.advance(CONFIRM_MS);
			expect((await first).outcome).toBe("unknown");
			printer.set({ recEmpty: false });
			await time.until(() => device.jobs().at(-1)?.detail?.endsWith("but said later that it is printed") === true);
			expect(device.jobs().at(-1)?.state).toBe("unknown");
			expect((await time.settled(device.print({ ...job("NEXT"), deadlineMs: 60_000 }))).outcome).toBe("confirmed");
			expect(lines()).toEqual(["FIRST 1", "FIRST 2", "FIRST 3", "NEXT"]);
			expect(acts.filter(({ act }) => act === "cut")).toHaveLength(2);
		});

		it("knows at once that a receipt is in doubt when the printer says that it was switched on", async () => {
			const { device, printer, time, lines } = await online();
			printer.powerOnNotice = true;
			printer.unplugged = () => undefined; // a serial line, or a network adapter that stays on
			printer.failAt(PLACES.end, "powerOff");
			const first = device.print(FIRST);
			await time.until(() => !printer.isFaultDue && time.timers.names().includes("printer confirmation"));
			printer.powerOn();
			expect(await first).toMatchObject({ outcome: "unknown", detail: "the printer was switched off and on" });
			expect((await device.print(job("NEXT"))).outcome).toBe("confirmed");
			expect(lines().at(-1)).toBe("NEXT");
			printer.set({ coverOpen: true });
			await time.until(() => device.state().conditions.includes("CoverOpen"));
		});

		it("is told of the paper again after a power cut that it did not notice", async () => {
			const { device, printer, time, acts } = await online();
			const asked = (): number => acts.filter(({ act }) => act === "automaticStatus").length;
			const before = asked();
			printer.unplugged = () => undefined;
			printer.powerOff();
			printer.powerOn();
			await time.pass(() => asked() > before);
			printer.set({ recNearEnd: true });
			await time.until(() => device.state().conditions.includes("RecNearEnd"));
		});

		it("tells where each job is, from the queue to the printer's word", async () => {
			const { device, time, printer, acts } = await online();
			printer.silent = true;
			const [begun, waiting] = [device.print(job("BEGUN")), device.print({ ...job("WAITING"), deadlineMs: 60_000 })];
			await time.until(() => acts.some(({ act }) => act === "processId"));
			await time.until(() => time.timers.names().includes("printer confirmation"));
			expect(device.jobs().map(({ jobId, state }) => `${jobId} ${state}`)).toEqual(["BEGUN sent", "WAITING queued"]);
			time.timers.advance(CONFIRM_MS);
			await begun;
			printer.silent = false;
			expect((await time.settled(waiting)).outcome).toBe("confirmed");
			expect(time.jobs.map(({ jobId, state }) => `${jobId} ${state}`)).toEqual([
				"BEGUN queued",
				"BEGUN sent",
				"WAITING queued",
				"BEGUN unknown",
				"WAITING sent",
				"WAITING confirmed",
			]);
			expect(time.jobs.at(-1)).toMatchObject({ confirmation: "processId", detail: null });
		});

		it("answers every job when it is closed", async () => {
			const { device, printer, time, lines } = await online();
			printer.silent = true;
			const begun = device.print(job("BEGUN"));
			const waiting = device.print(job("WAITING"));
			await time.until(() => lines().length === 1);
			await device.close();
			expect((await begun).outcome).toBe("unknown");
			expect((await waiting).outcome).toBe("failed");
			expect((await device.print(job("AFTER"))).outcome).toBe("failed");
			expect(time.timers.names()).toEqual([]);
		});
	});
};
