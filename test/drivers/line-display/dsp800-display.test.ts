import { describe, expect, it, onTestFinished } from "vitest";
import { dsp800Display } from "../../../drivers/line-display/dsp800-display.ts";
import { SerialLineDisplay } from "../../../drivers/line-display/line-display.ts";
import { LivePort } from "../../../drivers/transport/live-port.ts";
import { DisplayInterpreter } from "../../../drivers/virtual/display-interpreter.ts";
import { VirtualLine } from "../../../drivers/virtual/virtual-line.ts";
import { benchTime } from "../support/bench-time.ts";
import { displayProfile } from "../support/profiles.ts";

const PROFILE = displayProfile("generic-dsp800");
const ACK = 0x06;
const NAK = 0x15;

/** A display at the end of a line, whose answers a test may change: what it is to say in place of its own, or null for nothing. */
const answering = () => {
	const time = benchTime();
	const display = new DisplayInterpreter(PROFILE);
	const instead: (number | null)[] = [];
	const commands: string[] = [];
	let isOff = false;
	const line = new VirtualLine("virtual", (bytes) => {
		if (bytes[0] === 0x04) commands.push(Buffer.from(bytes).toString("latin1").slice(2, -1));
		if (!isOff) display.next(bytes);
	});
	display.reply = (bytes) => {
		const said = instead.length > 0 ? instead.shift() : bytes[0];
		if (typeof said === "number") line.send(Buffer.of(said));
	};
	const device = new SerialLineDisplay(
		{ id: "display", profile: PROFILE },
		dsp800Display,
		(listener) => new LivePort(line.connector(), listener, time.services),
		time.services,
	);
	onTestFinished(() => device.close());
	return {
		time,
		device,
		display,
		instead,
		commands,
		line,
		switchOff: () => {
			isOff = true;
		},
		switchOn: () => {
			isOff = false;
			display.powerCycle();
		},
		online: async () => {
			device.open();
			await time.until(() => device.state().power === "online");
		},
	};
};

describe("a display that answers", () => {
	it("is not there before it has answered, though its port is open", async () => {
		const { device, time, switchOff, switchOn, display } = answering();
		switchOff();
		device.open();
		await time.pass(() => device.state().power === "offline");
		expect(device.state().detail).toBe("the display does not answer");
		expect(await device.displayText(["NEWEST"])).toBe("failed");
		switchOn();
		await time.pass(() => device.state().power === "online");
		await time.until(() => display.rows[0]?.startsWith("NEWEST") === true);
	});

	it("is missed when it is switched off between two sales, and shows the newest when it is back", async () => {
		const { device, time, switchOff, switchOn, display, online } = answering();
		await online();
		expect(await device.displayText(["Melk", "24,90"])).toBe("written");
		switchOff();
		await time.pass(() => device.state().power === "offline");
		switchOn();
		await time.pass(() => device.state().power === "online");
		await time.until(() => display.rows[1]?.startsWith("24,90") === true);
		expect(display.violations).toEqual([]);
	});

	it("lights up again by itself after a power cut that nobody noticed", async () => {
		const { device, time, display, online } = answering();
		await online();
		await device.displayText(["Melk", "24,90"]);
		display.powerCycle();
		expect(display.rows[0]).toBe("".padEnd(20));
		await time.pass(() => display.rows[0]?.startsWith("Melk") === true);
		expect(device.state()).toEqual({ power: "online", conditions: [], detail: null });
	});

	it("is told again what it refused, and a row is never sent before its position was confirmed", async () => {
		const { device, display, instead, online } = answering();
		await online();
		instead.push(NAK, NAK);
		expect(await device.displayText(["Melk", "24,90"])).toBe("written");
		expect(display.rows).toEqual(["Melk".padEnd(20), "24,90".padEnd(20)]);
	});

	it("is told no more than three times; the text has failed, and the display is faulty until it takes one", async () => {
		const { device, instead, commands, online } = answering();
		await online();
		commands.length = 0;
		instead.push(NAK, NAK, NAK);
		expect(await device.displayText(["Melk"])).toBe("failed");
		expect(commands).toEqual(["P1", "P1", "P1"]);
		expect(device.state()).toMatchObject({ power: "online", conditions: ["Error"] });
		expect(await device.displayText(["Brus"])).toBe("written");
		expect(device.state()).toMatchObject({ power: "online", conditions: [] });
	});

	it("that falls silent in a text loses it and those that wait, and has the newest when it is back", async () => {
		const { device, time, display, instead, commands, online } = answering();
		await online();
		instead.push(ACK, null);
		const lost = device.displayText(["LOST"]);
		await time.until(() => commands.at(-1) === "PE");
		const waiting = device.displayText(["WAITING"]);
		expect(await time.settled(lost)).toBe("failed");
		expect(await waiting).toBe("failed");
		expect(device.state().power).toBe("offline");
		await time.pass(() => device.state().power === "online");
		await time.until(() => display.rows[0]?.startsWith("WAITING") === true);
	});

	it("may chatter: what is no answer, or comes unasked, counts for nothing", async () => {
		const { device, time, display, line, online } = answering();
		await online();
		line.send(Buffer.from([NAK, ACK, 0x41, NAK]));
		expect(await device.displayText(["Melk"])).toBe("written");
		expect(display.rows[0]).toBe("Melk".padEnd(20));
		expect(time.states.filter(({ state }) => state.power !== "online")).toEqual([]);
	});

	it("leaves no timer behind when it is closed, also while an answer is waited for", async () => {
		const { device, time, instead, online } = answering();
		await online();
		instead.push(null);
		const outcome = device.displayText(["Melk"]);
		await time.until(() => instead.length === 0);
		await device.close();
		expect(await outcome).toBe("failed");
		expect(time.timers.names()).toEqual([]);
	});
});
