import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished } from "vitest";
import { stringify } from "yaml";
import { M3Books, PowerOfficeBooks } from "../../scripts/shop/books.ts";
import { M3_MASTER_DATA, POWER_OFFICE_CLIENT } from "../../scripts/shop/shop-data.ts";
import { relayConfig } from "../../scripts/shop/shop-files.ts";
import { tillRelay } from "../../src/cli/relay/program.ts";
import type { RelayConfig } from "../../src/config/schema/relay-config.ts";
import { decimalText, parseDecimal } from "../../src/money/decimal.ts";
import { callControl } from "../../src/operator/control/client.ts";
import type { Reconciliation } from "../../src/relay/reconciliation/reconciliation.ts";
import { reconciliationFromJson } from "../../src/relay/reconciliation/reconciliation-schema.ts";
import type { RelayStatus } from "../../src/relay/relay-status.ts";
import { type M3Sandbox, startM3Sandbox } from "../../src/sandbox/m3/m3-sandbox.ts";
import { startPowerOfficeSandbox } from "../../src/sandbox/power-office/sandbox.ts";
import { collecting, type Told } from "../cli/support/commander.ts";
import type { OnEnd } from "./closings.ts";
import { type RunningProgram, startProgram, until } from "./program.ts";

/** A line of a voucher in PowerOffice: account, VAT code, amount; debit positive. */
export type VoucherLine = readonly [account: string, vatCode: string, amount: string];

/** Head office with both ERPs: the relay is a process that a test starts, kills and configures anew. */
export interface HeadOffice {
	readonly configFile: string;
	readonly m3: M3Sandbox;
	readonly m3Books: M3Books;
	/** Writes the relay's settings anew; they count from its next start. */
	configure(change: (config: RelayConfig) => object): void;
	startRelay(): Promise<void>;
	/** Ends it as systemd does; answers its exit code. */
	stopRelay(): Promise<number | null>;
	killRelay(): Promise<void>;
	/** A command of `till-relay`, in words. */
	says(...args: readonly string[]): Promise<Told>;
	/** A command of `till-relay`, in JSON. */
	asks(...args: readonly string[]): Promise<{ readonly code: number; readonly answer: unknown }>;
	status(): Promise<RelayStatus>;
	reconciliations(): Promise<Reconciliation[]>;
	/** Receipt numbers of a till's tickets in M3, in order. Fails when a row stands there twice. */
	receiptsInM3(till: string): Promise<number[]>;
	/** The lines of every voucher in PowerOffice, in order of account, by till and Z ("1/1"). */
	vouchers(): Promise<ReadonlyMap<string, readonly VoucherLine[]>>;
	/** Waits until these tills' days ("1/1": till and Z) are booked in both ERPs, and shows that all figures are equal. */
	expectBooked(...days: readonly string[]): Promise<void>;
}

/** Time after which a round goes to M3, in milliseconds: a test does not wait for more tickets. */
const ROUND_INTERVAL_MS = 100;

/** Opens head office under a directory, the relay not started. Calls are not limited in number. */
export const headOffice = async (
	directory: string,
	brokerUrl: string,
	onEnd: OnEnd = onTestFinished,
): Promise<HeadOffice> => {
	const m3 = await startM3Sandbox({ masterData: M3_MASTER_DATA });
	onEnd(() => m3.close());
	const powerOffice = await startPowerOfficeSandbox({
		clients: [POWER_OFFICE_CLIENT],
		switches: { callsPerSecond: null },
	});
	onEnd(() => powerOffice.close());
	const m3Books = new M3Books(m3);
	const powerOfficeBooks = new PowerOfficeBooks(powerOffice, POWER_OFFICE_CLIENT.clientKey);
	const shop = relayConfig(directory, brokerUrl, m3.ionapi, powerOffice, POWER_OFFICE_CLIENT.clientKey);
	const config: RelayConfig = {
		...shop,
		...(shop.m3 === undefined
			? {}
			: { m3: { ...shop.m3, round: { ticketCountMax: 30, intervalMs: ROUND_INTERVAL_MS } } }),
		log: { level: "warn" },
	};
	const configFile = join(directory, "relay.yaml");
	writeFileSync(configFile, stringify(config));
	let relay: RunningProgram | undefined;
	const running = (): RunningProgram => {
		if (relay === undefined) throw new Error("the relay was not started");
		return relay;
	};
	const says = (...args: readonly string[]): Promise<Told> =>
		collecting((streams) => tillRelay(["--config", configFile, ...args], streams));
	const asks: HeadOffice["asks"] = async (...args) => {
		const { code, out } = await says("--json", ...args);
		return { code, answer: JSON.parse(out) as unknown };
	};
	const reconciliations = async (): Promise<Reconciliation[]> =>
		((await asks("reconciliation")).answer as unknown[]).map(reconciliationFromJson);
	return {
		configFile,
		m3,
		m3Books,
		configure: (change) => writeFileSync(configFile, stringify(change(config))),
		startRelay: async () => {
			const started = startProgram("src/cli/till-relay.ts", ["--config", configFile], { onEnd });
			relay = started;
			await until(
				() => `the relay; it wrote: ${started.log()}`,
				async () => {
					if (!started.isRunning()) throw new Error(`the relay did not start: ${started.log()}`);
					return await callControl(config.controlSocket, { command: "status" }).then(
						() => true,
						() => false,
					);
				},
			);
		},
		stopRelay: async () => (await running().end("SIGTERM")).code,
		killRelay: async () => {
			await running().end("SIGKILL");
		},
		says,
		asks,
		status: async () => (await asks("status")).answer as RelayStatus,
		reconciliations,
		receiptsInM3: async (till) => {
			const rows = (await m3Books.read("OPSALE")).filter((row) => (row["OPORNO"] ?? "").slice(0, -6) === till);
			const keys = rows.map((row) => `${row["OPORNO"]}/${row["OPDLIX"]}/${row["OPPONR"]}`);
			expect(keys).toEqual([...new Set(keys)]);
			const receipts = rows.map((row) => Number.parseInt((row["OPORNO"] ?? "").slice(-6), 10));
			return [...new Set(receipts)].sort((a, b) => a - b);
		},
		vouchers: async () => {
			const accounts = await powerOfficeBooks.accounts();
			const vatCodes = await powerOfficeBooks.vatCodes();
			const rows = await powerOfficeBooks.transactions("2000-01-01", "2099-12-31");
			const vouchers = new Map<string, readonly VoucherLine[]>();
			for (const id of new Set(rows.map((row) => String(row["VoucherId"])))) {
				const voucher = await powerOfficeBooks.voucher(id);
				const [, till = "", z = ""] = /^[A-Z0-9]+-([A-Z0-9]+)-Z([0-9]+)$/.exec(voucher.SaftBatchId ?? "") ?? [];
				const day = `${till}/${z}`;
				if (vouchers.has(day)) throw new Error(`two vouchers of ${day}`);
				vouchers.set(
					day,
					voucher.VoucherLines.map(
						(line): VoucherLine => [
							accounts.get(line.AccountId.source)?.accountNo ?? "",
							vatCodes.get(line.VatId.source) ?? "",
							decimalText(parseDecimal(line.CurrencyAmount.source, 2) ?? 0n, 2),
						],
					).toSorted(([a], [b]) => a.localeCompare(b)),
				);
			}
			return vouchers;
		},
		expectBooked: async (...days) => {
			let last: Reconciliation[] = [];
			await until(
				() =>
					`${days.join(", ")} to be booked; there is ${JSON.stringify(last, (_key, value: unknown) => (typeof value === "bigint" ? value.toString() : value))}; the relay wrote ${relay?.log() ?? "nothing"}`,
				async () => {
					last = await reconciliations();
					return days.every((day) =>
						last.some(
							({ till, z, evidence }) =>
								`${till}/${z}` === day && evidence.m3 === "booked" && evidence.powerOffice === "booked",
						),
					);
				},
			);
			const found = last.filter(({ till, z }) => days.includes(`${till}/${z}`));
			expect(
				found
					.map(({ till, z, equal, findings }) => ({ day: `${till}/${z}`, equal, findings }))
					.toSorted((a, b) => a.day.localeCompare(b.day)),
			).toEqual(days.toSorted().map((day) => ({ day, equal: true, findings: [] })));
		},
	};
};
