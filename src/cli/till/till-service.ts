import type { CatalogLookup } from "../../catalog/core/item.ts";
import type { TillConfig } from "../../config/schema/till-config.ts";
import type { Device, DeviceListeners, DeviceState, PrintJobStatus, ScanData } from "../../devices/contract/devices.ts";
import type { Effect } from "../../devices/contract/effect.ts";
import { EffectRunner, type TillDevices } from "../../devices/supervisor/effect-runner.ts";
import type { Source } from "../../events/stamp.ts";
import { isInsecure } from "../../feed/mqtt/broker-access.ts";
import { FeedPublisher } from "../../feed/mqtt/feed-publisher.ts";
import { judgeAccepted } from "../../feed/schema/accept.ts";
import type { Accepted, Status } from "../../feed/schema/control.ts";
import type { Journal } from "../../journal/contract/journal.ts";
import { textsOf } from "../../receipt/texts/texts-of.ts";
import type { Clock, Entropy, Timers } from "../../runtime/contract/clock.ts";
import { Fault, messageOf } from "../../runtime/contract/fault.ts";
import type { Logger } from "../../runtime/contract/logger.ts";
import type { TicketSettings } from "../../ticket/settings.ts";
import type { InputBody } from "../../till/input.ts";
import { deviceConditions, readinessOf, type Surroundings } from "../../till/readiness.ts";
import { replay } from "../../till/replay.ts";
import type { TillState } from "../../till/state.ts";
import { type Outcome, Till } from "../../till/till.ts";
import { type TillView, viewOf } from "../../till/view.ts";
import type { Country } from "../country.ts";
import { DeviceTrials } from "./device-trials.ts";
import { DiskWatch } from "./disk-watch.ts";
import { DrawerWatch } from "./drawer-watch.ts";
import type { ReceiptLogo } from "./receipt-logo.ts";
import { statusOf } from "./status.ts";
import { inStoreTemplatesOf, sellerOf, ticketSettingsOf } from "./ticket-settings.ts";

/** How often disk, status and journal are looked at. */
const ROUND_MS = 30_000;

/** How long after an input the status is looked at: nobody at the till waits for it, and a burst of inputs is told once. */
const STATUS_DELAY_MS = 100;

/** An anchor is recorded when the relay has come this many messages further, and after each day's end. */
const ANCHOR_MESSAGES = 500;

/** The devices of a box, made but not opened. */
export interface BoxDevices extends TillDevices {
	readonly all: readonly Device[];
	/** Writes to the log what is still to be said of them. */
	readonly endLog: () => void;
}

/** What a till service is put together from; composition roots make the parts. */
export interface TillServiceParts {
	readonly config: TillConfig;
	readonly country: Country;
	readonly version: string;
	readonly journal: Journal;
	readonly catalog: CatalogLookup;
	readonly makeDevices: (listeners: DeviceListeners) => BoxDevices;
	/** The logo of the receipts, as far as it is read. */
	readonly logo: () => ReceiptLogo;
	readonly clock: Clock;
	readonly timers: Timers;
	readonly entropy: Entropy;
	readonly logger: Logger;
	/** Free bytes of the journal's disk; undefined when the system does not say. */
	readonly freeDiskBytes: () => number | undefined;
	/** Called when the relay's answer proves that this journal is a restored copy or was continued twice, between tickets. */
	readonly onAdoptionNeeded: (accepted: Accepted) => void;
	/** Called after each round in which the loop turned and the journal answered: the watchdog's food. */
	readonly onAlive: () => void;
}

/** Told what every input came to: the terminal of `npm start` and the tests listen. */
export type OutcomeListener = (body: InputBody, outcome: Outcome) => void;

/** Told the status whenever something but its time has changed. */
export type StatusListener = (status: Status) => void;

/** A device as `tillctl` is told of it. */
export interface DeviceReport {
	readonly id: string;
	readonly deviceClass: string;
	readonly state: DeviceState;
	/** Of a printer only. */
	readonly jobs?: readonly PrintJobStatus[];
}

/**
 * One running till: the loop with its journal, devices and feed around it. Everything that happens comes through
 * {@link submit}, synchronously: the loop is the only one that decides, and nothing waits inside it.
 */
export class TillService {
	readonly #parts: TillServiceParts;
	readonly #till: Till;
	readonly #devices: BoxDevices;
	readonly #effects: EffectRunner;
	readonly #publisher: FeedPublisher;
	readonly #disk: DiskWatch;
	readonly #drawers: DrawerWatch;
	readonly #trials: DeviceTrials;
	readonly #listeners = new Set<OutcomeListener>();
	readonly #statusListeners = new Set<StatusListener>();
	readonly #deviceStates = new Map<
		string,
		{ readonly deviceClass: Device["deviceClass"]; readonly state: DeviceState }
	>();
	readonly #trouble: string | undefined;
	readonly #settings: TicketSettings;
	readonly #isFeedInsecure: boolean;
	#isBrokerConnected = false;
	#pendingAdoption: Accepted | undefined;
	#isStopping = false;
	#lastStatus = "";
	#cancelStatus: (() => void) | undefined;
	#cancelRound: () => void = () => undefined;

	constructor(parts: TillServiceParts) {
		this.#parts = parts;
		const { config, journal, logger } = parts;
		this.#settings = ticketSettingsOf(config);
		this.#isFeedInsecure = isInsecure(config.mqtt);
		const replayed = replay(journal);
		this.#trouble =
			replayed.trouble === undefined ? undefined : `record ${replayed.trouble.seq}: ${replayed.trouble.why}`;
		logger.info("journal replayed", {
			journalId: journal.journalId,
			head: journal.head().seq,
			read: replayed.recordCount,
		});
		if (this.#trouble !== undefined) logger.error("recovery mode", { trouble: this.#trouble });
		this.#till = new Till(
			{
				journal,
				catalog: parts.catalog,
				inStoreTemplates: inStoreTemplatesOf(config),
				rules: parts.country.rules,
				settings: this.#settings,
				operatorId: config.operatorId,
				cutOverHour: config.cutOverHour,
			},
			replayed.state,
		);
		this.#disk = new DiskWatch(config.journal.freeBytesMin);
		this.#drawers = new DrawerWatch({
			timers: parts.timers,
			now: () => parts.clock.stamp(),
			openTooLongMs: new Map(
				config.devices.flatMap((device) =>
					device.deviceClass === "CashDrawer" ? [[device.id, device.openTooLongSeconds * 1_000] as const] : [],
				),
			),
			recorded: (drawerId) => this.#till.state().drawers[drawerId],
			submit: (input) => this.#guarded("device", input),
			onStuck: () => this.#publishStatusSoon(),
		});
		this.#devices = parts.makeDevices({
			onState: (device, state) => this.#deviceChanged(device, state),
			onScan: (data) => this.#scanned(data),
		});
		const display = config.devices.find((device) => device.deviceClass === "LineDisplay");
		this.#effects = new EffectRunner({
			devices: this.#devices,
			style: {
				texts: textsOf(config.language),
				seller: sellerOf(config),
				currency: config.currency,
				receiptColumns: config.receipt.columns,
				logo: () => parts.logo().image,
				idleText: display?.idleText,
				idleAfterSeconds: display?.idleAfterSeconds,
			},
			timers: parts.timers,
			logger,
			onAnswer: (answer) => {
				if (answer.type === "DrawerEnded" && answer.result.outcome !== "sent") this.#drawers.notSent(answer.jobId);
				this.#guarded("device", answer);
			},
		});
		this.#trials = new DeviceTrials({
			devices: this.#devices.all,
			timers: parts.timers,
			submit: (body) => this.submit("operator", body),
			listen: (listener) => this.listen(listener),
			isSelling: () => this.#till.state().ticket !== undefined,
			showIdle: () => this.#effects.run([{ effect: "DisplayText", content: { show: "idle" } }]),
		});
		this.#publisher = new FeedPublisher({
			address: { store: config.store, till: config.till },
			mqtt: config.mqtt,
			reader: journal,
			listeners: {
				onAccepted: (accepted) => this.#accepted(accepted),
				onCommand: (command) => {
					this.#guarded("feed", {
						type: "CommandArrived",
						commandId: command.id,
						issuer: command.issuer,
						kind: command.kind,
						fromFeedSeq: command.kind === "replay" ? command.body.fromFeedSeq : null,
					});
					if (command.kind === "reportStatus") this.#publishStatus(true);
				},
				onAnswer: () => undefined,
				onNotice: (notice) => logger.info("notice from the relay", { kind: notice.kind }),
				onConnected: (isConnected) => {
					this.#isBrokerConnected = isConnected;
					this.#publishStatus(isConnected);
				},
			},
			timers: parts.timers,
			entropy: parts.entropy,
			logger,
		});
	}

	/** Recovers what a crash left open, opens the devices, begins to publish. */
	start(): void {
		const { timers, version } = this.#parts;
		this.#measure();
		for (const device of this.#devices.all) {
			this.#deviceStates.set(device.id, { deviceClass: device.deviceClass, state: device.state() });
		}
		this.submit("service", { type: "ServiceStarted", applicationVersion: version, trouble: this.#trouble });
		for (const device of this.#devices.all) device.open();
		this.#publisher.start();
		this.#cancelRound = timers.every("till round", ROUND_MS, () => this.#round());
		this.#round();
	}

	/**
	 * The mirror image of start; every step is taken even if one before it failed. From the call on nothing is sold any more,
	 * so that no ticket is begun that the end would cut off; what devices answer meanwhile is still recorded.
	 */
	async stop(reason: string): Promise<void> {
		this.#isStopping = true;
		this.#cancelRound();
		this.#effects.stop();
		this.#drawers.stop();
		this.#trials.stop();
		await this.#publisher.stop();
		const closed = await Promise.allSettled(this.#devices.all.map((device) => device.close()));
		for (const result of closed) {
			if (result.status === "rejected")
				this.#parts.logger.error("a device did not close", { error: messageOf(result.reason) });
		}
		this.#devices.endLog();
		try {
			this.submit("service", { type: "ServiceStopping", reason });
		} finally {
			this.#cancelStatus?.();
			this.#parts.journal.close();
		}
	}

	/**
	 * Takes one input: stamps it, lets the loop decide and record it, begins its effects. Throws when it cannot be recorded,
	 * and TILL-0910 for a person's while the service stops.
	 */
	submit(source: Source, body: InputBody): Outcome {
		if (this.#isStopping && (source === "operator" || body.type === "Scanned")) throw new Fault("TILL-0910", body.type);
		const { clock } = this.#parts;
		const at = clock.stamp();
		// Judged once a boot (clock-rules): the system is asked for it no oftener.
		const clockSynchronised = this.#till.state().lastAt?.bootId === at.bootId ? undefined : clock.isSynchronised();
		const outcome = this.#till.take({ at, clockSynchronised, source, body }, this.surroundings());
		this.#effects.run(outcome.effects);
		this.#watchPulses(outcome.effects);
		if (outcome.hasMessages) this.#publisher.notify();
		for (const listener of this.#listeners) listener(body, outcome);
		this.#publishStatusSoon();
		this.#adoptBetweenTickets();
		return outcome;
	}

	/** Listens to every outcome; answers a function that stops it. */
	listen(listener: OutcomeListener): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	/** Listens to changes of the status, and is told the present one; answers a function that stops it. */
	listenStatus(listener: StatusListener): () => void {
		this.#statusListeners.add(listener);
		listener(this.status());
		return () => this.#statusListeners.delete(listener);
	}

	/** A technician's trials of the devices. */
	trials(): DeviceTrials {
		return this.#trials;
	}

	state(): TillState {
		return this.#till.state();
	}

	view(): TillView {
		const state = this.#till.state();
		return viewOf(state, this.#settings, deviceConditions(readinessOf(state, this.surroundings())));
	}

	status(): Status {
		return statusOf({
			state: this.#till.state(),
			surroundings: this.surroundings(),
			journal: this.#parts.journal,
			settings: this.#settings,
			version: this.#parts.version,
			diskDaysLeft: this.#disk.daysLeft(),
			at: this.#parts.clock.stamp(),
		});
	}

	/** What is known of each device now, and of a printer's jobs, for `tillctl status`. */
	deviceStates(): DeviceReport[] {
		return [...this.#deviceStates].map(([id, { deviceClass, state }]) => {
			const printer = this.#devices.printers.find((one) => one.id === id);
			return { id, deviceClass, state, ...(printer === undefined ? {} : { jobs: printer.jobs() }) };
		});
	}

	surroundings(): Surroundings {
		const hadCatalog = this.#till.state().catalogVersion !== undefined;
		const { catalog, clock } = this.#parts;
		return {
			devices: this.#deviceStates,
			stuckDrawers: this.#drawers.stuck(),
			// Asked for no oftener than it can be news: a till that sold once always has one.
			hasCatalog: hadCatalog || catalog.effective(clock.stamp().utcMs) !== undefined,
			isDiskLow: this.#disk.isLow(),
			mirrorTrouble: this.#parts.journal.mirrorTrouble(),
			isBrokerConnected: this.#isBrokerConnected,
			isFeedInsecure: this.#isFeedInsecure,
			isRecovery: this.#trouble !== undefined,
			isLogoUnusable: this.#parts.logo().isUnusable,
		};
	}

	/** An input nobody waits for: a fault of the journal is logged here, the loop stands as it was. */
	#guarded(source: Source, body: InputBody): void {
		try {
			this.submit(source, body);
		} catch (thrown) {
			this.#parts.logger.error("an input could not be recorded", { input: body.type, error: messageOf(thrown) });
		}
	}

	#watchPulses(effects: readonly Effect[]): void {
		for (const effect of effects) {
			if (effect.effect !== "OpenDrawer") continue;
			const drawerId = effect.drawerId ?? this.#devices.drawers[0]?.id;
			if (drawerId !== undefined) this.#drawers.pulsed(drawerId, effect.jobId);
		}
	}

	#scanned(data: ScanData): void {
		if (this.#trials.took(data)) return;
		this.#guarded("device", { type: "Scanned", deviceId: data.deviceId, symbology: data.symbology, data: data.data });
	}

	#deviceChanged(device: Device, state: DeviceState): void {
		this.#deviceStates.set(device.id, { deviceClass: device.deviceClass, state });
		if (device.deviceClass === "CashDrawer") this.#drawers.changed(device.id, state);
		this.#publishStatusSoon();
	}

	#accepted(accepted: Accepted): void {
		const { journal, logger } = this.#parts;
		const judged = judgeAccepted(accepted, {
			journalId: journal.journalId,
			feedHead: journal.feedHead(),
			cursor: journal.cursor(),
			hashOfMessage: (feedSeq) => journal.messages(feedSeq, 1).find((message) => message.feedSeq === feedSeq)?.sha256,
		});
		switch (judged.verdict) {
			case "advance":
				journal.moveCursor(judged.cursor);
				this.#publisher.cursorMoved();
				this.#anchor(judged.cursor);
				return;
			case "ignore":
				logger.debug("accepted ignored", { reason: judged.reason, feedSeq: accepted.feedSeq });
				return;
			case "restoredCopy":
			case "fork":
				logger.error("this journal is not the one the relay knows", { code: judged.code, feedSeq: accepted.feedSeq });
				this.#pendingAdoption = accepted;
				this.#adoptBetweenTickets();
				return;
		}
	}

	#anchor(cursor: {
		readonly feedSeq: number;
		readonly sha256: string;
		readonly ledgerId: string;
		readonly term: number;
	}): void {
		const { anchoredFeedSeq, day, ticket } = this.#till.state();
		const further = cursor.feedSeq - anchoredFeedSeq;
		if (ticket === undefined && (further >= ANCHOR_MESSAGES || (day === undefined && further > 1))) {
			this.#guarded("feed", { type: "Anchored", ...cursor });
		}
	}

	/** Between two tickets, when drawer and paper of the last one have answered too. */
	#adoptBetweenTickets(): void {
		const accepted = this.#pendingAdoption;
		const { ticket, doubts } = this.#till.state();
		if (accepted === undefined || this.#isStopping || ticket !== undefined) return;
		if (doubts.some((doubt) => doubt.since === "started")) return;
		this.#pendingAdoption = undefined;
		this.#parts.onAdoptionNeeded(accepted);
	}

	#measure(): void {
		this.#disk.measured(this.#parts.freeDiskBytes(), this.#parts.clock.stamp().monotonicMs);
	}

	/** The loop has turned; the journal must answer too before the watchdog is fed. */
	#round(): void {
		const { journal, logger } = this.#parts;
		try {
			this.#measure();
			const head = journal.head();
			const [record] = journal.records({ fromSeq: head.seq, limit: 1 });
			if (record?.sha256 !== head.sha256) throw new Error("the journal's last record is not its head");
			this.#publishStatus(true);
			this.#parts.onAlive();
		} catch (thrown) {
			logger.error("the journal does not answer", { error: messageOf(thrown) });
		}
	}

	#publishStatusSoon(): void {
		this.#cancelStatus ??= this.#parts.timers.after("till status", STATUS_DELAY_MS, () => {
			this.#cancelStatus = undefined;
			this.#publishStatus(false);
		});
	}

	/** Publishes the status when something but its time has changed. */
	#publishStatus(always: boolean): void {
		const status = this.status();
		const text = JSON.stringify({ ...status, atUtcMs: null, head: null, feedSeq: null, backlog: null });
		const isNews = text !== this.#lastStatus;
		if (!always && !isNews) return;
		this.#lastStatus = text;
		this.#publisher.publishStatus(status);
		if (isNews) for (const listener of this.#statusListeners) listener(status);
	}
}
