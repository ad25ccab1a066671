import { describe, expect, it } from "vitest";
import { technicianAt } from "../cli/support/commander.ts";
import { type PaperPrinter, paperPrinter } from "../support/paper-printer.ts";
import { until } from "../support/program.ts";
import { tempDir } from "../support/temp-dir.ts";
import { BEER, type ShopTill, SODA, shopTill } from "./support/shop-till.ts";

const NO_BROKER = "mqtt://127.0.0.1:1";

interface DrawerRecord {
	readonly type: string;
	readonly cause?: { readonly jobId: string } | null;
	readonly seen?: string;
	readonly reason?: string;
}

/** A till whose drawer says when it is open, and may stand open for a second. */
const shop = async () => {
	const printer = await paperPrinter();
	const till = await shopTill({
		directory: tempDir(),
		brokerUrl: NO_BROKER,
		printer,
		drawer: { openWhen: "high", openTooLongSeconds: 1 },
	});
	await till.openDay("2026-11-20");
	const technician = technicianAt(till.socket);
	// An opening before the switch was first read would be one that nobody watched.
	await until("the drawer's switch being read", async () =>
		JSON.stringify((await technician.asks("status")).answer).includes('"DrawerClosed"'),
	);
	return { printer, till, technician, ...journalOf(till) };
};

/** What the journal says of the drawer's openings and closings. */
const journalOf = (till: ShopTill) => {
	const records = async (): Promise<DrawerRecord[]> => {
		const types = ["DrawerOpened", "DrawerClosed", "DrawerOpenTooLong"].flatMap((type) => ["--type", type]);
		const { answer } = await technicianAt(till.socket).asks("journal", "show", "--from", "1", ...types);
		return (answer["records"] as { event: DrawerRecord }[]).map(({ event }) => event);
	};
	/** Waits until there are so many; answers the last. */
	const record = async (count: number): Promise<DrawerRecord | undefined> => {
		await until(`record ${count} of the drawer`, async () => (await records()).length >= count);
		return (await records())[count - 1];
	};
	return { records, record };
};

/** The cashier takes the money and shuts the drawer. */
const slides = async (printer: PaperPrinter, pulses: number): Promise<void> => {
	await until("the pulse", () => printer.pulseCount() === pulses);
	printer.set({ drawerOpen: true });
};

describe("the drawer", () => {
	it("is opened by a sale, by its key and to change money: each opening stands in the journal with its cause", async () => {
		const { printer, till, technician, record } = await shop();
		await till.sell([BEER], "cash");
		await slides(printer, 1);
		expect(await record(1)).toMatchObject({ type: "DrawerOpened", seen: "change" });
		expect((await record(1))?.cause?.jobId).toMatch(/-1\/d$/);
		printer.set({ drawerOpen: false });
		expect(await record(2)).toMatchObject({ type: "DrawerClosed" });

		printer.set({ drawerOpen: true });
		expect(await record(3)).toMatchObject({ type: "DrawerOpened", cause: null, seen: "change" });
		printer.set({ drawerOpen: false });
		await record(4);

		expect((await technician.says("drawer", "open", "change")).code).toBe(0);
		await slides(printer, 2);
		expect((await record(5))?.cause?.jobId).toMatch(/\/n[0-9]+$/);
		const { answer } = await technician.asks("journal", "show", "--from", "1", "--type", "DrawerOpenStarted");
		expect(JSON.stringify(answer)).toContain('"cause":"noSale","ticketId":null,"reason":"change"');
		expect((await technician.says("drawer", "open", "no-reason")).code).toBe(2);
		expect((await technician.says("drawer", "open", "other", "--drawer", "nobody's")).err).toContain("TILL-0434");
	});

	it("is left open: once an event, a warning until it is shut, and selling goes on", async () => {
		const { printer, till, technician, record, records } = await shop();
		printer.set({ drawerOpen: true });
		expect(await record(2)).toMatchObject({ type: "DrawerOpenTooLong" });
		expect((await till.status()).warnings).toContain("CashDrawer.OpenTooLong");
		expect((await technician.says("view")).out).toContain("! The cash drawer has been open for a long time.");
		await till.sell([SODA], "visa");
		// The box is switched off with the drawer open: it is still the same opening.
		await till.kill();
		await till.start();
		await until("the warning after the start", async () =>
			(await till.status()).warnings.includes("CashDrawer.OpenTooLong"),
		);
		expect((await records()).map(({ type }) => type)).toEqual(["DrawerOpened", "DrawerOpenTooLong"]);
		printer.set({ drawerOpen: false });
		expect(await record(3)).toMatchObject({ type: "DrawerClosed" });
		await until("no warning", async () => !(await till.status()).warnings.includes("CashDrawer.OpenTooLong"));
	});

	it("is opened while its printer is away: found open afterwards, and recorded as that", async () => {
		const { printer, till, record } = await shop();
		const takeCash = async () => (await till.status()).readiness?.takeCash;
		await until("the drawer", async () => (await takeCash())?.able === true);
		await printer.unplug();
		await until(
			"the drawer to be missed",
			async () => (await takeCash())?.codes.includes("CashDrawer.Offline") === true,
		);
		printer.set({ drawerOpen: true });
		await printer.plug();
		expect(await record(1)).toMatchObject({ type: "DrawerOpened", cause: null, seen: "afterGap" });
		expect(await takeCash()).toEqual({ able: true, codes: [] });
	});
});
