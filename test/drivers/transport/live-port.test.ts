import { describe, expect, it, onTestFinished } from "vitest";
import type { Connector, LinkEvents } from "../../../drivers/transport/link.ts";
import { LivePort, PORT_TIMING } from "../../../drivers/transport/live-port.ts";
import type { PortListener } from "../../../drivers/transport/port.ts";
import { ManualTimers, manualClock } from "../../support/manual-runtime.ts";

/** A connector whose attempts the test answers. */
const scripted = () => {
	const attempts: {
		events: LinkEvents;
		/** The line is gone and nobody was told yet. */
		gone: boolean;
		aborted: boolean;
		written: Uint8Array[];
		done: (() => void)[];
	}[] = [];
	const connector: Connector = {
		name: "scripted",
		bytesPerSecond: 100,
		connect: (events) => {
			const attempt = { events, gone: false, aborted: false, written: [] as Uint8Array[], done: [] as (() => void)[] };
			attempts.push(attempt);
			return {
				write: (bytes, done) => {
					if (attempt.gone) return false;
					attempt.written.push(bytes);
					attempt.done.push(() => done(null));
					return true;
				},
				close: (done) => done(),
				abort: () => {
					attempt.aborted = true;
				},
			};
		},
	};
	return { connector, attempts };
};

const portOn = (connector: Connector, listener: Partial<PortListener> = {}) => {
	const clock = manualClock();
	const timers = new ManualTimers(clock);
	const silent: PortListener = { onOpen: () => undefined, onData: () => undefined, onClose: () => undefined };
	const port = new LivePort(connector, { ...silent, ...listener }, { timers, clock });
	onTestFinished(() => port.close());
	return { port, timers };
};

const BYTES = Buffer.from("bytes");

describe("LivePort", () => {
	it("waits longer after each failure, up to a limit, and starts anew after a line that stood", () => {
		const { connector, attempts } = scripted();
		const { port, timers } = portOn(connector);
		port.open();
		const waits: number[] = [];
		for (let at = 0; at < 7; at += 1) {
			attempts[at]?.events.closed("refused");
			const dueInMs = timers.dueInMs("scripted reconnect") ?? Number.NaN;
			waits.push(dueInMs);
			timers.advance(dueInMs);
		}
		expect(waits).toEqual([250, 500, 1_000, 2_000, 4_000, 5_000, 5_000]);
		attempts[7]?.events.opened();
		timers.advance(PORT_TIMING.stableMs);
		attempts[7]?.events.closed("gone");
		expect(timers.dueInMs("scripted reconnect")).toBe(250);
	});

	it("does not hammer a peer that takes the line and hangs up at once", () => {
		const { connector, attempts } = scripted();
		const { port, timers } = portOn(connector);
		port.open();
		for (const expected of [250, 500, 1_000]) {
			attempts.at(-1)?.events.opened();
			attempts.at(-1)?.events.closed("busy");
			expect(timers.dueInMs("scripted reconnect")).toBe(expected);
			timers.advance(expected);
		}
	});

	it("tries at once when the device is plugged in, and listens for that only while it waits", () => {
		const { connector, attempts } = scripted();
		const arrivals: (() => void)[] = [];
		const { port, timers } = portOn({
			...connector,
			arrivals: (arrived) => {
				arrivals.push(arrived);
				return () => arrivals.splice(arrivals.indexOf(arrived), 1);
			},
		});
		port.open();
		attempts[0]?.events.closed("not there");
		expect(arrivals).toHaveLength(1);
		arrivals[0]?.();
		expect(attempts).toHaveLength(2);
		expect(arrivals).toEqual([]);
		timers.advance(PORT_TIMING.reconnectMinMs);
		expect(attempts).toHaveLength(2);
		attempts[1]?.events.opened();
		attempts[1]?.events.closed("gone");
		timers.advance(PORT_TIMING.reconnectMaxMs);
		expect(attempts).toHaveLength(3);
		expect(arrivals).toEqual([]);
	});

	it("gives up an attempt that nobody answers, and tries again", () => {
		const { connector, attempts } = scripted();
		const closes: string[] = [];
		const { port, timers } = portOn(connector, { onClose: (detail) => closes.push(detail) });
		port.open();
		timers.advance(PORT_TIMING.connectTimeoutMs);
		expect(attempts[0]?.aborted).toBe(true);
		expect(closes).toHaveLength(1);
		timers.advance(PORT_TIMING.reconnectMinMs);
		expect(attempts).toHaveLength(2);
	});

	it("listens to nothing more from a connection it gave up", () => {
		const { connector, attempts } = scripted();
		const told: string[] = [];
		const { port, timers } = portOn(connector, {
			onOpen: () => told.push("open"),
			onData: () => told.push("data"),
			onClose: () => told.push("close"),
		});
		port.open();
		attempts[0]?.events.opened();
		port.reset("silent");
		timers.advance(PORT_TIMING.reconnectMinMs);
		attempts[0]?.events.data(BYTES);
		attempts[0]?.events.closed("late");
		attempts[0]?.events.opened();
		expect(told).toEqual(["open", "close"]);
		expect(port.isOpen()).toBe(false);
	});

	it("writes one thing at a time and in order", async () => {
		const { connector, attempts } = scripted();
		const { port } = portOn(connector);
		port.open();
		attempts[0]?.events.opened();
		const outcomes = [port.write(Buffer.of(1)), port.write(Buffer.of(2))];
		expect(attempts[0]?.written).toEqual([Buffer.of(1)]);
		attempts[0]?.done[0]?.();
		expect(attempts[0]?.written).toEqual([Buffer.of(1), Buffer.of(2)]);
		attempts[0]?.done[1]?.();
		expect(await Promise.all(outcomes)).toEqual([{ outcome: "written" }, { outcome: "written" }]);
	});

	it("does not know of the write that was under way when the line went, and says that those behind it were not sent", async () => {
		const { connector, attempts } = scripted();
		const { port, timers } = portOn(connector);
		port.open();
		attempts[0]?.events.opened();
		const outcomes = [port.write(Buffer.of(1)), port.write(Buffer.of(2))];
		attempts[0]?.events.closed("unplugged");
		expect(await Promise.all(outcomes)).toEqual([
			{ outcome: "unknown", detail: "unplugged" },
			{ outcome: "notSent", detail: "unplugged" },
		]);
		timers.advance(PORT_TIMING.reconnectMinMs);
		attempts[1]?.events.opened();
		attempts[0]?.done[0]?.();
		expect(attempts[1]?.written).toEqual([]);
	});

	it("knows that nothing was sent when the line was already gone", async () => {
		const { connector, attempts } = scripted();
		const { port } = portOn(connector);
		port.open();
		attempts[0]?.events.opened();
		if (attempts[0] !== undefined) attempts[0].gone = true;
		expect((await port.write(BYTES)).outcome).toBe("notSent");
		expect(port.isOpen()).toBe(false);
	});

	it("drops what could not begin in time", async () => {
		const { connector, attempts } = scripted();
		const { port, timers } = portOn(connector);
		port.open();
		attempts[0]?.events.opened();
		const slow = port.write(Buffer.of(1));
		const late = port.write(Buffer.of(2), 2_000);
		const inTime = port.write(Buffer.of(3), 5_000);
		timers.advance(2_001);
		attempts[0]?.done[0]?.();
		expect([await slow, await late]).toEqual([{ outcome: "written" }, { outcome: "expired" }]);
		attempts[0]?.done[1]?.();
		expect(await inTime).toEqual({ outcome: "written" });
		expect(attempts[0]?.written).toEqual([Buffer.of(1), Buffer.of(3)]);
	});

	it("gives a slow line the time its speed takes, then gives a stalled write up with the connection", async () => {
		const { connector, attempts } = scripted();
		const { port, timers } = portOn(connector);
		port.open();
		attempts[0]?.events.opened();
		const stalled = port.write(Buffer.alloc(1_000)); // 10 s at 100 bytes a second
		timers.advance(PORT_TIMING.writeTimeoutMs + 9_999);
		expect(port.isOpen()).toBe(true);
		timers.advance(1);
		expect((await stalled).outcome).toBe("unknown");
		expect(attempts[0]?.aborted).toBe(true);
		expect(port.isOpen()).toBe(false);
	});

	it("refuses more than a stalled line can hold", async () => {
		const { connector, attempts } = scripted();
		const { port } = portOn(connector);
		port.open();
		attempts[0]?.events.opened();
		const outcomes: string[] = [];
		for (let count = 0; count < 66; count += 1) {
			void port.write(BYTES).then(({ outcome }) => outcomes.push(outcome));
		}
		await Promise.resolve();
		expect(outcomes).toEqual(["notSent"]); // one under way, 64 in the queue
	});

	it("closes although the link never says that it closed, and leaves no timer behind", async () => {
		const { connector, attempts } = scripted();
		const hanging: Connector = {
			...connector,
			connect: (events) => ({ ...connector.connect(events), close: () => undefined }),
		};
		const { port, timers } = portOn(hanging);
		port.open();
		attempts[0]?.events.opened();
		const closed = port.close();
		timers.advance(PORT_TIMING.closeTimeoutMs);
		await closed;
		expect(attempts[0]?.aborted).toBe(true);
		expect(timers.names()).toEqual([]);
	});
});
