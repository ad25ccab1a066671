import { join } from "node:path";
import { Decimal } from "decimal.js";
import { onTestFinished } from "vitest";
import { openAlarmBook } from "../../../../src/relay/alarm/alarm-book.ts";
import { openIntake } from "../../../../src/relay/intake/intake.ts";
import { type Ledger, openLedger } from "../../../../src/relay/ledger/ledger.ts";
import { restoreLedger } from "../../../../src/relay/ledger/restore.ts";
import { tokenSource } from "../../../../src/relay/power-office/access-token.ts";
import { powerOfficeClient } from "../../../../src/relay/power-office/client.ts";
import { openPowerOfficeDelivery, type PowerOfficeDelivery } from "../../../../src/relay/power-office/delivery.ts";
import { deliveriesOf, nextDueUtcMs } from "../../../../src/relay/power-office/delivery-store.ts";
import { goClient } from "../../../../src/relay/power-office/go-client.ts";
import { type HttpExchange, httpExchange } from "../../../../src/relay/power-office/http-exchange.ts";
import { callTurns, rateLimit } from "../../../../src/relay/power-office/rate-limit.ts";
import { POWER_OFFICE_STEPS } from "../../../../src/relay/power-office/tables.ts";
import { createTimers } from "../../../../src/runtime/node/timers.ts";
import { powerOfficeClient as clientSpec } from "../../../../src/sandbox/power-office/default-client.ts";
import {
	type PowerOfficeSandbox,
	type PowerOfficeSandboxOptions,
	startPowerOfficeSandbox,
} from "../../../../src/sandbox/power-office/sandbox.ts";
import { type ManualClock, manualClock, recordingLogger, seededEntropy } from "../../../support/manual-runtime.ts";
import { tempDir } from "../../../support/temp-dir.ts";
import { type Sent, TestTill } from "../../support/test-till.ts";
import { mappingOf } from "./mapping.ts";
import { type DaySpec, dayOf, type TicketSpec } from "./tickets.ts";

/** One life of the relay's PowerOffice delivery: closed and opened again it is a restart on the same ledger. */
export interface Life {
	readonly ledger: Ledger;
	readonly delivery: PowerOfficeDelivery;
	/** Open alarms as "CODE subject". */
	alarms(): string[];
	/** The state of a Z's last revision. */
	state(z?: number, store?: string): string;
	/** Reasons of a Z's last revision as "CODE detail". */
	reasons(z?: number): string[];
	close(): void;
}

/** A sandbox, a clock that both sides share, and a ledger file that outlives its relays. */
export interface Rig {
	readonly sandbox: PowerOfficeSandbox;
	readonly clock: ManualClock;
	/** Opens the relay on the ledger; `exchange` may stand between it and the sandbox. */
	open(mapping?: unknown, wrap?: (exchange: HttpExchange) => HttpExchange): Life;
	/** Opens the relay on another ledger file: the first one is lost. */
	openAnew(): Life;
	/** Opens the relay on an old copy of the ledger, in a new term. */
	openRestored(path: string): Life;
	/** Takes in messages as they are. */
	take(life: Life, messages: readonly Sent[]): void;
	/** Takes in a day of a till: its tickets and its Z. */
	feed(life: Life, specs: readonly TicketSpec[], day?: DaySpec): void;
	/** The same, from the first message of the till on, as after the loss of a ledger. */
	feedAgain(life: Life, specs: readonly TicketSpec[], day?: DaySpec): void;
	/** What is open in the customer ledger. */
	openItems(): Promise<unknown[]>;
	/** Somebody else with the same keys reverses the last voucher. */
	reverseByHand(): Promise<void>;
	/** The vouchers that stand in the books, read by other code than the relay's. */
	standing(): Promise<StandingVoucher[]>;
}

/** A voucher in the books: gross per account and VAT code as decimal text, VAT transactions under their own account. */
export interface StandingVoucher {
	readonly voucherNo: string;
	readonly lines: Readonly<Record<string, string>>;
}

const TIMEOUT_MS = 2_000;
/** Companies of the mapping, in the order of the sandbox's clients. */
const COMPANIES = ["restaurant", "second"];

/** Starts a rig; everything ends with the running test. */
export const startRig = async (options: PowerOfficeSandboxOptions = {}): Promise<Rig> => {
	const clock = manualClock();
	const nowMs = () => clock.stamp().utcMs;
	// Ids beyond 2^53 show at once where a number became floating point.
	const clients = [clientSpec({ idBase: 9_007_199_254_740_993n })];
	const sandbox = await startPowerOfficeSandbox({ clients, clock: { nowMs }, ...options });
	onTestFinished(() => sandbox.close());
	const firstPath = join(tempDir(), "relay.sqlite");
	const tills = new Map<string, TestTill>();

	const openOn = (path: string, mapping: unknown, wrap: (exchange: HttpExchange) => HttpExchange): Life => {
		const ledger = openLedger(path, seededEntropy());
		let isOpen = true;
		const close = (): void => {
			if (isOpen) ledger.close();
			isOpen = false;
		};
		onTestFinished(close);
		const alarms = openAlarmBook(ledger, recordingLogger());
		openIntake(ledger, alarms, clock);
		ledger.migrate("power-office", POWER_OFFICE_STEPS);
		const exchange = wrap(httpExchange(createTimers(), TIMEOUT_MS));
		const sleep = (ms: number) => Promise.resolve(clock.advance(ms));
		const turns = callTurns(rateLimit(ledger, sandbox.subscriptionKey, 10), clock, sleep);
		const { applicationKey, subscriptionKey, tokenUrl, url: baseUrl } = sandbox;
		const goClients = sandbox.clients.map(({ clientKey }) => {
			const keys = { applicationKey, subscriptionKey, clientKey };
			const tokens = tokenSource(keys, tokenUrl, exchange, turns, clock);
			return goClient(powerOfficeClient({ baseUrl, subscriptionKey, tokens, exchange, turns }));
		});
		const delivery = openPowerOfficeDelivery({
			ledger,
			settings: { mapping: mappingOf(mapping), saftSourceId: null },
			clients: new Map(goClients.map((client, index) => [COMPANIES[index] ?? "", client])),
			clock,
			alarms,
			log: recordingLogger(),
		});
		const last = (z: number, store: string) => deliveriesOf(ledger, { store, till: "1", z })[0]?.delivery;
		return {
			ledger,
			delivery,
			alarms: () => alarms.open().map(({ code, subject }) => `${code} ${subject}`),
			state: (z = 1042, store = "0001") => last(z, store)?.state.name ?? "unknown",
			reasons: (z = 1042) => (last(z, "0001")?.reasons ?? []).map(({ code, detail }) => `${code} ${detail}`),
			close,
		};
	};

	const take: Rig["take"] = (life, messages) => {
		const intake = openIntake(life.ledger, openAlarmBook(life.ledger, recordingLogger()), clock);
		for (const { topic, bytes } of messages) {
			const { outcome } = intake.take(topic, bytes);
			if (outcome !== "stored") throw new Error(`a message was not stored: ${outcome}`);
		}
	};

	const feed: Rig["feed"] = (life, specs, day = {}) => {
		const store = day.store ?? "0001";
		const till = tills.get(store) ?? new TestTill(tills.size + 1, store, "1");
		tills.set(store, till);
		const { tickets } = dayOf(specs, day);
		const messages = tickets.map((ticket) =>
			till.send(ticket.training ? "training" : "ticket", ticket.businessDate, ticket),
		);
		const { report } = dayOf(specs, day, messages[0]?.feedSeq);
		take(life, [...messages, till.send("report", report.businessDate, report)]);
	};

	return {
		sandbox,
		clock,
		open: (mapping, wrap = (same) => same) => openOn(firstPath, mapping, wrap),
		openRestored: (path) => {
			restoreLedger(path, seededEntropy());
			return openOn(path, undefined, (same) => same);
		},
		openAnew: () => openOn(join(tempDir(), "relay.sqlite"), undefined, (same) => same),
		take,
		feed,
		feedAgain: (life, specs, day) => {
			tills.clear();
			feed(life, specs, day);
		},
		openItems: async () => {
			const headers = await signIn(sandbox);
			const answer = await fetch(`${sandbox.url}/Customerledger/OpenItems?date=2099-12-31`, { headers });
			return answer.status === 204 ? [] : ((await answer.json()) as unknown[]);
		},
		standing: () => readBooks(sandbox, clock),
		reverseByHand: async () => {
			const rows = await readRows(sandbox, clock);
			const voucherId = rows.at(-1)?.VoucherId;
			const headers = await signIn(sandbox);
			const answer = await fetch(`${sandbox.url}/Vouchers/Reverse/${voucherId}`, { method: "POST", headers });
			if (!answer.ok) throw new Error(`no reversal: ${answer.status}`);
			clock.advance(10_000);
		},
	};
};

/** How many steps a delivery may take before the test calls it stuck. */
const STEPS_MAX = 400;
const REST = new Set(["held", "booked", "reversed", "nothing"]);

/** Steps until every Z rests, moving the clock to what is due next. `until` ends it earlier. */
export const runToRest = async (rig: Rig, life: Life, until: () => boolean = () => false): Promise<void> => {
	for (let step = 0; step < STEPS_MAX; step += 1) {
		if (until()) return;
		if (await life.delivery.step()) continue;
		const { states } = life.delivery.summary();
		const nextUtcMs = nextDueUtcMs(life.ledger);
		if (nextUtcMs === undefined || Object.keys(states).every((state) => REST.has(state))) return;
		rig.clock.advance(Math.max(1, nextUtcMs - rig.clock.stamp().utcMs));
	}
	throw new Error(`not at rest: ${JSON.stringify(life.delivery.summary())}`);
};

interface Row {
	readonly VoucherId: string;
	readonly VoucherNo: number;
	readonly AccountNo: number;
	readonly CustomerAccountNo: number | null;
	readonly VatCode: string;
	readonly Amount: number;
	readonly VatAmount: number;
	readonly IsReversed: boolean;
	readonly VoucherType: string;
}

const signIn = async (sandbox: PowerOfficeSandbox): Promise<Record<string, string>> => {
	const basic = Buffer.from(`${sandbox.applicationKey}:${sandbox.clients[0]?.clientKey}`).toString("base64");
	const key = { "Ocp-Apim-Subscription-Key": sandbox.subscriptionKey };
	const token = await fetch(sandbox.tokenUrl, {
		method: "POST",
		headers: { ...key, authorization: `Basic ${basic}`, "content-type": "application/x-www-form-urlencoded" },
		body: "grant_type=client_credentials",
	});
	const { access_token } = (await token.json()) as { access_token: string };
	return { ...key, authorization: `Bearer ${access_token}` };
};

const readRows = async (sandbox: PowerOfficeSandbox, clock: ManualClock): Promise<Row[]> => {
	sandbox.clearFaults();
	sandbox.setSwitches({ readLag: {} });
	clock.advance(10_000);
	const headers = await signIn(sandbox);
	const answer = await fetch(`${sandbox.url}/AccountTransactions?fromDate=2000-01-01&toDate=2099-12-31`, { headers });
	return answer.status === 204 ? [] : ((await answer.json()) as Row[]);
};

const readBooks = async (sandbox: PowerOfficeSandbox, clock: ManualClock): Promise<StandingVoucher[]> => {
	const rows = await readRows(sandbox, clock);
	const vouchers = new Map<string, Record<string, Decimal>>();
	for (const row of rows.filter((one) => !one.IsReversed && one.VoucherType === "CashJournal")) {
		const lines = vouchers.get(String(row.VoucherNo)) ?? {};
		vouchers.set(String(row.VoucherNo), lines);
		const name = `${row.CustomerAccountNo ?? row.AccountNo}/${row.VatCode}`;
		lines[name] = (lines[name] ?? new Decimal(0)).plus(row.Amount).plus(row.VatAmount);
	}
	return [...vouchers].map(([voucherNo, lines]) => ({
		voucherNo,
		lines: Object.fromEntries(Object.entries(lines).map(([name, amount]) => [name, amount.toFixed(2)])),
	}));
};
