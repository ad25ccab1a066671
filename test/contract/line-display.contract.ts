import { describe, expect, it } from "vitest";
import { DISPLAY_PROTOCOLS } from "../../drivers/line-display/driver.ts";
import type { DeviceBrightness } from "../../src/devices/contract/driver.ts";
import type { DisplayProfile } from "../../src/devices/contract/profile.ts";
import type { DisplayBench, MakeDisplayBench } from "../drivers/support/display-bench.ts";

/** What every LineDisplay must do, in every language, on every kind of port. Call it once for each. */
export const lineDisplayContract = (name: string, make: MakeDisplayBench, profile: DisplayProfile): void => {
	const online = async (brightness?: DeviceBrightness): Promise<DisplayBench> => {
		const bench = await make(profile, brightness);
		bench.device.open();
		await bench.time.until(() => bench.device.state().power === "online");
		return bench;
	};
	const row = (text: string): string => text.padEnd(profile.deviceColumns).slice(0, profile.deviceColumns);
	/** Waits until it shows this and nothing else. */
	const shows = async ({ display, time }: DisplayBench, rows: readonly string[]): Promise<void> => {
		const wanted = Array.from({ length: profile.deviceRows }, (_, at) => row(rows[at] ?? ""));
		await time.until(() => display.rows.join() === wanted.join());
	};
	/** Bytes of one text. */
	const byteCount = (rows: readonly string[]): number =>
		DISPLAY_PROTOCOLS[profile.driver].show(rows, profile).reduce((sum, { bytes }) => sum + bytes.length, 0);

	describe(`line display contract: ${name}`, () => {
		it("shows text in its rows and nothing else", async () => {
			const bench = await online();
			expect(await bench.device.displayText(["Melk 1 l", "24,90"])).toBe("written");
			await shows(bench, ["Melk 1 l", "24,90"]);
			expect(bench.display.violations).toEqual([]);
		});

		it("fills both rows to the last cell without scrolling, again and again", async () => {
			const bench = await online();
			for (const letter of ["A", "B", "C"]) {
				const full = [letter.repeat(profile.deviceColumns), `${letter.toLowerCase()}`.repeat(profile.deviceColumns)];
				await bench.device.displayText(full);
				await shows(bench, full);
			}
			expect(bench.display.scrollCount).toBe(0);
			expect(bench.display.violations).toEqual([]);
		});

		it("leaves nothing of a longer text behind, and lets nothing run over into the other row", async () => {
			const bench = await online();
			const long = ["x".repeat(profile.deviceColumns + 5), "y".repeat(profile.deviceColumns + 50), "beyond", "it"];
			await bench.device.displayText(long);
			await shows(bench, [row(long[0] ?? ""), row(long[1] ?? "")]);
			await bench.device.displayText(["A"]);
			await shows(bench, ["A"]);
			expect(bench.display.violations).toEqual([]);
		});

		it("shows Nordic letters and the euro, or what can be read instead, and the amount whole", async () => {
			const bench = await online();
			const left = "Ærlig blåbærsyltetøy à".slice(0, profile.deviceColumns - 7);
			await bench.device.displayText([`${left} 124,90`, "24,90 €"]);
			await bench.time.until(() => bench.display.rows[1]?.startsWith("24,90 ") === true);
			expect(bench.display.rows[0]).toMatch(/^(Æ|AE|A)rlig bl(å|aa|a)b(æ|ae|a)r[a-zæøå]*.* 124,90 *$/);
			expect(bench.display.rows[1]).toMatch(/^24,90 (€|EUR) *$/);
			expect(bench.display.violations).toEqual([]);
		});

		it("takes no command from a text", async () => {
			const bench = await online();
			const evil = ["A\u001b@\u000cB\u001fX\u0001C", "!#1\rD\u0004\u0001C1X\u0017\u0010\u007f\u009b"];
			await bench.device.displayText(evil);
			await bench.time.until(() => bench.display.rows[1]?.includes("D") === true);
			expect(bench.display.rows[0]).toMatch(/^A .+ B X C/);
			expect(bench.display.violations).toEqual([]);
			await bench.device.displayText(["ok"]);
			await shows(bench, ["ok"]);
		});

		it("drops a text that was replaced before it could be sent, and shows the newest", async () => {
			const bench = await online();
			const outcomes = await Promise.all(["1", "2", "3", "4"].map((text) => bench.device.displayText([text])));
			expect(outcomes.at(-1)).toBe("written");
			expect(outcomes.slice(1, -1)).toEqual(["replaced", "replaced"]);
			await shows(bench, ["4"]);
		});

		it("shows the newest on a line that was slow", async () => {
			const bench = await online();
			bench.pause();
			const texts = Array.from({ length: 200 }, (_, n) => [`Vare ${n}`, `${n},00`]);
			const outcomes = Promise.all(texts.map((text) => bench.device.displayText(text)));
			bench.resume();
			expect((await outcomes).at(-1)).toBe("written");
			await shows(bench, ["Vare 199", "199,00"]);
			expect(bench.display.violations).toEqual([]);
			expect(bench.display.scrollCount).toBe(0);
		});

		it("fails at once while it is missing, and shows the newest text when it is back", async () => {
			const bench = await online();
			const { device, time, display } = bench;
			await device.displayText(["BEFORE"]);
			await bench.unplug();
			await time.pass(() => device.state().power === "offline");
			expect(device.state().detail).not.toBeNull();
			expect(await device.displayText(["STALE"])).toBe("failed");
			expect(await device.displayText(["NEWEST"])).toBe("failed");
			display.powerCycle();
			await bench.plug();
			await time.pass(() => device.state().power === "online");
			await shows(bench, ["NEWEST"]);
			expect(display.violations).toEqual([]);
			expect(display.scrollCount).toBe(0);
		});

		it("is empty when it was never given a text, also after a reconnect", async () => {
			const bench = await online();
			await shows(bench, []);
			await bench.unplug();
			await bench.time.pass(() => bench.device.state().power === "offline");
			await bench.plug();
			await bench.time.pass(() => bench.device.state().power === "online");
			await shows(bench, []);
			expect(bench.display.violations).toEqual([]);
		});

		it.each([0.05, 0.3, 0.6, 0.97])("is right again after the line broke at %f of a text", async (share) => {
			const bench = await online();
			const { device, time } = bench;
			const first = ["Ærlig blåbær".repeat(3), "Ø".repeat(profile.deviceColumns)];
			await device.displayText(["Hei"]);
			await shows(bench, ["Hei"]);
			const isCut = bench.cutAfter(Math.max(1, Math.floor(byteCount(first) * share)));
			const outcome = device.displayText(first);
			await isCut;
			await time.pass(() => device.state().power === "offline");
			expect(["written", "failed"]).toContain(await time.settled(outcome));
			await bench.plug();
			await time.pass(() => device.state().power === "online");
			const newest = ["N".repeat(profile.deviceColumns), "n".repeat(profile.deviceColumns)];
			await device.displayText(newest);
			await shows(bench, newest);
			expect(bench.display.scrollCount).toBe(0);
		});

		it("shows the next text right though its power was off for a moment", async () => {
			const bench = await online();
			const { device, display } = bench;
			await device.displayText(["Hei"]);
			await shows(bench, ["Hei"]);
			display.powerCycle();
			const full = ["N".repeat(profile.deviceColumns), "n".repeat(profile.deviceColumns)];
			await device.displayText(full);
			await shows(bench, full);
			expect(display.scrollCount).toBe(0);
			expect(display.violations).toEqual([]);
		});

		it.each([25, 50, 75, 100] as const)("has %i percent brightness where it can be set", async (brightness) => {
			const bench = await online(brightness);
			await bench.device.displayText(["A"]);
			await shows(bench, ["A"]);
			expect(bench.display.brightness).toBe(profile.capabilities.CapBrightness ? brightness : null);
			expect(bench.display.violations).toEqual([]);
		});

		it("leaves the brightness alone where none is configured", async () => {
			const bench = await online();
			await bench.device.displayText(["A"]);
			await shows(bench, ["A"]);
			expect(bench.display.brightness).toBeNull();
		});
	});
};
