import type {
	DeviceState,
	DrawerOutcome,
	POSPrinter,
	PrintJob,
	PrintJobStatus,
	PrintOutcome,
} from "../../src/devices/contract/devices.ts";
import type {
	ConnectorLevel,
	DrawerPulse,
	DriverServices,
	LineGuest,
	LineHost,
	LineShare,
	PulseHost,
} from "../../src/devices/contract/driver.ts";
import type { PrinterProfile } from "../../src/devices/contract/profile.ts";
import { StateCell } from "../state-cell.ts";
import type { MakePort, Port } from "../transport/port.ts";
import { type Waiter, WaitingList } from "../waiting-list.ts";
import { ASB_ON, drawerPulse } from "./commands.ts";
import { Confirmation } from "./confirmation.ts";
import { encodeJob } from "./encode-job.ts";
import { JobBoard } from "./job-board.ts";
import { LineSharing } from "./line-sharing.ts";
import { cannotPrint, conditionsOf } from "./printer-status.ts";
import type { Reply } from "./reply-reader.ts";
import { longestData, resynchronise } from "./resynchronise.ts";
import { Solenoids } from "./solenoids.ts";
import { STATUS_PERIOD_MS, StatusKeeper } from "./status-keeper.ts";

/** Jobs that may wait for a printer; a till that is further behind than this has other troubles. */
const JOBS_MAX = 32;

interface PendingJob {
	readonly job: PrintJob;
	readonly settle: (outcome: PrintOutcome) => void;
}

interface PendingPulse {
	readonly pulse: DrawerPulse;
	readonly settle: (outcome: DrawerOutcome) => void;
}

const RESTARTED = "the printer was switched off and on";

/** How the wait for the printer's word ended, and why it is not known what became of the job. */
type Ending =
	| { readonly how: "confirmed" }
	| { readonly how: "timedOut" | "lost" | "restarted"; readonly detail: string };

/** A word of the printer's; anything else may be noise on the line. */
const isStatus = ({ kind }: Reply): boolean => kind === "asb" || kind === "realTime";

/**
 * An ESC/POS receipt printer on one port, with the drawers that hang on it. Jobs go one at a time, each up to the word
 * that its profile lets it expect. Nothing is sent while the printer is known to be unable to take it in, because it would
 * come out later, nor before one that used to answer has answered again; and nothing that was once begun is ever repeated.
 */
export class EscposPrinter implements POSPrinter, PulseHost, LineHost {
	readonly deviceClass = "POSPrinter";
	readonly id: string;
	readonly recLineChars: number;
	readonly #profile: PrinterProfile;
	readonly #services: DriverServices;
	readonly #port: Port;
	readonly #state: StateCell;
	readonly #keeper: StatusKeeper;
	readonly #confirmation: Confirmation;
	readonly #jobs: WaitingList<PendingJob>;
	readonly #pulses: WaitingList<PendingPulse>;
	readonly #line = new LineSharing(() => this.#port);
	readonly #watchers: ((state: DeviceState, level: ConnectorLevel) => void)[] = [];
	readonly #board: JobBoard;
	readonly #solenoids = new Solenoids();
	#running: PendingJob | null = null;
	/** Bytes of the running job are going out. */
	#isWriting = false;
	#pulsing = false;
	#cancelRest: () => void = () => undefined;
	#endWait: ((ending: Ending) => void) | null = null;
	/** The last job that the printer gave no word on in time, by the id that it may still name. */
	#unanswered: { readonly id: string; readonly jobId: string } | null = null;
	/** Data bytes that the printer may be waiting for since a job or pulse was cut off; null when it is known to wait for none. */
	#missingBytes: number | null = null;
	#asking = false;
	#silent = false;
	/** It has told its status before: it is known to answer when it is well. */
	#answers = false;
	/** It answers when it is well and is still to do so: what is begun before might be lost or come out late. */
	#mute = false;
	#portDetail: string | null = null;
	#level: ConnectorLevel = "unknown";
	#stopAsking: () => void = () => undefined;
	#ended = false;

	constructor(
		options: { readonly id: string; readonly profile: PrinterProfile },
		makePort: MakePort,
		services: DriverServices,
	) {
		this.id = options.id;
		this.#profile = options.profile;
		this.recLineChars = options.profile.recLineChars;
		this.#services = services;
		this.#state = new StateCell((state) => {
			services.listeners.onState(this, state);
			this.#tellWatchers();
		});
		this.#keeper = new StatusKeeper(options.profile.status, services.clock);
		const seed = Math.floor(services.clock.stamp().utcMs / 1000);
		this.#confirmation = new Confirmation(options.profile.status.confirmation, seed);
		this.#board = new JobBoard((job) => services.listeners.onPrintJob?.(this, job));
		this.#jobs = new WaitingList(`${this.id} job`, services);
		this.#pulses = new WaitingList(`${this.id} pulse`, services);
		this.#port = makePort({
			onOpen: () => this.#opened(),
			onData: (bytes) => this.#received(bytes),
			onClose: (detail) => this.#lost(detail),
		});
	}

	open(): void {
		this.#port.open();
		this.#stopAsking = this.#services.timers.every(`${this.id} status`, STATUS_PERIOD_MS, () => this.#tick());
	}

	async close(): Promise<void> {
		this.#ended = true;
		this.#stopAsking();
		this.#cancelRest();
		for (const { settle } of this.#jobs.clear()) settle(notBegun("the program ended"));
		for (const { settle } of this.#pulses.clear()) settle({ outcome: "failed", detail: "the program ended" });
		this.#endWait?.({ how: "lost", detail: "the program ended" });
		await this.#port.close();
	}

	state(): DeviceState {
		return this.#state.get();
	}

	print(job: PrintJob): Promise<PrintOutcome> {
		return new Promise((resolve) => {
			const settle = (outcome: PrintOutcome): void => {
				this.#board.ended(job.jobId, outcome);
				resolve(outcome);
			};
			this.#board.queued(job.jobId);
			if (this.#ended) settle(notBegun("the program ended"));
			else if (this.#jobs.size >= JOBS_MAX) settle(notBegun(`${JOBS_MAX} jobs already wait`));
			else {
				this.#jobs.add({ job, settle }, job.deadlineMs, this.#jobExpired);
				this.#pump();
			}
		});
	}

	jobs(): readonly PrintJobStatus[] {
		return this.#board.list();
	}

	pulse(pulse: DrawerPulse, expiryMs: number): Promise<DrawerOutcome> {
		if (this.#ended) return Promise.resolve({ outcome: "failed", detail: "the program ended" });
		return new Promise((settle) => {
			this.#pulses.add({ pulse, settle }, expiryMs, this.#pulseExpired);
			this.#pump();
		});
	}

	watch(listener: (state: DeviceState, level: ConnectorLevel) => void): void {
		this.#watchers.push(listener);
		listener(this.#state.get(), this.#level);
	}

	share(guest: LineGuest): LineShare {
		return this.#line.share(guest);
	}

	readonly #jobExpired = ({ job, settle }: PendingJob): void => {
		settle(notBegun(`not begun within ${job.deadlineMs} ms: ${this.#whyNot()}`));
	};

	readonly #pulseExpired = ({ settle }: PendingPulse): void => {
		settle({ outcome: "expired", detail: this.#whyNot() });
	};

	/** Why nothing goes out at present, in words for a technician. */
	#whyNot(): string {
		if (!this.#port.isOpen()) return this.#portDetail ?? `${this.#port.name} is not open`;
		const conditions = conditionsOf(this.#keeper.status);
		if (conditions.length > 0) return conditions.join(", ");
		if (this.#mute) return "the printer does not answer";
		return cannotPrint(this.#keeper.status) ? "the printer is offline" : "the printer is busy";
	}

	#opened(): void {
		this.#portDetail = null;
		this.#mute = this.#answers;
		this.#greet(this.#line.greet());
		this.#publish();
		this.#line.opened();
		this.#pump();
	}

	/** Begins with a printer of which nothing is known. */
	#greet(first: Buffer): void {
		void this.#post(Buffer.concat([first, this.#repair(), this.#keeper.ask(true)]));
	}

	#received(bytes: Uint8Array): void {
		const { replies, next } = this.#keeper.take(bytes);
		if (next !== null) void this.#post(next);
		if (replies.some(isStatus)) {
			this.#answers = this.#keeper.canAsk;
			this.#mute = false;
			this.#silent = false;
		}
		for (const reply of replies) {
			if (this.#confirmation.take(reply)) this.#endWait?.({ how: "confirmed" });
			else if (reply.kind === "processId") this.#lateWord(reply.id);
			if (reply.kind === "poweredOn") this.#restarted();
		}
		this.#publish();
		this.#pump();
	}

	/** A job that was given up came out after all. If it was the last, the printer waits for nothing more of it. */
	#lateWord(id: string): void {
		const late = this.#unanswered;
		if (late === null || id !== late.id || this.#running !== null) return;
		this.#unanswered = null;
		this.#missingBytes = null;
		this.#board.lateWord(late.jobId);
	}

	/** The printer was switched off and on: what it held of a job is gone, and so is what it was told. */
	#restarted(): void {
		if (this.#isWriting) {
			this.#port.reset(RESTARTED);
			return;
		}
		this.#endWait?.({ how: "restarted", detail: RESTARTED });
		this.#forget();
		this.#greet(this.#line.toPrinter);
	}

	/** What the printer was told and still owes is worth nothing any more. */
	#forget(): void {
		this.#keeper.forget();
		this.#confirmation.forget();
		this.#unanswered = null;
	}

	#lost(detail: string): void {
		this.#portDetail = detail;
		this.#silent = false;
		this.#forget();
		this.#endWait?.({ how: "lost", detail });
		this.#publish();
		this.#line.lost(detail);
	}

	/** Asks how the printer is; gives a line up that used to answer and no longer does, for it may be half open. */
	#tick(): void {
		if (!this.#port.isOpen()) return;
		this.#silent = this.#keeper.isSilent();
		this.#publish();
		if (this.#silent && this.#keeper.heard && this.#running === null) {
			this.#port.reset(`no answer for ${this.#profile.status.confirmTimeoutMs} ms`);
			return;
		}
		this.#ask();
		this.#pump();
	}

	/** Ends what was cut off. Sent until a job has gone through, because nobody knows whether it arrived. */
	#repair(): Buffer {
		if (this.#missingBytes === null) return Buffer.alloc(0);
		// ESC @, which ends it, turns automatic status off.
		return Buffer.concat([resynchronise(this.#missingBytes), ...(this.#profile.status.asb ? [ASB_ON] : [])]);
	}

	/** The same in front of a job: what there is of the paper that broke off falls off before the next customer's begins. */
	#clearAway(): Buffer {
		if (this.#missingBytes === null) return Buffer.alloc(0);
		return Buffer.concat([this.#repair(), encodeJob([{ kind: "cut" }], this.#profile)]);
	}

	/** Asks how the printer is; in order only what cannot get into a command, of a job that goes on or one that was cut off. */
	#ask(): void {
		if (this.#asking) return;
		const { dleEot } = this.#profile.status;
		if (dleEot && (this.#running !== null || this.#missingBytes !== null)) void this.#post(this.#keeper.ask(false));
		else if (dleEot) void this.#post(this.#forPrinter(this.#keeper.ask(true)));
		else if (this.#running === null) void this.#post(this.#forPrinter(this.#repair(), this.#keeper.ask(true)));
	}

	/** Of a job that may have been cut off. */
	#cutOff(elements: PrintJob["elements"]): void {
		this.#missingBytes = Math.max(this.#missingBytes ?? 0, longestData(elements));
	}

	#forPrinter(...parts: readonly Buffer[]): Buffer {
		return Buffer.concat([this.#line.toPrinter, ...parts]);
	}

	/** Sends questions; they are worth nothing on another connection. */
	async #post(bytes: Buffer): Promise<void> {
		if (bytes.length === 0) return;
		this.#asking = true;
		await this.#port.write(bytes);
		this.#asking = false;
	}

	#publish(): void {
		const { status } = this.#keeper;
		const open = this.#port.isOpen();
		const answering = !this.#keeper.canAsk || this.#keeper.heard;
		const unanswered = this.#silent || (open && this.#mute);
		const power = !open || unanswered ? "offline" : answering ? "online" : this.#state.get().power;
		const detail = unanswered ? `${this.#port.name} is open, but the printer does not answer` : this.#portDetail;
		const levelChanged = this.#level !== status.connector;
		this.#level = status.connector;
		const before = this.#state.get();
		this.#state.set({ power, conditions: conditionsOf(status), detail });
		if (levelChanged && this.#state.get() === before) this.#tellWatchers();
	}

	#tellWatchers(): void {
		for (const watcher of this.#watchers) watcher(this.#state.get(), this.#level);
	}

	#pump(): void {
		if (this.#ended || !this.#port.isOpen() || this.#mute || cannotPrint(this.#keeper.status)) return;
		this.#pumpPulses();
		// Behind a receipt that stops for want of paper a pulse would come when nobody expects it: it goes first, always.
		if (this.#running !== null || this.#pulses.size > 0) return;
		const next = this.#jobs.take();
		if (next !== null) void this.#run(next);
	}

	/** One pulse at a time, and none before the solenoids may have it. */
	#pumpPulses(): void {
		if (this.#pulsing) return;
		const next = this.#pulses.take();
		if (next === null) return;
		const restMs = this.#solenoids.waitMs(next.item.pulse, this.#nowMs());
		if (restMs === 0) {
			void this.#sendPulse(next);
			return;
		}
		this.#pulses.putBack(next, this.#pulseExpired);
		this.#cancelRest();
		this.#cancelRest = this.#services.timers.after(`${this.id} solenoid`, restMs, () => this.#pump());
	}

	#nowMs(): number {
		return this.#services.clock.stamp().monotonicMs;
	}

	async #sendPulse(waiter: Waiter<PendingPulse>): Promise<void> {
		const { pulse, settle } = waiter.item;
		this.#pulsing = true;
		const result = await this.#port.write(this.#forPrinter(this.#repair(), drawerPulse(pulse)), waiter.notAfterMs);
		this.#pulsing = false;
		switch (result.outcome) {
			case "written":
				this.#solenoids.pulsed(pulse, this.#nowMs());
				settle({ outcome: "sent", detail: null });
				break;
			case "expired":
				this.#pulseExpired(waiter.item);
				break;
			case "notSent":
				this.#pulses.putBack(waiter, this.#pulseExpired);
				break;
			case "unknown":
				this.#solenoids.pulsed(pulse, this.#nowMs());
				this.#cutOff([]);
				settle({ outcome: "unknown", detail: result.detail });
		}
		if (result.outcome !== "notSent") this.#pump();
	}

	async #run(waiter: Waiter<PendingJob>): Promise<void> {
		this.#running = waiter.item;
		const { job, settle } = waiter.item;
		const ending = new Promise<Ending>((resolve) => {
			this.#endWait = resolve;
		});
		const paper = encodeJob(job.elements, this.#profile);
		const bytes = this.#forPrinter(this.#clearAway(), paper, this.#confirmation.begin());
		this.#board.sent(job.jobId);
		this.#isWriting = true;
		const result = await this.#port.write(bytes, waiter.notAfterMs);
		this.#isWriting = false;
		switch (result.outcome) {
			case "written":
				settle(await this.#confirmed(job, ending));
				this.#confirmation.end();
				break;
			case "unknown":
				this.#cutOff(job.elements);
				this.#confirmation.end();
				settle({ outcome: "unknown", confirmation: null, detail: result.detail });
				break;
			case "expired":
				this.#confirmation.withdraw();
				this.#jobExpired(waiter.item);
				break;
			case "notSent":
				this.#confirmation.withdraw();
				this.#board.queued(job.jobId);
				this.#jobs.putBack(waiter, this.#jobExpired);
		}
		this.#endWait = null;
		this.#running = null;
		if (result.outcome !== "notSent") this.#pump();
	}

	/** Waits for the printer's word on a job whose bytes are all out. */
	async #confirmed(job: PrintJob, ending: Promise<Ending>): Promise<PrintOutcome> {
		const { confirmation: level, confirmTimeoutMs } = this.#profile.status;
		if (level === "written") {
			this.#missingBytes = null;
			return { outcome: "written", confirmation: "written", detail: null };
		}
		const cancel = this.#services.timers.after(`${this.id} confirmation`, confirmTimeoutMs, () => {
			const conditions = conditionsOf(this.#keeper.status);
			this.#endWait?.({
				how: "timedOut",
				detail: [`no answer within ${confirmTimeoutMs} ms`, ...conditions].join(", "),
			});
		});
		const end = await ending;
		cancel();
		if (end.how === "confirmed") {
			this.#missingBytes = null;
			return { outcome: "confirmed", confirmation: level, detail: null };
		}
		this.#cutOff(job.elements);
		if (end.how === "timedOut") this.#unanswered = { id: this.#confirmation.lastId, jobId: job.jobId };
		if (end.how === "timedOut" && this.#answers) {
			this.#mute = true;
			this.#publish();
			this.#ask();
		}
		return { outcome: "unknown", confirmation: "written", detail: end.detail };
	}
}

const notBegun = (detail: string): PrintOutcome => ({ outcome: "failed", confirmation: null, detail });
