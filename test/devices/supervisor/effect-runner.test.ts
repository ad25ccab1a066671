import { describe, expect, it } from "vitest";
import { sampleTicket } from "../../../src/cli/tillctl/receipt/sample-ticket.ts";
import type { DeviceState, LineDisplay, POSPrinter, PrintElement } from "../../../src/devices/contract/devices.ts";
import type { Effect } from "../../../src/devices/contract/effect.ts";
import { EffectRunner, type EffectStyle } from "../../../src/devices/supervisor/effect-runner.ts";
import { amountOf } from "../../../src/money/amount.ts";
import { textsOf } from "../../../src/receipt/texts/texts-of.ts";
import { ManualTimers, recordingLogger } from "../../support/manual-runtime.ts";

const ONLINE: DeviceState = { power: "online", conditions: [], detail: null };

const CLOSED: Effect = {
	effect: "DisplayText",
	content: { show: "closed", toPay: amountOf(10_000n), change: amountOf(-40_000n) },
};
const LEFT: Effect = { effect: "DisplayText", content: { show: "left", left: amountOf(5_995n) } };

/** A till whose only device is a display, and what that was told to show. */
const displayTill = (style: Partial<EffectStyle> = {}, deviceColumns = 20) => {
	const shown: (readonly string[])[] = [];
	const timers = new ManualTimers();
	const display: LineDisplay = {
		deviceClass: "LineDisplay",
		id: "display",
		deviceRows: 2,
		deviceColumns,
		open: () => undefined,
		close: () => Promise.resolve(),
		state: () => ONLINE,
		displayText: (rows) => {
			shown.push(rows);
			return Promise.resolve("written");
		},
	};
	const runner = new EffectRunner({
		devices: { printers: [], drawers: [], display, scanners: [], testPaper: () => [] },
		style: {
			texts: textsOf("nb"),
			seller: { name: "Butikken", organisationNumber: "999888777", vatRegistered: true, address: [], footer: [] },
			currency: "NOK",
			receiptColumns: undefined,
			logo: () => null,
			...style,
		},
		timers,
		logger: recordingLogger(),
		onAnswer: () => undefined,
	});
	return { runner, shown, timers };
};

describe("the customer display of a till", () => {
	it("goes from a finished sale to a welcome after 8 s", () => {
		const { runner, shown, timers } = displayTill();
		runner.run([CLOSED]);
		timers.advance(7_999);
		expect(shown).toEqual([["Å betale      100,00", "Tilbake       400,00"]]);
		timers.advance(1);
		expect(shown.at(-1)).toEqual(["Velkommen", ""]);
	});

	it("shows the configured idle text, after the configured time", () => {
		const { runner, shown, timers } = displayTill({ idleText: ["Kiosken", "Åpent til 23"], idleAfterSeconds: 30 });
		runner.run([CLOSED]);
		timers.advance(29_999);
		expect(shown).toHaveLength(1);
		timers.advance(1);
		expect(shown.at(-1)).toEqual(["Kiosken", "Åpent til 23"]);
	});

	it("does not go idle over a sale that has begun meanwhile, nor after its end", () => {
		const { runner, shown, timers } = displayTill();
		runner.run([CLOSED]);
		timers.advance(4_000);
		runner.run([LEFT]);
		timers.advance(60_000);
		expect(shown.at(-1)).toEqual(["Gjenstår       59,95", ""]);
		runner.run([CLOSED]);
		runner.stop();
		expect(timers.names()).toEqual([]);
	});

	it("uses the whole of a wide display", () => {
		const { runner, shown } = displayTill({}, 40);
		runner.run([CLOSED]);
		expect(shown).toEqual([[`Å betale${" ".repeat(26)}100,00`, `Tilbake${" ".repeat(27)}400,00`]]);
	});
});

describe("the paper of a till", () => {
	/** The longest row of a sample receipt on a printer of so many columns. */
	const longestRow = async (recLineChars: number, receiptColumns: number | undefined): Promise<number> => {
		const printed: PrintElement[] = [];
		const printer: POSPrinter = {
			deviceClass: "POSPrinter",
			id: "printer",
			recLineChars,
			open: () => undefined,
			close: () => Promise.resolve(),
			state: () => ONLINE,
			jobs: () => [],
			print: ({ elements }) => {
				printed.push(...elements);
				return Promise.resolve({ outcome: "written", confirmation: "written", detail: null });
			},
		};
		await new Promise<void>((resolve) => {
			const runner = new EffectRunner({
				devices: { printers: [printer], drawers: [], display: undefined, scanners: [], testPaper: () => [] },
				style: {
					texts: textsOf("nb"),
					seller: { name: "Butikken", organisationNumber: "999888777", vatRegistered: true, address: [], footer: [] },
					currency: "NOK",
					receiptColumns,
					logo: () => null,
				},
				timers: new ManualTimers(),
				logger: recordingLogger(),
				onAnswer: () => resolve(),
			});
			const document = sampleTicket({ store: "OSLO1", till: "1", currency: "NOK" });
			const subject = { kind: "ticket", ticketId: "1", receiptNumber: 1, copy: false } as const;
			runner.run([{ effect: "Print", jobId: "1/p", subject, content: { kind: "ticket", document, copy: false } }]);
		});
		const rows = printed.flatMap((line) => (line.kind === "text" ? [[...line.text].length] : []));
		return Math.max(...rows);
	};

	it("is as wide as configured, but no wider than the printer: another one may stand in for the till's own", async () => {
		expect(await longestRow(48, 42)).toBe(42);
		expect(await longestRow(48, undefined)).toBe(48);
		expect(await longestRow(32, 48)).toBe(32);
	});
});
