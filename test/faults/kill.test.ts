import { describe, expect, it } from "vitest";
import type { TillView } from "../../src/till/view.ts";
import { until } from "../support/program.ts";
import { tempDir } from "../support/temp-dir.ts";
import { killAtRandomMoments } from "./kill-random.ts";
import { startBackOffice } from "./support/back-office.ts";
import { boxConfig } from "./support/box-config.ts";
import { CRASH_POINTS, type CrashPoint } from "./support/crash-points.ts";
import { expectBooksRight, openForBusiness } from "./support/kill-till.ts";
import { asked, startTillProcess } from "./support/till-process.ts";

/** What the status says of a device's jobs. */
interface DeviceJobs {
	readonly jobs?: readonly { readonly state: string }[];
}

/** Kills in the gate; `npm run test:long` has the full number. */
const GATE_ROUNDS = 12;

const VIRTUAL = { transport: "virtual" } as const;

/** What must be known after a restart about paper and drawer of the ticket that was closing. */
const DOUBTS: Partial<Record<CrashPoint, readonly string[]>> = {
	"after the close, before its effects": ["drawer", "print"],
	"after the pulse, before its record": ["drawer", "print"],
};

describe("a till that is killed by SIGKILL", () => {
	it(
		`at ${GATE_ROUNDS} random moments under a stream of scans and tenders`,
		() => killAtRandomMoments(GATE_ROUNDS, 20_261_123),
		120_000,
	);

	it.each(CRASH_POINTS)("%s", async (point) => {
		const directory = tempDir();
		const office = await startBackOffice(directory);
		const config = boxConfig(directory, office.brokerUrl, { printer: VIRTUAL, display: VIRTUAL });
		const program = "test/faults/support/crash-till.ts";
		const doomed = await startTillProcess({ directory, config, program, args: ["--crash", point] });
		await openForBusiness(doomed, directory);
		await asked(doomed, { command: "scan", code: "BEER" });
		await asked(doomed, { command: "tender", tenderType: "cash" });
		// Tickets in a row would wait for each other's drawer: a solenoid rests between two pulses.
		const settled = () =>
			until("drawer and paper of the ticket", async () => {
				const { devices } = (await asked(doomed, { command: "status" })) as { devices: readonly DeviceJobs[] };
				const jobs = devices.flatMap((device) => device.jobs ?? []);
				return jobs.every(({ state }) => state !== "queued" && state !== "sent");
			});
		await settled();
		await doomed.ask({ command: "ticketShow", receiptNumber: 1, series: "arm" });
		let receipts = 1;
		let openLines = 0;
		try {
			// Enough for a snapshot, which comes every 200 records; each point is reached on the way or at the day's end.
			for (let ticket = 0; ticket < 60; ticket += 1) {
				await asked(doomed, { command: "scan", code: "FOOD" });
				openLines = 1;
				await asked(doomed, { command: "tender", tenderType: "cash", amount: "200" });
				if (ticket === 0) await settled();
				receipts += 1;
				openLines = 0;
			}
			await asked(doomed, { command: "dayClose" });
			throw new Error(`the till outlived "${point}"`);
		} catch (thrown) {
			expect(String(thrown)).toContain("TILL-0904");
		}
		await doomed.kill();

		const till = await startTillProcess({ directory, config, program });
		const view = (await asked(till, { command: "view" })) as TillView;
		const isClosedDay = point === "after the Z, before its effects";
		expect(view.day === null).toBe(isClosedDay);
		if (point === "after an item, before the display") expect(view.ticket?.lines).toHaveLength(1);
		if (point === "before the close is written") expect([view.ticket?.lines.length, openLines]).toEqual([1, 1]);
		const doubts = DOUBTS[point];
		if (doubts !== undefined) {
			expect(view.doubts.map((doubt) => doubt.what).sort()).toEqual(doubts);
			expect(view.doubts.filter((doubt) => doubt.what === "print").map((doubt) => doubt.number)).toEqual([
				receipts + 1,
			]);
		}
		await expectBooksRight(till, office, directory);
		await till.stop();
	});
});
