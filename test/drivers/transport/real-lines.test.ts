import { describe, expect, it, onTestFinished } from "vitest";
import type { Port } from "../../../drivers/transport/port.ts";
import { type BenchTime, benchTime } from "../support/bench-time.ts";
import {
	type FarEnd,
	PLAIN_LINE,
	portTo,
	serialFarEnd,
	tcpFarEnd,
	usbFarEnd,
	usblpFarEnd,
} from "../support/far-end.ts";

interface Line {
	readonly time: BenchTime;
	readonly end: FarEnd;
	readonly port: Port;
	readonly data: () => Buffer;
}

const opened = async (farEnd: () => Promise<FarEnd>): Promise<Line> => {
	const time = benchTime();
	const end = await farEnd();
	const chunks: Uint8Array[] = [];
	const port = portTo(
		end,
		LINE,
		time.services,
	)({ onOpen: () => undefined, onData: (bytes) => chunks.push(bytes), onClose: () => undefined });
	onTestFinished(() => port.close());
	port.open();
	await time.until(() => port.isOpen());
	return { time, end, port, data: () => Buffer.concat(chunks) };
};

/** Fast, so that what a slow line is allowed to take does not matter. */
const LINE = { ...PLAIN_LINE, baudRate: 921_600 };

const ALL_BYTES = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));

describe.each([
	["serial line", serialFarEnd, 500_000],
	["TCP", tcpFarEnd, 16_000_000],
	["character device", usblpFarEnd, 500_000],
	["USB", usbFarEnd, 5_000],
])("a port on a %s", (_, farEnd, moreThanBuffers) => {
	it("carries every byte both ways", async () => {
		const { time, end, port, data } = await opened(farEnd);
		expect(await port.write(ALL_BYTES)).toEqual({ outcome: "written" });
		await time.until(() => end.received().length === 256);
		expect(end.received()).toEqual(ALL_BYTES);
		end.send(ALL_BYTES);
		await time.until(() => data().length === 256);
		expect(data()).toEqual(ALL_BYTES);
	});

	it("never sends on a new connection what was written to none", async () => {
		const { time, end, port } = await opened(farEnd);
		await end.unplug();
		await time.pass(() => !port.isOpen());
		expect((await port.write(Buffer.from("STALE"))).outcome).toBe("notSent");
		await end.plug();
		await time.pass(() => port.isOpen());
		await port.write(Buffer.from("FRESH"));
		await time.until(() => end.received().length >= 5);
		expect(end.received().toString()).toBe("FRESH");
	});

	it("waits for a device that takes nothing in, and loses no byte over it", async () => {
		const { time, end, port } = await opened(farEnd);
		end.pause();
		const big = Buffer.alloc(moreThanBuffers, "0123456789");
		let written = false;
		const outcome = port.write(big).finally(() => {
			written = true;
		});
		const behind = port.write(Buffer.from("END"));
		await new Promise((resolve) => setTimeout(resolve, 100));
		expect(written).toBe(false);
		end.resume();
		expect([await outcome, await behind]).toEqual([{ outcome: "written" }, { outcome: "written" }]);
		await time.until(() => end.received().length === big.length + 3);
		expect(end.received().equals(Buffer.concat([big, Buffer.from("END")]))).toBe(true);
	});

	it("gives a stalled write up, says that it does not know, and sends none of it later", async () => {
		const { time, end, port } = await opened(farEnd);
		end.pause();
		const stalled = port.write(Buffer.alloc(moreThanBuffers, "x"));
		expect((await time.settled(stalled)).outcome).toBe("unknown");
		await end.unplug();
		end.resume();
		await end.plug();
		const before = end.received().length;
		await time.pass(() => port.isOpen());
		await port.write(Buffer.from("FRESH"));
		await time.until(() => end.received().length >= before + 5);
		expect(end.received().subarray(before).toString()).toBe("FRESH");
	});

	it("closes while the device takes nothing in", async () => {
		const { end, port } = await opened(farEnd);
		end.pause();
		const stalled = port.write(Buffer.alloc(moreThanBuffers, "x"));
		await port.close();
		expect((await stalled).outcome).toBe("unknown");
	});

	it("goes on trying while there is nothing there", async () => {
		const time = benchTime();
		const end = await farEnd();
		await end.unplug();
		const details: string[] = [];
		const port = portTo(
			end,
			LINE,
			time.services,
		)({ onOpen: () => undefined, onData: () => undefined, onClose: (detail) => details.push(detail) });
		onTestFinished(() => port.close());
		port.open();
		await time.pass(() => details.length >= 2);
		await end.plug();
		await time.pass(() => port.isOpen());
	});
});

describe("a port on a serial line", () => {
	it("notices that it was unplugged while it was reading, which serialport does not", async () => {
		for (let round = 0; round < 8; round += 1) {
			const { time, end, port, data } = await opened(serialFarEnd);
			end.send(Buffer.alloc(2_000_000, "x"));
			await time.until(() => data().length > 100_000);
			await end.unplug();
			await time.pass(() => !port.isOpen());
			await port.close();
		}
	});
});

describe("a port on TCP", () => {
	it("comes back after the printer has closed an idle connection", async () => {
		const { time, end, port } = await opened(tcpFarEnd);
		for (const text of ["one", "two"]) {
			await port.write(Buffer.from(text));
			await time.until(() => end.received().toString().endsWith(text));
			await end.unplug();
			await time.pass(() => !port.isOpen());
			await end.plug();
			await time.pass(() => port.isOpen());
		}
		await port.write(Buffer.from("three"));
		await time.until(() => end.received().length === 11);
		expect(end.received().toString()).toBe("onetwothree");
	});
});
