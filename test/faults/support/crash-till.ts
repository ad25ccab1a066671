import { parseArgs } from "node:util";
import { drivers } from "../../../drivers/registry.ts";
import { createVirtualBench } from "../../../drivers/virtual/virtual-bench.ts";
import { openCatalog } from "../../../src/catalog/sqlite/catalog-store.ts";
import { importCatalog } from "../../../src/catalog/sqlite/import-csv.ts";
import { importRecalls } from "../../../src/catalog/sqlite/import-recalls.ts";
import { norway } from "../../../src/cli/compose.no.ts";
import { boxDevices } from "../../../src/cli/till/box-devices.ts";
import { controlHandler } from "../../../src/cli/till/control-handler.ts";
import { openOrCreateJournal } from "../../../src/cli/till/open-till.ts";
import { NO_LOGO } from "../../../src/cli/till/receipt-logo.ts";
import { TillService } from "../../../src/cli/till/till-service.ts";
import { loadConfig } from "../../../src/config/load/load-config.ts";
import { tillConfigSchema } from "../../../src/config/schema/till-config.ts";
import type { Journal } from "../../../src/journal/contract/journal.ts";
import { controlRequestSchema } from "../../../src/operator/control/request.ts";
import { startControlServer } from "../../../src/operator/control/server.ts";
import { createClock } from "../../../src/runtime/node/clock.ts";
import { createEntropy } from "../../../src/runtime/node/entropy.ts";
import { createLogger } from "../../../src/runtime/node/logger.ts";
import { createTimers } from "../../../src/runtime/node/timers.ts";
import { CRASH_POINTS, type CrashPoint } from "./crash-points.ts";

/**
 * The till's own parts, put together so that the process is killed by SIGKILL at one chosen moment:
 * `crash-till.ts --config FILE --crash POINT`. A point counts from the moment the file `armed` says so, so that a test can
 * bring the till where it wants it first.
 */
const { values } = parseArgs({ options: { config: { type: "string" }, crash: { type: "string" } } });
const point = CRASH_POINTS.find((known) => known === values.crash);
const config = loadConfig(values.config ?? "", tillConfigSchema);
let isArmed = false;

/** Ends this process as a power cut would, when the moment is the chosen one. */
const dieAt = (reached: CrashPoint): void => {
	if (isArmed && reached === point) process.kill(process.pid, "SIGKILL");
};

/** The journal, with a deadly moment before and after each of its writes. */
const deadly = (journal: Journal): Journal => ({
	journalId: journal.journalId,
	head: () => journal.head(),
	feedHead: () => journal.feedHead(),
	kindSeq: () => journal.kindSeq(),
	append: (at, source, events, drafts) => {
		const closes = events.some((event) => event.type === "TicketClosed");
		const ends = events.some((event) => event.type === "BusinessDayClosed");
		if (closes) dieAt("before the close is written");
		const appended = journal.append(at, source, events, drafts);
		if (closes) dieAt("after the close, before its effects");
		if (ends) dieAt("after the Z, before its effects");
		if (events.some((event) => event.type === "ItemSold")) dieAt("after an item, before the display");
		return appended;
	},
	roll: (at, month, carried) => journal.roll(at, month, carried),
	snapshot: () => journal.snapshot(),
	saveSnapshot: (version, text) => {
		dieAt("before a snapshot");
		journal.saveSnapshot(version, text);
		dieAt("after a snapshot");
	},
	recordsAfter: (seq) => journal.recordsAfter(seq),
	records: (query) => journal.records(query),
	closedTicket: (series, number) => journal.closedTicket(series, number),
	closedDay: (z) => journal.closedDay(z),
	messages: (feedSeq, limit) => journal.messages(feedSeq, limit),
	cursor: () => journal.cursor(),
	moveCursor: (cursor) => {
		dieAt("between message and accepted");
		journal.moveCursor(cursor);
		dieAt("after accepted");
	},
	mirrorTrouble: () => journal.mirrorTrouble(),
	close: () => journal.close(),
});

const logger = createLogger({ level: "warn" });
const clock = createClock({ timeZone: config.timeZone });
const entropy = createEntropy();
const timers = createTimers();
const catalog = openCatalog(config.catalog.file);
const journal = deadly(openOrCreateJournal({ config, clock, entropy, options: { logger } }));
const bench = createVirtualBench({
	onPulse: () => dieAt("after the pulse, before its record"),
	onPaper: () => dieAt("after the paper, before its record"),
});
const service = new TillService({
	config,
	country: norway,
	version: "test",
	journal,
	catalog,
	makeDevices: (listeners) =>
		boxDevices({ config, drivers: [...bench.drivers, ...drivers], clock, timers, logger }, listeners),
	logo: () => NO_LOGO,
	clock,
	timers,
	entropy,
	logger,
	freeDiskBytes: () => undefined,
	onAdoptionNeeded: () => undefined,
	onAlive: () => undefined,
});
service.start();
const handler = controlHandler({
	service,
	journal,
	importCatalog: (file) =>
		importCatalog(catalog, file, {
			effectiveFromUtcMs: 0,
			importedAtUtcMs: clock.stamp().utcMs,
			currency: config.currency,
			hasRate: () => true,
			onProgress: () => undefined,
		}),
	importRecalls: (file) => importRecalls(catalog, file),
	exportFeed: () => Promise.reject(new Error("not in this test")),
});
await startControlServer(
	config.controlSocket,
	{
		schema: controlRequestSchema,
		handler: (request, progress) => {
			// The test's own word, in a request that changes nothing.
			if (request.command === "ticketShow" && request.series === "arm") isArmed = true;
			return handler(request, progress);
		},
	},
	logger,
);
