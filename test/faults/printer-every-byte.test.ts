import { describe, expect, it, onTestFinished } from "vitest";
import type { PrintElement, PrintOutcome } from "../../src/devices/contract/devices.ts";
import { benchTime } from "../drivers/support/bench-time.ts";
import { printerProfile } from "../drivers/support/profiles.ts";
import { FailingPrinter } from "./support/failing-printer.ts";
import { TRANSPORTS } from "./support/printer-faults.ts";
import { quietTime } from "./support/quiet-time.ts";

const PROFILE = printerProfile("epson-tm-t88v");

/** Time enough for both jobs of a round, and more than any printer is waited for. */
const DEADLINE_MS = 600_000;

const STEP_MS = 1_000;

/** GS ( H, the question behind the cut. */
const PROCESS_ID_BYTES = 11;

/** What stands between the last line and it. */
const FEED_AND_CUT_BYTES = 8;

const receipt = (heading: string): readonly PrintElement[] => [
	{ kind: "text", text: heading, bold: true, double: true },
	{ kind: "barcode", symbology: "Code128", data: "OSLO1-1-000123" },
	{ kind: "qr", data: "https://kvittering.example/123" },
	{ kind: "text", text: "Blåbær" },
	{ kind: "cut" },
];

/** A round's number in as many letters as every other's, so that all jobs are equally long. */
const named = (word: string, round: number): string => `${word} ${round.toString().padStart(4, "0")}`;

/** A line that says that it broke, on each transport; one that says nothing, and one that says it late, on one. */
const CASES = TRANSPORTS.flatMap((line) =>
	(["unplug", "dead line", "power cycle"] as const)
		.filter((fault) => fault === "unplug" || line.transport === "TCP")
		.map((fault) => ({ ...line, fault })),
);

describe("a receipt that breaks off at any byte", () => {
	it.each(CASES)("never comes twice, and the next one is whole: $fault on $transport", async (line) => {
		const { makeEnd, powerLoss, fault } = line;
		const { services, timers } = benchTime();
		const end = await makeEnd();
		const now = (): number => services.clock.stamp().monotonicMs;
		const printer = new FailingPrinter(end, PROFILE, powerLoss, { timers, now });
		const device = printer.driver().create({ id: "printer", profile: PROFILE, port: end.port }, services);
		onTestFinished(() => device.close());
		const { pass } = quietTime(printer, timers, STEP_MS, () => [device.state(), printer.standing]);
		const print = async (heading: string): Promise<PrintOutcome["outcome"]> => {
			let outcome: PrintOutcome["outcome"] | null = null;
			void device.print({ jobId: heading, elements: receipt(heading), deadlineMs: DEADLINE_MS }).then((ended) => {
				outcome = ended.outcome;
			});
			await pass(heading, () => outcome !== null);
			return outcome ?? "unknown";
		};
		const cutOff = (heading: string): number =>
			printer.roll.pieces.filter(({ lines, isCut }) => isCut && lines.join() === `${heading},Blåbær`).length;
		device.open();
		expect(await print(named("Well", 0))).toBe("confirmed");
		expect(cutOff(named("Well", 0))).toBe(1);
		const { jobBytes } = printer;
		const wholeFrom: number[] = [];
		for (let atByte = 2; atByte < jobBytes; atByte += 1) {
			const [hit, next] = [named("Hits", atByte), named("Next", atByte)];
			printer.failAt(atByte, fault);
			expect({ atByte, outcome: await print(hit) }).toEqual({ atByte, outcome: "unknown" });
			await printer.mend();
			expect({ atByte, outcome: await print(next) }).toEqual({ atByte, outcome: "confirmed" });
			expect({ atByte, next: cutOff(next) }).toEqual({ atByte, next: 1 });
			if (cutOff(hit) > 0) wholeFrom.push(atByte);
			expect(cutOff(hit)).toBeLessThanOrEqual(1);
		}
		// Whole when its lines have come: the cut may be the one that clears away what broke off.
		const wholeFor = jobBytes - (wholeFrom[0] ?? 0);
		expect(wholeFrom).toHaveLength(wholeFor);
		expect(wholeFor).toBeGreaterThanOrEqual(PROCESS_ID_BYTES);
		expect(wholeFor).toBeLessThanOrEqual(PROCESS_ID_BYTES + FEED_AND_CUT_BYTES);
	});
});
