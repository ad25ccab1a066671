import { describe, expect, it, onTestFinished } from "vitest";
import { SETTLE_MS } from "../../drivers/pulse-drawer/drawer-switch.ts";
import { pulseDrawerDriver } from "../../drivers/pulse-drawer/pulse-drawer.ts";
import type { CashDrawer } from "../../src/devices/contract/devices.ts";
import type { DrawerOptions } from "../../src/devices/contract/driver.ts";
import type { BenchTime } from "../drivers/support/bench-time.ts";
import type { MakePrinterBench, PrinterBench } from "../drivers/support/printer-bench.ts";
import { printerProfile } from "../drivers/support/profiles.ts";

/** What the drawer said of itself, in order. */
const toldOf = ({ states }: BenchTime) =>
	states.filter(({ id, state }) => id === "drawer" && state.power === "online").map(({ state }) => state.conditions);

const PROFILE = printerProfile("epson-tm-t88v");
const CONNECTOR = { pin: 5, onMs: 60, offMs: 300 } as const;

/** What every CashDrawer on a printer must do on every kind of port. Call it once for each. */
export const drawerContract = (name: string, make: MakePrinterBench): void => {
	const online = async (
		openWhen: DrawerOptions["openWhen"] = "high",
	): Promise<PrinterBench & { drawer: CashDrawer; pulses(): readonly unknown[] }> => {
		const bench = await make(PROFILE);
		onTestFinished(() => bench.device.close());
		const drawer = pulseDrawerDriver.create(
			{ id: "drawer", host: bench.device, connector: CONNECTOR, openWhen },
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

		it.each(["high", "low"] as const)("tells whether it is open by its switch, open when %s", async (openWhen) => {
			const { drawer, printer, time } = await online(openWhen);
			const [atFirst, then] =
				openWhen === "high" ? (["DrawerClosed", "DrawerOpened"] as const) : (["DrawerOpened", "DrawerClosed"] as const);
			await time.pass(() => drawer.state().conditions.includes(atFirst));
			printer.set({ drawerOpen: true });
			await time.pass(() => drawer.state().conditions.includes(then));
			printer.set({ drawerOpen: false });
			await time.pass(() => drawer.state().conditions.includes(atFirst));
			expect(toldOf(time)).toEqual([[], [atFirst], [then], [atFirst]]);
		});

		it("says nothing of a switch that nobody told it how to read, such as that of a drawer without one", async () => {
			const { drawer, device, printer, time } = await online(undefined);
			printer.set({ drawerOpen: true, recNearEnd: true });
			await time.until(() => device.state().conditions.includes("RecNearEnd"));
			time.timers.advance(60_000);
			expect(drawer.state().conditions).toEqual([]);
		});

		it("does not know whether it is open while its printer is away, and takes what it finds afterwards", async () => {
			const { drawer, printer, time, unplug, plug } = await online();
			await time.pass(() => drawer.state().conditions.includes("DrawerClosed"));
			await unplug();
			await time.pass(() => drawer.state().power === "offline");
			expect(drawer.state().conditions).toEqual([]);
			printer.set({ drawerOpen: true });
			await plug();
			await time.pass(() => drawer.state().conditions.includes("DrawerOpened"));
		});

		it("does not know whether it is open while its printer is silent", async () => {
			const { drawer, printer, time } = await online();
			await time.pass(() => drawer.state().conditions.includes("DrawerClosed"));
			printer.silent = true;
			await time.pass(() => drawer.state().power === "offline");
			expect(drawer.state().conditions).toEqual([]);
		});

		it("is not taken in by a contact that bounces", async () => {
			const { drawer, device, printer, time } = await online();
			await time.pass(() => drawer.state().conditions.includes("DrawerClosed"));
			printer.set({ drawerOpen: true });
			printer.set({ drawerOpen: false, recNearEnd: true });
			await time.until(() => device.state().conditions.includes("RecNearEnd"));
			time.timers.advance(SETTLE_MS);
			expect(toldOf(time)).toEqual([[], ["DrawerClosed"]]);
		});

		it("is pulsed though it is known to be open: its switch may be wrong, and a sale waits for its change", async () => {
			const { drawer, printer, pulses, time } = await online();
			printer.set({ drawerOpen: true });
			await time.pass(() => drawer.state().conditions.includes("DrawerOpened"));
			expect((await drawer.openDrawer(2_000)).outcome).toBe("sent");
			await time.until(() => pulses().length === 1);
		});

		it("shares its printer with another drawer: each pulse goes to its own pin", async () => {
			const { device, drawer, pulses, time } = await online();
			const other = pulseDrawerDriver.create(
				{ id: "drawer-2", host: device, connector: { pin: 2, onMs: 100, offMs: 500 }, openWhen: undefined },
				time.services,
			);
			other.open();
			expect((await other.openDrawer(2_000)).outcome).toBe("sent");
			const second = drawer.openDrawer(2_000);
			await time.until(() => pulses().length === 1);
			// Never both solenoids at once: the second waits until the first is off.
			expect(time.timers.dueInMs("printer solenoid")).toBe(100);
			time.timers.advance(100);
			expect((await second).outcome).toBe("sent");
			await time.until(() => pulses().length === 2);
			expect(pulses()).toEqual([
				{ act: "pulse", pin: 2, onMs: 100, offMs: 500 },
				{ act: "pulse", pin: 5, onMs: 60, offMs: 300 },
			]);
		});

		it("rests between two pulses as long as its solenoid needs, and drops a second one that would come late", async () => {
			const { drawer, pulses, time } = await online();
			expect((await drawer.openDrawer(2_000)).outcome).toBe("sent");
			const [late, inTime] = [drawer.openDrawer(300), drawer.openDrawer(2_000)];
			time.timers.advance(359);
			expect((await late).outcome).toBe("expired");
			await time.until(() => pulses().length === 1);
			time.timers.advance(1);
			expect((await inTime).outcome).toBe("sent");
			await time.until(() => pulses().length === 2);
		});

		it("says that its printer takes no pulse now, and why", async () => {
			const { drawer, printer, time } = await online(undefined);
			printer.set({ coverOpen: true });
			await time.until(() => drawer.state().conditions.length > 0);
			expect(drawer.state()).toEqual({ power: "online", conditions: ["Error"], detail: "its printer: CoverOpen" });
			printer.set({ coverOpen: false });
			await time.until(() => drawer.state().conditions.length === 0);
		});

		it("fails when the till ends", async () => {
			const { drawer, device } = await online();
			await device.close();
			expect((await drawer.openDrawer(2_000)).outcome).toBe("failed");
		});
	});
};
