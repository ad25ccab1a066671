import { describe, expect, it } from "vitest";
import { type Identification, identifyPrinter } from "../../../drivers/escpos/identify-printer.ts";
import { EmulatedPrinter } from "../../../drivers/virtual/emulated-printer.ts";
import { serialFarEnd, tcpFarEnd, usblpFarEnd } from "../support/far-end.ts";
import { type MakeLineBench, realLineBench, virtualLineBench } from "../support/line-bench.ts";
import { printerProfile } from "../support/profiles.ts";

const IDENTITY = { 65: "1.02 ESC/POS", 66: "EPSON", 67: "TM-T20III" };

/** What comes of asking a device that answers so; and what it took in. */
const asked = async (
	make: MakeLineBench,
	answer: (bytes: Buffer, reply: (bytes: Buffer) => void) => void,
): Promise<{ readonly found: Identification; readonly received: Buffer }> => {
	const bench = await make();
	let seen = 0;
	const listen = (): boolean => {
		const bytes = bench.received();
		if (bytes.length > seen) answer(bytes.subarray(seen), (reply) => bench.send(reply));
		seen = bytes.length;
		return false;
	};
	const asking = identifyPrinter(bench.makePort, bench.time.services);
	let found: Identification | undefined;
	void asking.then((outcome) => {
		found = outcome;
	});
	await bench.time.until(() => {
		// Slowly: a real line on a busy machine takes its own time, and the questions do not wait long.
		bench.time.timers.advance(4);
		return listen() || found !== undefined;
	});
	// The last command is under way when the port is closed.
	await bench.time.until(() => {
		bench.time.timers.advance(4);
		return listen() || bench.received().includes(Buffer.of(0x1b, 0x40));
	});
	return { found: await asking, received: bench.received() };
};

/** A printer of the model; and everything that it was told and did not understand. */
const emulated = (identity: EmulatedPrinter["identity"] = IDENTITY) => {
	const acts: string[] = [];
	const printer = new EmulatedPrinter(printerProfile("epson-tm-t20iii"), (act) =>
		acts.push(act.act === "violation" ? act.detail : act.act),
	);
	printer.identity = identity;
	return {
		printer,
		acts,
		answer: (bytes: Buffer, reply: (bytes: Buffer) => void): void => {
			printer.reply = (answer) => reply(Buffer.from(answer));
			printer.receive(bytes);
		},
	};
};

describe.each([
	["TCP", realLineBench(tcpFarEnd)],
	["a serial line", realLineBench(serialFarEnd)],
	["a character device", realLineBench(usblpFarEnd)],
	["a virtual line", virtualLineBench],
])("a printer on %s that is asked who it is", (_, make) => {
	it("says maker, model and firmware, and how it is; nothing is printed and it is left as it was", async () => {
		const { printer, acts, answer } = emulated();
		printer.set({ recNearEnd: true, drawerOpen: true });
		const { found } = await asked(make, answer);
		expect(found).toEqual({
			outcome: "identified",
			identity: {
				maker: "EPSON",
				model: "TM-T20III",
				firmware: "1.02 ESC/POS",
				dleEotAnswers: 4,
				asb: true,
				conditions: ["RecNearEnd"],
				connector: "high",
			},
		});
		expect(acts).toEqual(["transmitId", "transmitId", "transmitId", "automaticStatus", "initialised"]);
	});
});

describe("a printer that is asked who it is", () => {
	it("is known for a printer though it says no name", async () => {
		const { found } = await asked(virtualLineBench, emulated({}).answer);
		expect(found).toMatchObject({ outcome: "identified", identity: { maker: null, model: null, dleEotAnswers: 4 } });
	});

	it("is silent: that is the answer, in bounded time and with few bytes", async () => {
		const { found, received } = await asked(virtualLineBench, () => undefined);
		expect(found).toEqual({ outcome: "silent" });
		expect(received.toString("hex")).toBe("100401" + "1d4943" + "1d4942" + "1d4941" + "1d61ff" + "1b40");
	});

	it("sends what no printer sends, as at a wrong rate", async () => {
		const { found } = await asked(virtualLineBench, (_, reply) => reply(Buffer.from("f8f0fe", "hex")));
		expect(found).toEqual({ outcome: "garbage", bytes: 3 });
	});

	it("is not there", async () => {
		const bench = await realLineBench(tcpFarEnd)();
		await bench.unplug();
		const found = await bench.time.settled(identifyPrinter(bench.makePort, bench.time.services));
		expect(found).toMatchObject({ outcome: "closed", detail: expect.stringContaining("ECONNREFUSED") });
	});

	it("goes away in the middle", async () => {
		const bench = await realLineBench(tcpFarEnd)();
		const asking = identifyPrinter(bench.makePort, bench.time.services);
		await bench.time.until(() => bench.received().length > 0);
		await bench.unplug();
		expect(await bench.time.settled(asking)).toEqual({ outcome: "silent" });
	});
});
