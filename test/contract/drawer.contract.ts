import { describe, expect, it, onTestFinished } from "vitest";
import { pulseDrawerDriver } from "../../drivers/pulse-drawer/pulse-drawer.ts";
import type { CashDrawer } from "../../src/devices/contract/devices.ts";
import type { MakePrinterBench, PrinterBench } from "../drivers/support/printer-bench.ts";
import { printerProfile } from "../drivers/support/profiles.ts";

const PROFILE = printerProfile("epson-tm-t88v");
const CONNECTOR = { pin: 5, onMs: 60, offMs: 300, openWhen: "high" } as const;

/** What every CashDrawer on a printer must do on every kind of port. Call it once for each. */
export const drawerContract = (name: string, make: MakePrinterBench): void => {
	const online = async (): Promise<PrinterBench & { drawer: CashDrawer; pulses(): readonly unknown[] }> => {
		const bench = await make(PROFILE);
		onTestFinished(() => bench.device.close());
		const drawer = pulseDrawerDriver.create(
			{ id: "drawer", host: bench.device, connector: CONNECTOR },
			bench.time.services,
		);
		bench.device.open();
		drawer.open();
		await bench.time.until(() => drawer.state().power === "online");
		return { ...bench, drawer, pulses: () => bench.acts.filter(({ act }) => act === "pulse") };
	};

	describe(`drawer contract: ${name}`, () => {
		it("sends one pulse with the pin and times of the profile", async () => {
			const { drawer, pulses, time } = await online();
			expect(await drawer.openDrawer(2_000)).toEqual({ outcome: "sent", detail: null });
			await time.until(() => pulses().length === 1);
			expect(pulses()).toEqual([{ act: "pulse", pin: 5, onMs: 60, offMs: 300 }]);
		});

		it("never sends a pulse that expired while the printer was away", async () => {
			const { drawer, device, pulses, time, unplug, plug } = await online();
			await unplug();
			await time.pass(() => drawer.state().power === "offline");
			const stale = drawer.openDrawer(2_000);
			time.timers.advance(2_000);
			expect((await stale).outcome).toBe("expired");
			await plug();
			await time.pass(() => drawer.state().power === "online");
			await device.print({ jobId: "1", elements: [{ kind: "text", text: "after" }], deadlineMs: 10_000 });
			expect(pulses()).toEqual([]);
		});

		it("sends a pulse that waited for the printer and is still in time", async () => {
			const { drawer, pulses, time, unplug, plug } = await online();
			await unplug();
			await time.pass(() => drawer.state().power === "offline");
			const waiting = drawer.openDrawer(3_600_000);
			await plug();
			expect((await time.settled(waiting)).outcome).toBe("sent");
			await time.until(() => pulses().length === 1);
		});

		it("holds a pulse back from a printer that would carry it out later", async () => {
			const { drawer, device, printer, pulses, time } = await online();
			printer.set({ recEmpty: true });
			await time.until(() => device.state().conditions.includes("RecEmpty"));
			const held = drawer.openDrawer(2_000);
			time.timers.advance(2_000);
			expect(await held).toEqual({ outcome: "expired", detail: "RecEmpty" });
			printer.set({ recEmpty: false });
			await device.print({ jobId: "1", elements: [{ kind: "text", text: "after" }], deadlineMs: 10_000 });
			expect(pulses()).toEqual([]);
		});

		it("does not wait for the printer's word on a receipt", async () => {
			const { drawer, device, printer, pulses, lines, time } = await online();
			printer.silent = true;
			void device.print({ jobId: "1", elements: [{ kind: "text", text: "receipt" }], deadlineMs: 10_000 });
			await time.until(() => lines().length === 1);
			expect((await drawer.openDrawer(2_000)).outcome).toBe("sent");
			await time.until(() => pulses().length === 1);
		});

		it("tells whether it is open by its switch", async () => {
			const { drawer, printer, time } = await online();
			printer.set({ drawerOpen: true });
			await time.until(() => drawer.state().conditions.includes("DrawerOpened"));
			printer.set({ drawerOpen: false });
			await time.until(() => drawer.state().conditions.length === 0);
			expect(time.states.filter(({ id }) => id === "drawer").map(({ state }) => state.conditions)).toEqual([
				[],
				["DrawerOpened"],
				[],
			]);
		});

		it("fails when the till ends", async () => {
			const { drawer, device } = await online();
			await device.close();
			expect((await drawer.openDrawer(2_000)).outcome).toBe("failed");
		});
	});
};
