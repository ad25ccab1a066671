import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { connectAsync } from "mqtt";
import { describe, expect, it, onTestFinished } from "vitest";
import { norway } from "../../../src/cli/compose.no.ts";
import { type RunningTill, runTill } from "../../../src/cli/till/run-till.ts";
import { tillConfigSchema } from "../../../src/config/schema/till-config.ts";
import { startEmbeddedBroker } from "../../../src/feed/mqtt/embedded-broker.ts";
import { journalFolders } from "../../../src/journal/sqlite/files.ts";
import { openJournal } from "../../../src/journal/sqlite/open-journal.ts";
import type { Entropy } from "../../../src/runtime/contract/clock.ts";
import { messageOf } from "../../../src/runtime/contract/fault.ts";
import type { Logger } from "../../../src/runtime/contract/logger.ts";
import { createClock } from "../../../src/runtime/node/clock.ts";
import { createEntropy } from "../../../src/runtime/node/entropy.ts";
import { createTimers } from "../../../src/runtime/node/timers.ts";
import { boxConfig, catalogFile } from "../../faults/support/box-config.ts";
import { recordingLogger } from "../../support/manual-runtime.ts";
import { tempDir } from "../../support/temp-dir.ts";

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const until = async (holds: () => boolean): Promise<void> => {
	while (!holds()) await turn();
};

/** A till without devices; stopped when the test ends. */
const tillIn = async (
	directory: string,
	brokerUrl: string,
	{ entropy = createEntropy(), logger = recordingLogger() }: { entropy?: Entropy; logger?: Logger } = {},
): Promise<RunningTill> => {
	const running = await runTill({
		config: tillConfigSchema.parse(boxConfig(directory, brokerUrl, {})),
		country: norway,
		drivers: [],
		clock: createClock({ timeZone: "Europe/Oslo" }),
		timers: createTimers(),
		entropy,
		logger,
		onAlive: () => undefined,
	});
	onTestFinished(() => running.stop("the test is over"));
	return running;
};

/** A broker, and a relay that says what it likes to the shop's till. */
const evilRelay = async () => {
	const broker = await startEmbeddedBroker({ port: 0 });
	onTestFinished(() => broker.close());
	const client = await connectAsync(broker.url);
	onTestFinished(() => client.endAsync(true));
	const fork = (journalId: string) => ({
		v: 1,
		journalId,
		feedSeq: 2,
		sha256: "f".repeat(64),
		ledgerId: "ledger-1",
		term: 1,
		series: { receipt: 0, return: 0, delivery: 0, training: 0, z: 0 },
	});
	return {
		url: broker.url,
		sayFork: (journalId: string) =>
			client.publishAsync("tilld/1/down/OSLO1/1/accepted", JSON.stringify(fork(journalId)), { qos: 1 }),
	};
};

/** Opens the day and sells a first ticket. */
const begin = async (till: RunningTill, directory: string): Promise<void> => {
	await till.importCatalog(catalogFile(directory), undefined, () => undefined);
	till.submit("operator", { type: "DayOpenRequested", businessDate: null });
	sellOne(till);
};

/** One beer, paid in cash. Answers its receipt number, or why it was not sold. */
const sellOne = (till: RunningTill): number | string => {
	try {
		till.submit("operator", { type: "Typed", code: "BEER", quantityText: null });
		till.submit("operator", { type: "Tendered", tenderType: "cash", amountText: "100", currency: null });
		return till.view().lastTicket?.receiptNumber ?? 0;
	} catch (thrown) {
		return messageOf(thrown);
	}
};

describe("a till whose journal the relay says was continued twice", () => {
	it("gives no receipt number twice while it changes the journal, and says why nothing is sold in between", async () => {
		const directory = tempDir();
		const relay = await evilRelay();
		const till = await tillIn(directory, relay.url);
		await begin(till, directory);
		await until(() => !till.status().warnings.includes("Feed.Offline"));
		const before = till.journal().journalId;
		await relay.sayFork(before);
		const sold: (number | string)[] = [];
		const sell = async (): Promise<void> => {
			sold.push(sellOne(till));
			await turn();
		};
		while (till.journal().journalId === before) await sell();
		await sell();
		const numbers = sold.filter((number) => typeof number === "number");
		expect(numbers).toEqual(numbers.map((_, index) => index + 2));
		const refused = sold.filter((number) => typeof number === "string");
		expect(refused.every((message) => message.startsWith("TILL-0910"))).toBe(true);
		expect(till.view().ticket).toBeNull();
	});

	it("changes it once, however often it is told", async () => {
		const directory = tempDir();
		const relay = await evilRelay();
		const logger = recordingLogger();
		const till = await tillIn(directory, relay.url, { logger });
		await begin(till, directory);
		await until(() => !till.status().warnings.includes("Feed.Offline"));
		const before = till.journal().journalId;
		const heard = () => logger.lines.filter(({ fields }) => fields["code"] === "TILL-0814").length;
		await Promise.all([relay.sayFork(before), relay.sayFork(before), relay.sayFork(before)]);
		await until(() => till.journal().journalId !== before && till.view().day !== null);
		const heir = till.journal().journalId;
		await until(() => !till.status().warnings.includes("Feed.Offline"));
		const heardBefore = heard();
		await relay.sayFork(heir);
		await until(() => heard() > heardBefore);
		expect(sellOne(till)).toBe(2);
		expect(journalFolders(join(directory, "journal"))).toEqual([before, heir]);
	});

	it("goes on selling on its journal when it cannot be changed", async () => {
		const directory = tempDir();
		const relay = await evilRelay();
		const chance = createEntropy();
		let isExhausted = false;
		const till = await tillIn(directory, relay.url, {
			entropy: {
				bytes: (count) => {
					if (isExhausted) throw new Error("no id for a new journal");
					return chance.bytes(count);
				},
			},
		});
		await begin(till, directory);
		await until(() => !till.status().warnings.includes("Feed.Offline"));
		const { journalId } = till.journal();
		const stopped = () => till.journal().records({ fromSeq: 1, limit: 1_000, types: ["ApplicationStopped"] }).length;
		isExhausted = true;
		await relay.sayFork(journalId);
		await until(() => stopped() === 1);
		await until(() => sellOne(till) === 2);
		expect(till.journal().journalId).toBe(journalId);
	});
});

describe("a till that cannot open its control socket", () => {
	it("records no start: systemd would add one every two seconds", async () => {
		const directory = tempDir();
		writeFileSync(join(directory, "control.sock"), "no socket");
		for (let count = 0; count < 2; count += 1) {
			await expect(tillIn(directory, "mqtt://127.0.0.1:1")).rejects.toMatchObject({ code: "TILL-0907" });
		}
		const journal = openJournal(join(directory, "journal"), { logger: recordingLogger() });
		onTestFinished(() => journal.close());
		expect(journal.records({ fromSeq: 1, limit: 10 }).map(({ event }) => event.type)).toEqual(["JournalCreated"]);
	});
});
