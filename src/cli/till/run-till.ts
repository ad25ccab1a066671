import { openCatalog } from "../../catalog/sqlite/catalog-store.ts";
import { importCatalog } from "../../catalog/sqlite/import-csv.ts";
import { importRecalls } from "../../catalog/sqlite/import-recalls.ts";
import type { TillConfig } from "../../config/schema/till-config.ts";
import type { DriverRegistry } from "../../devices/contract/driver.ts";
import type { Source } from "../../events/stamp.ts";
import { localDateTime } from "../../events/stamp.ts";
import { writeFeedFile } from "../../feed/file/write-feed-file.ts";
import type { Accepted, Status } from "../../feed/schema/control.ts";
import type { Journal } from "../../journal/contract/journal.ts";
import type { SqliteJournal } from "../../journal/sqlite/sqlite-journal.ts";
import { controlRequestSchema } from "../../operator/control/request.ts";
import { type ControlServer, startControlServer } from "../../operator/control/server.ts";
import type { Clock, Entropy, Timers } from "../../runtime/contract/clock.ts";
import { Fault, messageOf } from "../../runtime/contract/fault.ts";
import type { Logger } from "../../runtime/contract/logger.ts";
import { freeDiskBytes } from "../../runtime/node/disk.ts";
import type { InputBody } from "../../till/input.ts";
import type { Outcome } from "../../till/till.ts";
import type { TillView } from "../../till/view.ts";
import type { Country } from "../country.ts";
import { VERSION } from "../version.ts";
import { boxDevices } from "./box-devices.ts";
import { controlHandler, type FeedExport } from "./control-handler.ts";
import { adoptAfterRestore, type OpenParts, openOrCreateJournal } from "./open-till.ts";
import { NO_LOGO, readReceiptLogo } from "./receipt-logo.ts";
import { type OutcomeListener, type StatusListener, TillService } from "./till-service.ts";

/** What running a till takes. */
export interface RunTillParts {
	readonly config: TillConfig;
	readonly country: Country;
	readonly drivers: DriverRegistry;
	readonly clock: Clock;
	readonly timers: Timers;
	readonly entropy: Entropy;
	readonly logger: Logger;
	/** The watchdog's food. */
	readonly onAlive: () => void;
	/** Told what every input came to; outlives an adoption. */
	readonly onOutcome?: OutcomeListener;
}

/** A till that runs, whichever journal it is on. */
export interface RunningTill {
	submit(source: Source, body: InputBody): Outcome;
	view(): TillView;
	status(): Status;
	/** Tells the present status and each that follows it; outlives an adoption. */
	listenStatus(listener: StatusListener): void;
	deviceStates(): ReturnType<TillService["deviceStates"]>;
	journal(): Journal;
	importCatalog(
		file: string,
		effectiveFromUtcMs: number | undefined,
		progress: (text: string) => void,
	): Promise<unknown>;
	stop(reason: string): Promise<void>;
}

/** How often the journal's logs are looked after, and a mirror that lags behind is filled a step further. */
const TEND_MS = 1_000;

/** Least time between two adoptions: whatever a relay says, the till sells most of the time. */
const ADOPTION_PAUSE_MS = 600_000;

/** Messages read at a time for an export. */
const EXPORT_CHUNK = 500;

/** Bytes of the messages of a range; what is sold while they are written is left for the next time. */
function* messageBytes(journal: Journal, fromFeedSeq: number, toFeedSeq: number): Generator<Uint8Array> {
	let next = fromFeedSeq;
	while (next <= toFeedSeq) {
		const messages = journal.messages(next, Math.min(EXPORT_CHUNK, toFeedSeq - next + 1));
		if (messages.length === 0) return;
		for (const message of messages) yield message.bytes;
		next += messages.length;
	}
}

const exportFeed = async (
	journal: Journal,
	config: TillConfig,
	file: string,
	fromFeedSeq: number,
): Promise<FeedExport> => {
	const feedSeqLast = journal.feedHead().seq;
	if (fromFeedSeq > feedSeqLast) throw new Fault("TILL-0906", `the feed ends at ${feedSeqLast}`);
	const { sha256 } = await writeFeedFile(file, messageBytes(journal, fromFeedSeq, feedSeqLast), {
		format: "tilld-feed",
		v: 1,
		journalId: journal.journalId,
		store: config.store,
		till: config.till,
		fromFeedSeq,
		toFeedSeq: feedSeqLast,
	});
	return { feedSeqFirst: fromFeedSeq, feedSeqLast, sha256 };
};

/**
 * Runs a till until it is stopped. When the relay's answer proves the journal a restored copy, the service is stopped
 * between two tickets, the journal continued under a new id, and the service started on it; the day that was open is
 * opened again, so that the cashier goes on.
 */
export const runTill = async (parts: RunTillParts): Promise<RunningTill> => {
	const { config, logger, clock } = parts;
	const opening: OpenParts = {
		config,
		clock,
		entropy: parts.entropy,
		options: { mirror: config.journal.mirror, logger },
	};
	if (config.country !== parts.country.rules.country) {
		throw new Fault(
			"TILL-0909",
			`this is the build for ${parts.country.rules.country}, till.yaml says ${config.country}`,
		);
	}
	const catalog = openCatalog(config.catalog.file);
	let journal: SqliteJournal;
	let service: TillService;
	const statusListeners: StatusListener[] = [];
	let changing: Promise<void> = Promise.resolve();
	let isStopping = false;
	let adoptedAtMs = Number.NEGATIVE_INFINITY;
	let stopTending = (): void => undefined;
	let logo = NO_LOGO;

	const start = (on: SqliteJournal): void => {
		journal = on;
		service = new TillService({
			...parts,
			version: VERSION,
			journal,
			catalog,
			makeDevices: (listeners) => boxDevices(parts, listeners),
			logo: () => logo,
			freeDiskBytes: () => freeDiskBytes(config.journal.directory),
			onAdoptionNeeded: (accepted) => {
				const { monotonicMs } = clock.stamp();
				if (isStopping || monotonicMs - adoptedAtMs < ADOPTION_PAUSE_MS) return;
				adoptedAtMs = monotonicMs;
				changing = adopt(accepted);
			},
		});
		if (parts.onOutcome !== undefined) service.listen(parts.onOutcome);
		service.start();
		for (const listener of statusListeners) service.listenStatus(listener);
		stopTending = parts.timers.every("journal tending", TEND_MS, () => {
			on.tendLog();
			on.tendMirror();
		});
	};

	/** On the date that is proposed now: the copy's own day may be long past. */
	const openDay = (): void => {
		try {
			service.submit("service", { type: "DayOpenRequested", businessDate: null });
		} catch (thrown) {
			logger.error("the day could not be opened again; it must be by hand", { error: messageOf(thrown) });
		}
	};

	/** Where it fails, the till goes on with what is in the directory; where that fails too, the process ends. */
	const adopt = async (accepted: Accepted): Promise<void> => {
		stopTending();
		await service.stop("the journal is a restored copy");
		// Read only now: numbers were given until the service had stopped.
		const state = service.state();
		try {
			start(adoptAfterRestore(opening, state, accepted));
			logger.warn("the journal goes on under a new id", { journalId: journal.journalId });
		} catch (thrown) {
			logger.error("the journal could not be adopted; the till goes on as it was", { error: messageOf(thrown) });
			journal.close();
			start(openOrCreateJournal(opening));
		}
		if (state.day !== undefined && service.state().day === undefined) openDay();
	};

	const running: RunningTill = {
		submit: (source, body) => service.submit(source, body),
		view: () => service.view(),
		status: () => service.status(),
		listenStatus: (listener) => {
			statusListeners.push(listener);
			service.listenStatus(listener);
		},
		deviceStates: () => service.deviceStates(),
		journal: () => journal,
		importCatalog: (file, effectiveFromUtcMs, progress) => {
			const at = clock.stamp();
			return importCatalog(catalog, file, {
				effectiveFromUtcMs: effectiveFromUtcMs ?? at.utcMs,
				importedAtUtcMs: at.utcMs,
				currency: config.currency,
				hasRate: (vatCode) => parts.country.rules.vatRate(vatCode, localDateTime(at).date) !== undefined,
				onProgress: progress,
			});
		},
		stop: async (reason) => {
			isStopping = true;
			await changing;
			await control.close();
			stopTending();
			await service.stop(reason);
			catalog.close();
		},
	};
	const first = openOrCreateJournal(opening);
	// Before the till is started, so that one that cannot be spoken to records no start; nobody is served before it has.
	const control: ControlServer = await startControlServer(
		config.controlSocket,
		{
			schema: controlRequestSchema,
			handler: (request, progress) =>
				controlHandler({
					service,
					journal,
					importCatalog: running.importCatalog,
					importRecalls: async (file) => {
						const answer = await importRecalls(catalog, file);
						logger.info("another list of recalls is in force", { file, ...answer });
						return answer;
					},
					exportFeed: (file, fromFeedSeq) => exportFeed(journal, config, file, fromFeedSeq),
				})(request, progress),
		},
		logger,
	).catch((thrown: unknown) => {
		first.close();
		throw thrown;
	});
	start(first);
	logger.info("till is ready", { journalId: running.journal().journalId, socket: config.controlSocket });
	// Behind the start: a till sells before its logo is read.
	logo = await readReceiptLogo(config, logger);
	return running;
};
