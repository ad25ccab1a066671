import { describe, expect, it, onTestFinished } from "vitest";
import { SerialScanner } from "../../drivers/serial-scanner/serial-scanner.ts";
import type { ScannerProfile } from "../../src/devices/contract/profile.ts";
import type { LineBench, MakeLineBench } from "../drivers/support/line-bench.ts";
import { scannerProfile } from "../drivers/support/profiles.ts";

const PROFILE = scannerProfile("zebra-ds2208-serial");

/** What every Scanner must do on every kind of port. Call it once for each. */
export const scannerContract = (name: string, make: MakeLineBench): void => {
	const online = async (profile: ScannerProfile = PROFILE): Promise<LineBench & { device: SerialScanner }> => {
		const bench = await make();
		const device = new SerialScanner({ id: "scanner", profile }, bench.makePort, bench.time.services);
		onTestFinished(() => device.close());
		device.open();
		await bench.time.until(() => device.state().power === "online");
		// A network line stands for the till a moment before it does for the device: a read sent too early has no way to go.
		device.beepError();
		await bench.time.until(() => bench.received().length > 0);
		return { ...bench, device };
	};
	const ascii = (text: string): Buffer => Buffer.from(text, "latin1");

	describe(`scanner contract: ${name}`, () => {
		it.each([
			["CR", "\r"],
			["LF", "\n"],
			["CR and LF", "\r\n"],
		])("takes %s for the end of a read", async (_, end) => {
			const { time, send } = await online();
			send(ascii(`]E07038010001659${end}]E457012345${end}`));
			await time.until(() => time.scans.length >= 2);
			expect(time.scans).toEqual([
				{ deviceId: "scanner", symbology: "EAN13", data: "7038010001659" },
				{ deviceId: "scanner", symbology: "EAN8", data: "57012345" },
			]);
		});

		it("joins a read that came in pieces", async () => {
			const { time, send } = await online();
			for (const piece of ["]", "E", "0703801", "0001659", "\r"]) {
				send(ascii(piece));
				await new Promise((resolve) => setImmediate(resolve));
			}
			await time.until(() => time.scans.length > 0);
			expect(time.scans.map(({ data }) => data)).toEqual(["7038010001659"]);
		});

		it("keeps the group separator and high bytes of a GS1 code, and strips NUL", async () => {
			const { time, send } = await online();
			send(ascii("]C1\x000107038010001659\x1d10\xc5\xff\x00\r"));
			await time.until(() => time.scans.length > 0);
			expect(time.scans).toEqual([
				{ deviceId: "scanner", symbology: "GS1_128", data: "0107038010001659\x1d10\xc5\xff" },
			]);
		});

		it("drops a read that is too long, says so, and reads the next one", async () => {
			const { time, send, device } = await online({ ...PROFILE, dataLengthMax: 20 });
			send(ascii(`${"9".repeat(21)}\r`));
			await time.until(() => device.state().detail !== null);
			expect(time.scans).toEqual([]);
			send(ascii("]E07038010001659\r"));
			await time.until(() => time.scans.length > 0);
			expect(time.scans.map(({ data }) => data)).toEqual(["7038010001659"]);
			expect(device.state()).toEqual({ power: "online", conditions: [], detail: null });
		});

		it("never joins half a read to the next one", async () => {
			const { time, send, device } = await online();
			send(ascii("]E0703801"));
			await time.until(() => time.timers.names().includes("scanner incomplete read"));
			time.timers.advance(1_000);
			expect(device.state().detail).not.toBeNull();
			send(ascii("]E07038010001659\r"));
			await time.until(() => time.scans.length > 0);
			expect(time.scans.map(({ data }) => data)).toEqual(["7038010001659"]);
		});

		it("forgets half a read when it is unplugged, and reads on when it is back", async () => {
			const { time, send, device, received, unplug, plug } = await online();
			send(ascii("]E0703801"));
			await time.until(() => time.timers.names().includes("scanner incomplete read"));
			await unplug();
			await time.pass(() => device.state().power === "offline");
			await plug();
			await time.pass(() => device.state().power === "online");
			const before = received().length;
			device.beepError();
			await time.until(() => received().length > before);
			send(ascii("]E07038010001659\r"));
			await time.until(() => time.scans.length > 0);
			expect(time.scans.map(({ data }) => data)).toEqual(["7038010001659"]);
		});
	});
};
