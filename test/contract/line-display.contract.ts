import { describe, expect, it, onTestFinished } from "vitest";
import type { DisplayProtocol } from "../../drivers/line-display/display-protocol.ts";
import { SerialLineDisplay } from "../../drivers/line-display/line-display.ts";
import { DisplayInterpreter } from "../../drivers/virtual/display-interpreter.ts";
import type { DisplayProfile } from "../../src/devices/contract/profile.ts";
import type { LineBench, MakeLineBench } from "../drivers/support/line-bench.ts";

/** One language of displays, with a profile that speaks it. */
export interface DisplayUnderTest {
	readonly profile: DisplayProfile;
	readonly protocol: DisplayProtocol;
}

/** What every LineDisplay must do in every language on every kind of port. Call it once for each. */
export const lineDisplayContract = (
	name: string,
	make: MakeLineBench,
	{ profile, protocol }: DisplayUnderTest,
): void => {
	const online = async (): Promise<LineBench & { device: SerialLineDisplay; shown(): DisplayInterpreter }> => {
		const bench = await make();
		const device = new SerialLineDisplay({ id: "display", profile }, protocol, bench.makePort, bench.time.services);
		onTestFinished(() => device.close());
		device.open();
		await bench.time.until(() => device.state().power === "online");
		const shown = (): DisplayInterpreter => {
			const cells = new DisplayInterpreter(profile);
			cells.next(bench.received());
			return cells;
		};
		return { ...bench, device, shown };
	};
	const row = (text: string): string => text.padEnd(profile.deviceColumns);
	const blank = row("");

	describe(`line display contract: ${name}`, () => {
		it("shows text in its rows and nothing else", async () => {
			const { device, shown, time } = await online();
			expect(await device.displayText(["Melk 1 l", "24,90"])).toBe("written");
			await time.until(() => shown().rows[1] === row("24,90"));
			expect(shown().rows).toEqual([row("Melk 1 l"), row("24,90")]);
			expect(shown().violations).toEqual([]);
		});

		it("leaves nothing of a longer text behind, and lets nothing run over into the other row", async () => {
			const { device, shown, time } = await online();
			await device.displayText(["x".repeat(profile.deviceColumns + 5), "y".repeat(profile.deviceColumns)]);
			await device.displayText(["A", ""]);
			await time.until(() => shown().rows[0] === row("A"));
			expect(shown().rows).toEqual([row("A"), blank]);
		});

		it("drops a text that was replaced before it could be sent", async () => {
			const { device, shown, time } = await online();
			const outcomes = await Promise.all(["1", "2", "3", "4"].map((text) => device.displayText([text])));
			expect(outcomes.at(-1)).toBe("written");
			expect(outcomes.slice(1, -1)).toEqual(["replaced", "replaced"]);
			await time.until(() => shown().rows[0] === row("4"));
		});

		it("fails at once while it is missing, and shows the newest text when it is back", async () => {
			const { device, shown, time, unplug, plug } = await online();
			await unplug();
			await time.pass(() => device.state().power === "offline");
			expect(await device.displayText(["STALE"])).toBe("failed");
			expect(await device.displayText(["NEWEST"])).toBe("failed");
			await plug();
			await time.pass(() => device.state().power === "online");
			await time.until(() => shown().rows[0] === row("NEWEST"));
			expect(shown().rows).toEqual([row("NEWEST"), blank]);
			expect(shown().violations).toEqual([]);
		});

		it("notices by itself that it was unplugged", async () => {
			const { device, time, unplug } = await online();
			await unplug();
			await time.pass(() => device.state().power === "offline");
			expect(device.state().detail).not.toBeNull();
		});
	});
};
