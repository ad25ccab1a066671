import { describe, expect, it, onTestFinished } from "vitest";
import type { PrintElement, PrintJob } from "../../src/devices/contract/devices.ts";
import type { PrinterProfile } from "../../src/devices/contract/profile.ts";
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
