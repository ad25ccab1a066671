import { execFileSync } from "node:child_process";
import { closeSync, constants, openSync, readSync } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { LivePort } from "../../../drivers/transport/live-port.ts";
import type { Port } from "../../../drivers/transport/port.ts";
import { usblpConnector } from "../../../drivers/transport/usblp-connector.ts";
import { createTimers } from "../../../src/runtime/node/timers.ts";
import { tempDir } from "../../support/temp-dir.ts";
import { type BenchTime, benchTime } from "../support/bench-time.ts";
import { type UsblpKernel, usblpKernel } from "../support/usblp-kernel.ts";

interface Opened {
	readonly time: BenchTime;
	readonly port: Port;
	readonly data: () => Buffer;
	readonly details: string[];
}

const portOn = (path: string, kernel?: UsblpKernel, answers = true): Opened => {
	const time = benchTime();
	const chunks: Uint8Array[] = [];
	const details: string[] = [];
	const port = new LivePort(
		usblpConnector(path, answers, createTimers(), ...(kernel === undefined ? [] : [kernel.files])),
		{ onOpen: () => undefined, onData: (bytes) => chunks.push(bytes), onClose: (detail) => details.push(detail) },
		time.services,
	);
	onTestFinished(() => port.close());
	port.open();
	return { time, port, data: () => Buffer.concat(chunks), details };
};

const opened = async (kernel: UsblpKernel, answers = true): Promise<Opened> => {
	const bench = portOn("/dev/usb/lp0", kernel, answers);
	await bench.time.until(() => bench.port.isOpen());
	onTestFinished(() => expect(kernel.faults).toEqual([]));
	return bench;
};

const job = (length: number): Buffer => Buffer.from(Array.from({ length }, (_, at) => (at * 7) % 251));

describe("a printer of the kernel's printer driver", () => {
	it("gets every byte of a job that takes many transfers, and the job is written when it has taken the last", async () => {
		const kernel = usblpKernel(true);
		const { port, time } = await opened(kernel);
		const bytes = job(20_000);
		let written = false;
		const outcome = port.write(bytes).finally(() => {
			written = true;
		});
		for (let transfers = 0; transfers < 3; transfers += 1) {
			expect(written).toBe(false);
			await time.until(() => kernel.take());
		}
		expect(await outcome).toEqual({ outcome: "written" });
		expect(kernel.received().equals(bytes)).toBe(true);
	});

	it("is not closed before it has taken the tail", async () => {
		const kernel = usblpKernel(true);
		const connector = usblpConnector("/dev/usb/lp0", true, createTimers(), kernel.files);
		await new Promise<void>((resolve) => {
			const link = connector.connect({
				opened: () => {
					link.write(Buffer.from("tail"), () => undefined);
					link.close(resolve);
				},
				data: () => undefined,
				closed: () => undefined,
			});
			const taking = setInterval(() => {
				if (kernel.take()) clearInterval(taking);
			}, 5);
		});
		expect(kernel.received().toString()).toBe("tail");
		expect(kernel.isOpen()).toBe(false);
	});

	it("gets nothing more of a job that was given up", async () => {
		const kernel = usblpKernel(true);
		const { port, time } = await opened(kernel);
		const stalled = port.write(job(20_000));
		await time.until(() => kernel.take());
		expect((await time.settled(stalled)).outcome).toBe("unknown");
		await time.pass(() => port.isOpen());
		const before = kernel.received().length;
		const fresh = port.write(Buffer.from("FRESH"));
		await time.until(() => kernel.take());
		expect((await fresh).outcome).toBe("written");
		expect(kernel.received().subarray(before).toString()).toBe("FRESH");
	});

	it("is read, empty transfers too", async () => {
		const kernel = usblpKernel(true);
		const { time, data } = await opened(kernel);
		kernel.send(Buffer.of());
		kernel.send(Buffer.of(0x16));
		kernel.send(Buffer.of());
		kernel.send(Buffer.of(0x12));
		await time.until(() => data().length === 2);
		expect(data()).toEqual(Buffer.of(0x16, 0x12));
	});

	it("is written to although it has one direction only", async () => {
		const kernel = usblpKernel(false);
		const { port, time } = await opened(kernel);
		const outcome = port.write(Buffer.from("one way"));
		await time.until(() => kernel.take());
		expect(await outcome).toEqual({ outcome: "written" });
	});

	it.each([true, false])("is missed when it was unplugged while nothing was printed (answers: %s)", async (answers) => {
		const kernel = usblpKernel(answers);
		const { port, time, details } = await opened(kernel, answers);
		kernel.unplug();
		await time.until(() => !port.isOpen());
		expect(details[0]).toContain("unplugged");
		expect(kernel.isOpen()).toBe(false);
	});

	it("does not know of the job that it was unplugged in", async () => {
		const kernel = usblpKernel(true);
		const { port, time } = await opened(kernel);
		const broken = port.write(job(20_000));
		await time.until(() => kernel.take());
		kernel.unplug();
		expect((await broken).outcome).toBe("unknown");
	});

	it("is waited for while another program has it", async () => {
		const kernel = usblpKernel(true);
		await new Promise<void>((resolve) => kernel.files.open("/dev/usb/lp0", true, () => resolve()));
		const { port, time, details } = portOn("/dev/usb/lp0", kernel);
		await time.pass(() => details.length > 1);
		expect(details[0]).toContain("EBUSY");
		kernel.files.close(101, () => undefined);
		await time.pass(() => port.isOpen());
	});
});

/** A pipe with a name: takes 64 KiB, then EAGAIN; EPIPE when its reader goes. The test is the reader. */
const pipe = (): { readonly path: string; readonly reader: number; readonly hangUp: () => void } => {
	const path = join(tempDir(), "lp");
	execFileSync("mkfifo", [path]);
	const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
	let isOpen = true;
	const hangUp = (): void => {
		if (isOpen) closeSync(reader);
		isOpen = false;
	};
	onTestFinished(hangUp);
	return { path, reader, hangUp };
};

describe("a device that takes nothing in", () => {
	it("holds no thread of the pool and not the program, however many there are", async () => {
		const stalled = await Promise.all(
			Array.from({ length: 6 }, async () => {
				const { path } = pipe();
				const { port, time } = portOn(path, undefined, false);
				await time.until(() => port.isOpen());
				return port.write(job(200_000));
			}).map((waiting) =>
				Promise.race([waiting, new Promise<null>((resolve) => setTimeout(() => resolve(null), 200))]),
			),
		);
		expect(stalled).toEqual(Array.from({ length: 6 }, () => null));
		// With blocking writes six printers hold all four threads, and this is never answered.
		for (let looks = 0; looks < 20; looks += 1) expect((await stat("/dev/null")).isCharacterDevice()).toBe(true);
	});

	it("gets the rest when it takes again, and not a byte twice", async () => {
		const { path, reader } = pipe();
		const { port, time } = portOn(path, undefined, false);
		await time.until(() => port.isOpen());
		const bytes = job(300_000);
		const outcome = port.write(bytes);
		const chunks: Buffer[] = [];
		const read = (): void => {
			const chunk = Buffer.alloc(16_384);
			try {
				chunks.push(chunk.subarray(0, readSync(reader, chunk)));
			} catch {
				// nothing there yet
			}
		};
		await time.until(() => {
			read();
			return Buffer.concat(chunks).length === bytes.length;
		});
		expect(await outcome).toEqual({ outcome: "written" });
		expect(Buffer.concat(chunks).equals(bytes)).toBe(true);
	});

	it("costs the job and the line when it goes away", async () => {
		const { path, hangUp } = pipe();
		const { port, time, details } = portOn(path, undefined, false);
		await time.until(() => port.isOpen());
		const outcome = port.write(job(200_000));
		hangUp();
		expect((await outcome).outcome).toBe("unknown");
		expect(details[0]).toContain("EPIPE");
	});

	it("is no device when it is a file", async () => {
		const { time, details } = portOn(join(import.meta.dirname, "usblp-connector.test.ts"), undefined, false);
		await time.pass(() => details.length > 0);
		expect(details[0]).toContain("is a file and no device");
	});
});
