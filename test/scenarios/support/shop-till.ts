import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { CATALOG_CSV } from "../../../scripts/shop/shop-data.ts";
import { statusText } from "../../../src/cli/tillctl/render.ts";
import type { Status } from "../../../src/feed/schema/control.ts";
import type { ControlCall } from "../../../src/operator/control/request.ts";
import type { TillView } from "../../../src/till/view.ts";
import { asked, startTillProcess, type TillProcess } from "../../faults/support/till-process.ts";
import { type BoxPlan, boxOf } from "../../support/box.ts";
import type { PaperPrinter } from "../../support/paper-printer.ts";
import { until } from "../../support/program.ts";

/** The items of the shop, by the bar codes on them. */
export const ITEM_A = "7038010001659";
export const DINNER = "7038010000010";
export const TAKE_AWAY = "7038010000027";
export const BEER = "7038010000034";
export const SODA = "7038010000041";

/** What a till of a scenario is. */
export interface ShopTillPlan extends Omit<BoxPlan, "printer"> {
	readonly directory: string;
	readonly brokerUrl: string;
	/** Till 1 unless told otherwise. */
	readonly name?: string;
	readonly printer?: PaperPrinter;
}

/**
 * A till as the people of a shop use it: a `tilld` of its own, asked over its control socket. Every act fails when the till
 * refuses it; `refuses` is for what it must refuse.
 */
export interface ShopTill {
	readonly directory: string;
	readonly socket: string;
	scan(code: string, quantity?: string): Promise<void>;
	/** What is left to pay, as the cashier reads it. */
	expectTotal(amount: string): Promise<void>;
	/** Takes a tender; without an amount all that is left. */
	pay(tenderType: string, amount?: string): Promise<void>;
	/** What goes back of the ticket that was closed last. */
	expectChange(amount: string): Promise<void>;
	/** Scans, takes all that is left, and answers the receipt's number. */
	sell(codes: readonly string[], tenderType: string): Promise<number>;
	openDay(businessDate: string): Promise<void>;
	closeDay(): Promise<void>;
	importCatalog(csv: string, effectiveFromUtcMs?: number): Promise<void>;
	/** These lines are on one paper, in this order; others may stand between them. */
	expectPaper(...lines: readonly string[]): Promise<void>;
	refuses(request: ControlCall, code: string): Promise<void>;
	view(): Promise<TillView>;
	status(): Promise<Status>;
	/** What `tillctl status` shows. */
	statusWords(): Promise<string>;
	/** Waits until the relay has accepted everything. */
	expectDelivered(): Promise<void>;
	/** Ends its process as a power cut does, or as systemd does; and starts it again on the same journal. */
	kill(): Promise<void>;
	stop(): Promise<void>;
	start(): Promise<void>;
}

type StatusAnswer = Parameters<typeof statusText>[0];

/** The items of the shop, or a part of them, with other prices. */
export const catalogWith = (prices: Readonly<Record<string, string>>): string =>
	CATALOG_CSV.split("\n")
		.map((row) => {
			const [itemId = "", ...rest] = row.split(",");
			const price = prices[itemId];
			return price === undefined ? row : [itemId, rest[0], rest[1], price, ...rest.slice(3)].join(",");
		})
		.join("\n");

/** Starts a till with the shop's items, its day not yet open. */
export const shopTill = async (plan: ShopTillPlan): Promise<ShopTill> => {
	const { name = "1", brokerUrl, printer } = plan;
	const directory = join(plan.directory, `till-${name}`);
	mkdirSync(directory, { recursive: true });
	const config = {
		...boxOf(directory, brokerUrl, {
			...plan,
			...(printer === undefined ? {} : { printer: { port: printer.port } }),
			more: { till: name, log: { level: "warn" }, ...plan.more },
		}),
	};
	let process: TillProcess | undefined;
	const running = (): TillProcess => {
		if (process === undefined) throw new Error(`till ${name} was not started`);
		return process;
	};
	const ask = async <T = TillView>(request: ControlCall): Promise<T> => (await asked(running(), request)) as T;
	const start = async (): Promise<void> => {
		process = await startTillProcess({ directory, config });
	};
	let catalogs = 0;
	const importCatalog: ShopTill["importCatalog"] = async (csv, effectiveFromUtcMs) => {
		catalogs += 1;
		const file = join(directory, `catalog-${catalogs}.csv`);
		writeFileSync(file, csv);
		await ask({
			command: "catalogImport",
			file,
			...(effectiveFromUtcMs === undefined ? {} : { effectiveFromUtcMs }),
		});
	};
	const scan: ShopTill["scan"] = async (code, quantity) => {
		await ask({ command: "scan", code, ...(quantity === undefined ? {} : { quantity }) });
	};
	const pay: ShopTill["pay"] = async (tenderType, amount) => {
		await ask({ command: "tender", tenderType, ...(amount === undefined ? {} : { amount }) });
	};
	const view = (): Promise<TillView> => ask({ command: "view" });
	const status = async (): Promise<Status> => (await ask<StatusAnswer>({ command: "status" })).status;
	await start();
	await importCatalog(CATALOG_CSV);
	return {
		directory,
		socket: config.controlSocket,
		scan,
		expectTotal: async (amount) => expect((await view()).ticket?.left).toBe(amount),
		pay,
		expectChange: async (amount) => {
			const { ticket, lastTicket } = await view();
			expect({ openTicket: ticket, change: lastTicket?.change }).toEqual({ openTicket: null, change: amount });
		},
		sell: async (codes, tenderType) => {
			for (const code of codes) await scan(code);
			await pay(tenderType);
			return (await view()).lastTicket?.receiptNumber ?? 0;
		},
		openDay: async (businessDate) => {
			await ask({ command: "dayOpen", businessDate });
		},
		closeDay: async () => {
			await ask({ command: "dayClose" });
		},
		importCatalog,
		expectPaper: async (first = "", ...lines) => {
			if (printer === undefined) throw new Error(`till ${name} has no printer`);
			const paper = await printer.paperWith(first);
			let from = paper.indexOf(first);
			for (const line of lines) {
				const at = paper.indexOf(line, from + 1);
				expect(at, `"${line}" behind "${paper[from]}" on:\n${paper.join("\n")}`).toBeGreaterThan(from);
				from = at;
			}
		},
		refuses: async (request, code) => expect(await running().ask(request)).toMatchObject({ kind: "refused", code }),
		view,
		status,
		statusWords: async () => statusText(await ask<StatusAnswer>({ command: "status" })),
		expectDelivered: () =>
			until(`till ${name} to be told that all is accepted`, async () => (await status()).backlog === 0),
		kill: () => running().kill(),
		stop: () => running().stop(),
		start,
	};
};
