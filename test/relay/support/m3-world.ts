import { join } from "node:path";
import { onTestFinished } from "vitest";
import { m3ConfigSchema } from "../../../src/config/schema/relay-config.ts";
import { mappingSchema } from "../../../src/config/schema/relay-mapping.ts";
import { openAlarmBook } from "../../../src/relay/alarm/alarm-book.ts";
import { openIntake } from "../../../src/relay/intake/intake.ts";
import { type Ledger, openLedger } from "../../../src/relay/ledger/ledger.ts";
import { createM3Client, type M3Client } from "../../../src/relay/m3/client.ts";
import type { M3Context } from "../../../src/relay/m3/context.ts";
import { createM3Delivery, type M3Delivery } from "../../../src/relay/m3/delivery.ts";
import { cloudBaseUrl, parseIonApi } from "../../../src/relay/m3/ionapi.ts";
import { ionApiSignIn } from "../../../src/relay/m3/sign-in.ts";
import { createTimers } from "../../../src/runtime/node/timers.ts";
import { type M3Sandbox, type M3SandboxOptions, startM3Sandbox } from "../../../src/sandbox/m3/m3-sandbox.ts";
import { type ManualClock, manualClock, recordingLogger, seededEntropy } from "../../support/manual-runtime.ts";
import { tempDir } from "../../support/temp-dir.ts";
import type { Sent } from "./test-till.ts";

/** A mapping with which every ticket of the test till is complete. */
export const FULL_MAPPING = mappingSchema.parse({
	stores: { S1: { company: "shop", cono: 100, divi: "AAA", whlo: "001", cashCustomer: "CASH" } },
	tenders: { cash: { paymentMethod: "CSH" }, mc: { paymentMethod: "MC" }, visa: { paymentMethod: "VIS" } },
	m3: { vatCodes: { "3": 25, "31": 15, "33": 12, "0": 0 } },
});

/** M3's settings of a test: what is given, over small rounds that are cut at once. */
export const m3Settings = (settings: Record<string, unknown> = {}): M3Context["m3"] =>
	m3ConfigSchema.parse({
		access: { kind: "ionapi", ionapiFile: "unused" },
		round: { ticketCountMax: 100, intervalMs: 0 },
		...settings,
	});

/** A relay process: gone when it is killed, its ledger stays. */
export interface M3Process {
	readonly ledger: Ledger;
	readonly delivery: M3Delivery;
	/** Tickets by state, "queued: 2". */
	states(): Record<string, number>;
	/** Open alarms as "CODE subject". */
	alarmList(): string[];
	rows(sql: string): unknown[];
	take(...sent: readonly Sent[]): void;
	kill(): void;
}

/** How a process is started. */
export interface BootOptions {
	readonly settings?: Record<string, unknown>;
	readonly mapping?: M3Context["mapping"];
	readonly path?: string;
	/** Puts something between the delivery and M3. */
	readonly wrap?: (client: M3Client) => M3Client;
	/** Begins a new term before the delivery starts. */
	readonly restored?: boolean;
}

/** A tenant, and relays that come and go on one ledger file. */
export interface M3World {
	readonly sandbox: M3Sandbox;
	readonly clock: ManualClock;
	readonly path: string;
	boot(options?: BootOptions): M3Process;
	/** Steps until nothing moves, the clock running past every pause. */
	settle(process: M3Process, rounds?: number): Promise<void>;
}

const REQUEST_TIMEOUT_MS = 5_000;

/** Starts the stand-in for M3 and gives relays to play with it. Everything is gone with the test. */
export const m3World = async (options: M3SandboxOptions = {}): Promise<M3World> => {
	const sandbox = await startM3Sandbox(options);
	onTestFinished(() => sandbox.close());
	const clock = manualClock();
	const path = join(tempDir(), "relay.sqlite");
	const entropy = seededEntropy();
	const timers = createTimers();
	const ionapi = parseIonApi(JSON.stringify(sandbox.ionapi));

	const boot = ({ settings, mapping, wrap, restored, path: at }: BootOptions = {}): M3Process => {
		const ledger = openLedger(at ?? path, entropy);
		onTestFinished(() => ledger.close());
		if (restored === true) ledger.newTerm();
		const alarms = openAlarmBook(ledger, recordingLogger());
		const intake = openIntake(ledger, alarms, clock);
		const signIn = ionApiSignIn(ionapi, clock, timers, REQUEST_TIMEOUT_MS);
		const client = createM3Client({ baseUrl: cloudBaseUrl(ionapi), signIn, timeoutMs: REQUEST_TIMEOUT_MS, timers });
		const delivery = createM3Delivery({
			ledger,
			alarms,
			clock,
			client: wrap === undefined ? client : wrap(client),
			m3: m3Settings(settings),
			mapping: mapping ?? FULL_MAPPING,
		});
		return {
			ledger,
			delivery,
			states: () => ({ ...delivery.summary().states }),
			alarmList: () => alarms.open().map(({ code, subject }) => `${code} ${subject}`),
			rows: (sql) => ledger.statement(sql).all(),
			take: (...sent) => {
				for (const { topic, bytes } of sent) intake.take(topic, bytes);
			},
			kill: () => ledger.close(),
		};
	};

	const settle = async ({ delivery }: M3Process, rounds = 12): Promise<void> => {
		for (let round = 0; round < rounds; round += 1) {
			let moved = false;
			while (await delivery.step()) moved = true;
			if (!moved && round > 0) return;
			clock.advance(600_000);
		}
	};

	return { sandbox, clock, path, boot, settle };
};

/** What OPSALE holds of each ticket: its rows by PONR, "1000 79.96+19.99" or "1990 MC 500.00", in the order of PONR. */
export const booksOf = (sandbox: M3Sandbox): Record<string, string[]> => {
	const books: Record<string, { ponr: number; text: string }[]> = {};
	for (const row of sandbox.rows("OPSALE")) {
		const [refe = "", xrcd = ""] = [row["OPREFE"], row["OPXRCD"]];
		const pycd = row["OPPYCD"] ?? "";
		const text = pycd === "" ? `${xrcd} ${row["OPCUAM"]}+${row["OPFVT1"]}` : `${xrcd} ${pycd} ${row["OPCUAM"]}`;
		books[refe] ??= [];
		books[refe].push({ ponr: Number(row["OPPONR"]), text });
	}
	return Object.fromEntries(
		Object.entries(books).map(([refe, rows]) => [
			refe,
			rows.toSorted((a, b) => a.ponr - b.ponr).map(({ text }) => text),
		]),
	);
};

/** The M3 document's sale as OPSALE holds it (step 5). */
export const GOLDEN_BOOKS = ["1000 79.96+19.99", "1990 MC 500.00", "1990 CSH -400.00", "1990 RND -0.05"];
