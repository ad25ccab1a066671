import { Decimal } from "decimal.js";
import { expect } from "vitest";
import type { TillView } from "../../../src/till/view.ts";
import { until } from "../../support/program.ts";
import type { BackOffice } from "./back-office.ts";
import { asked, type TillProcess } from "./till-process.ts";

/** What a dinner of the shop costs in kroner: no øre, so that cash is never rounded. */
const DINNER = 125;

/** A ticket that was answered to the cashier: so many dinners, a number that no other ticket of the test has. */
export interface Sale {
	readonly dinners: number;
	readonly receiptNumber: number;
}

/** Everything that was sold in a test, whatever box and journal it was sold on: what the books must hold, each once. */
export interface Sales {
	readonly all: Sale[];
	/** Begins a ticket; answers how it is paid in cash. */
	begin(till: TillProcess): Promise<() => Promise<Sale>>;
	/** Sells a ticket for cash. */
	sell(till: TillProcess): Promise<Sale>;
	sellMany(till: TillProcess, count: number): Promise<Sale[]>;
}

/** Nothing sold yet; the first ticket will be of so many dinners, each one after it of one more. */
export const noSales = (dinnersFirst = 1): Sales => {
	const all: Sale[] = [];
	const begin = async (till: TillProcess): Promise<() => Promise<Sale>> => {
		const dinners = dinnersFirst + all.length;
		await asked(till, { command: "scan", code: "FOOD", quantity: String(dinners) });
		return async () => {
			const view = (await asked(till, { command: "tender", tenderType: "cash" })) as TillView;
			const sale = { dinners, receiptNumber: view.lastTicket?.receiptNumber ?? 0 };
			all.push(sale);
			return sale;
		};
	};
	const sell = async (till: TillProcess): Promise<Sale> => (await begin(till))();
	return {
		all,
		begin,
		sell,
		sellMany: async (till, count) => {
			const sold: Sale[] = [];
			for (let i = 0; i < count; i += 1) sold.push(await sell(till));
			return sold;
		},
	};
};

/** The dinners of each ticket line that M3 holds, sorted: one entry a ticket. */
const dinnersInM3 = (office: BackOffice): number[] =>
	office.m3
		.rows("OPSALE")
		.filter((row) => row["OPITNO"] === "FOOD")
		.map((row) => new Decimal(row["OPIVQA"] ?? "").toNumber())
		.sort((a, b) => a - b);

/** The cash in PowerOffice's books, reversed vouchers left out. */
const cashInPowerOffice = async (office: BackOffice): Promise<number> => {
	const rows = await office.powerOfficeBooks.transactions("2000-01-01", "2099-12-31");
	return rows
		.filter((row) => row["IsReversed"] === false && exact(row["AccountNo"]) === "1901")
		.reduce((total, row) => total.plus(exact(row["Amount"])), new Decimal(0))
		.toNumber();
};

const exact = (value: unknown): string =>
	typeof value === "object" && value !== null && "source" in value ? String(value.source) : String(value);

/** Waits until a relay has accepted all that the till has made. */
export const untilAccepted = async (till: TillProcess): Promise<void> =>
	until("everything to be accepted", async () => (await statusOf(till)).backlog === 0);

/** What the till says of itself. */
export const statusOf = async (
	till: TillProcess,
): Promise<{ journalId: string; backlog: number; feedSeq: number; businessDate: string | null }> => {
	const { status } = (await asked(till, { command: "status" })) as {
		status: { journalId: string; backlog: number; feedSeq: number; businessDate: string | null };
	};
	return status;
};

/** What must hold of the books when all is done. */
export interface ExpectedBooks {
	/** Days that are closed, each with its reconciliation. */
	readonly days: number;
	readonly evidence?: "booked" | "acknowledged";
}

/**
 * Waits until every day is compared and equal, and shows that both ERPs hold every ticket that was sold once, and nothing
 * else; in M3 under keys that are no other's.
 */
export const expectBooks = async (office: BackOffice, sales: Sales, expected: ExpectedBooks): Promise<void> => {
	const { days, evidence = "booked" } = expected;
	const rows = () => office.relay().reconciliations();
	await until("every day to be equal in the books", () => {
		const done = rows().filter((row) => row.equal && row.evidence.m3 === evidence);
		const tickets = done.reduce((count, row) => count + row.counts.tickets.feed, 0);
		return (
			done.length === days && tickets === sales.all.length && done.every((row) => row.evidence.powerOffice === "booked")
		);
	}).catch((thrown: unknown) => {
		throw new Error(`${thrown}: ${describe(office)}`);
	});
	expect(dinnersInM3(office)).toEqual(sales.all.map((sale) => sale.dinners).toSorted((a, b) => a - b));
	const keys = office.m3.rows("OPSALE").map((row) => `${row["OPORNO"]}/${row["OPDLIX"]}/${row["OPPONR"]}`);
	expect(new Set(keys).size).toBe(keys.length);
	const dinners = sales.all.reduce((total, sale) => total + sale.dinners, 0);
	expect(await cashInPowerOffice(office)).toBe(dinners * DINNER);
};

const describe = (office: BackOffice): string =>
	JSON.stringify(
		{
			rows: office.relay().reconciliations(),
			status: office.relay().status(),
		},
		(_, value: unknown) => (typeof value === "bigint" ? value.toString() : value),
		1,
	);
