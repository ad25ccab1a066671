import { existsSync } from "node:fs";
import { expect } from "vitest";
import { verifyJournal } from "../../../src/journal/sqlite/verify-journal.ts";
import type { TillView } from "../../../src/till/view.ts";
import { until } from "../../support/program.ts";
import type { BackOffice } from "./back-office.ts";
import { catalogFile } from "./box-config.ts";
import type { Known } from "./cashier.ts";
import { asked, type TillProcess } from "./till-process.ts";

/** Brings a new till to the point where it sells. */
export const openForBusiness = async (till: TillProcess, directory: string): Promise<void> => {
	if (!existsSync(`${directory}/catalog.csv`))
		await asked(till, { command: "catalogImport", file: catalogFile(directory) });
	const view = (await asked(till, { command: "view" })) as TillView;
	if (view.day === null) await asked(till, { command: "dayOpen" });
};

/** What must hold right after a restart: all that was answered is there, and at most the one act that was under way. */
export const expectNothingLost = async (till: TillProcess, known: Known, where: string): Promise<Known> => {
	const view = (await asked(till, { command: "view" })) as TillView;
	const openLines = view.ticket?.lines.length ?? 0;
	const openTenders = view.ticket?.tenders.length ?? 0;
	const lastReceipt = await lastReceiptOf(till);
	const told = JSON.stringify({ where, known, openLines, openTenders, lastReceipt });
	if (lastReceipt === (known.lastReceipt ?? 0)) {
		// The same ticket: as it was answered, or with the one line or tender that was being recorded.
		expect([known.openLines, known.openLines + 1], told).toContain(openLines);
		expect([known.openTenders, known.openTenders + 1], told).toContain(openTenders);
	} else {
		// The close that was under way had been recorded: one number further, and no open ticket.
		expect(lastReceipt, told).toBe((known.lastReceipt ?? 0) + 1);
		expect(openLines, told).toBe(0);
	}
	return { openLines, openTenders, lastReceipt: lastReceipt === 0 ? undefined : lastReceipt };
};

/** The highest receipt number in the journal, asked number by number: the journal's word, not the counter's. */
const lastReceiptOf = async (till: TillProcess): Promise<number> => {
	let low = 0;
	let high = 1;
	const exists = async (receiptNumber: number): Promise<boolean> =>
		(await till.ask({ command: "ticketShow", receiptNumber })).kind === "ok";
	while (await exists(high)) {
		low = high;
		high *= 2;
	}
	while (high - low > 1) {
		const middle = Math.floor((low + high) / 2);
		if (await exists(middle)) low = middle;
		else high = middle;
	}
	return low;
};

/** Ends the day and shows that journal and both ERPs agree, to the øre, with no number twice or missing. */
export const expectBooksRight = async (till: TillProcess, office: BackOffice, directory: string): Promise<void> => {
	const view = (await asked(till, { command: "view" })) as TillView;
	if (view.ticket !== null) await asked(till, { command: "tender", tenderType: "visa" });
	if (view.day !== null) await asked(till, { command: "dayClose" });
	const last = await lastReceiptOf(till);
	expect(last).toBeGreaterThan(0);
	const verified = verifyJournal(`${directory}/journal`);
	expect(verified.findings).toEqual([]);
	await until("the day to be booked in both ERPs", () =>
		office
			.relay()
			.reconciliations()
			.some((row) => row.evidence.m3 === "booked" && row.evidence.powerOffice === "booked"),
	);
	const rows = office.relay().reconciliations();
	expect(rows.map((row) => ({ equal: row.equal, findings: row.findings }))).toEqual([{ equal: true, findings: [] }]);
	const receipts = new Set(
		(await office.m3Books.read("OPSALE")).map((row) => Number.parseInt((row["OPORNO"] ?? "").slice(-6), 10)),
	);
	expect([...receipts].sort((a, b) => a - b)).toEqual(Array.from({ length: last }, (_, index) => index + 1));
	const lines = (await office.m3Books.read("OPSALE")).map(
		(row) => `${row["OPORNO"]}/${row["OPDLIX"]}/${row["OPPONR"]}`,
	);
	expect(new Set(lines).size).toBe(lines.length);
};
