import { EscposPrinter } from "../../../drivers/escpos/escpos-printer.ts";
import type { Connector } from "../../../drivers/transport/link.ts";
import { LivePort } from "../../../drivers/transport/live-port.ts";
import { serialConnector } from "../../../drivers/transport/serial-connector.ts";
import { tcpConnector } from "../../../drivers/transport/tcp-connector.ts";
import { EmulatedPrinter } from "../../../drivers/virtual/emulated-printer.ts";
import type { DriverServices, PrinterDriver } from "../../../src/devices/contract/driver.ts";
import type { PrinterProfile } from "../../../src/devices/contract/profile.ts";
import type { FarEnd } from "../../drivers/support/far-end.ts";
import type { ManualTimers } from "../../support/manual-runtime.ts";
import { PaperRoll } from "./paper-roll.ts";
import { WatchedLine } from "./watched-line.ts";

/** What can go wrong with a printer while it prints. */
export type FaultName =
	| "unplug"
	| "dead line"
	| "power cycle"
	| "paper out"
	| "cover open"
	| "slow"
	| "silent"
	| "garbage reply";

/** How a line behaves when the power of its printer goes. */
export type PowerLoss =
	/** A serial line: nothing tells. */
	| "nothing"
	/** A network: silence; who writes when it is back is told that the connection is none. */
	| "resetWhenBack"
	/** USB: the device is gone and comes again. */
	| "gone";

/** How late a slow printer answers (the slowest that a till has to bear). */
const SLOW_MS = 8_000;

/** Noise, a begun status, the word on somebody else's job, and the beginning of a word that never ends. */
const GARBAGE = Buffer.from([
	0xff,
	0x00,
	0xa5,
	0x1c,
	0xff,
	...Buffer.from('7"9999\0', "latin1"),
	0x80,
	...Buffer.from('7"1', "latin1"),
]);

const ESC = 0x1b;
const INITIALISE = 0x40;

/** GS ( H, which stands behind the last byte of a job's paper. */
const PROCESS_ID = Buffer.from([0x1d, 0x28, 0x48, 0x06, 0x00]);
const PROCESS_ID_BYTES = 11;

/** A printer with its drawer at the far end of a real line, which fails at a chosen byte of a job. */
export class FailingPrinter {
	readonly roll = new PaperRoll();
	/** When the drawer's solenoid was pulsed, by the monotonic clock. */
	readonly pulsedAtMs: number[] = [];
	/** Called when the first byte of a job has come. */
	onJob: () => void = () => undefined;
	readonly #end: FarEnd;
	readonly #profile: PrinterProfile;
	readonly #powerLoss: PowerLoss;
	readonly #time: { readonly timers: ManualTimers; readonly now: () => number };
	readonly #line = new WatchedLine();
	#printer: EmulatedPrinter;
	#isPlugged = true;
	#isPowered = true;
	#isDead = false;
	/** The last two bytes that came. */
	#tail: readonly [number, number] = [0, 0];
	#job: number[] = [];
	#isJobToFail = false;
	#armed: { readonly fault: FaultName; readonly atByte: number } | null = null;
	#standing: FaultName | null = null;
	#late: { readonly bytes: Uint8Array; readonly cancel: () => void }[] = [];

	constructor(
		end: FarEnd,
		profile: PrinterProfile,
		powerLoss: PowerLoss,
		time: { readonly timers: ManualTimers; readonly now: () => number },
	) {
		this.#end = end;
		this.#profile = profile;
		this.#powerLoss = powerLoss;
		this.#time = time;
		this.#printer = this.#switchedOn();
		end.onBytes = (bytes) => {
			this.#line.arrived(bytes.length);
			for (const byte of bytes) this.#take(byte);
		};
	}

	/** Whether nothing is on its way on the line. */
	get isQuiet(): boolean {
		return !this.#isPlugged || this.#line.isQuiet;
	}

	/** The fault that stands. */
	get standing(): FaultName | null {
		return this.#standing;
	}

	/** Bytes of the last job, up to the end of the question behind it. */
	get jobBytes(): number {
		return Buffer.from(this.#job).indexOf(PROCESS_ID) + PROCESS_ID_BYTES;
	}

	/** The real driver, on the real transport to this printer. */
	driver(): PrinterDriver {
		return {
			deviceClass: "POSPrinter",
			name: "escpos",
			transports: ["serial", "tcp", "usblp", "usb"],
			create: (options, services) =>
				new EscposPrinter(
					options,
					(listener) => new LivePort(this.#line.watch(this.#connector(services)), listener, services),
					services,
				),
		};
	}

	/** Lets the fault strike when so many bytes of the next job have come. */
	failAt(atByte: number, fault: FaultName): void {
		this.#armed = { fault, atByte };
	}

	/** The drawer slides out. */
	openDrawer(): void {
		this.#printer.set({ drawerOpen: true });
	}

	/** Puts right what stands. */
	async mend(): Promise<void> {
		const fault = this.#standing;
		this.#standing = null;
		switch (fault) {
			case "unplug":
				await this.#end.plug();
				this.#isPlugged = true;
				return;
			case "dead line":
				this.#isDead = false;
				return;
			case "power cycle":
				if (this.#powerLoss === "resetWhenBack") await this.#end.unplug();
				if (this.#powerLoss !== "nothing") await this.#end.plug();
				this.#isPlugged = true;
				this.#isPowered = true;
				this.#printer = this.#switchedOn();
				return;
			case "paper out":
				this.#printer.set({ recEmpty: false });
				return;
			case "slow":
				for (const { bytes, cancel } of this.#late.splice(0)) {
					cancel();
					this.#send(bytes);
				}
				return;
			case "cover open":
				this.#printer.set({ coverOpen: false });
				return;
			case "silent":
				this.#printer.silent = false;
				return;
			case "garbage reply":
			case null:
		}
	}

	get #isReached(): boolean {
		return this.#isPlugged && this.#isPowered && !this.#isDead;
	}

	#connector(services: DriverServices): Connector {
		const { connector, port } = this.#end;
		if (connector !== undefined) return connector();
		if (port.transport === "tcp") return tcpConnector(port.host, port.port);
		if (port.transport === "serial") return serialConnector(port.path, this.#profile.serial, services.timers);
		throw new Error(`no way to a port of the kind ${port.transport}`);
	}

	#switchedOn(): EmulatedPrinter {
		const printer = new EmulatedPrinter(this.#profile, (act) => {
			this.roll.take(act);
			if (act.act === "pulse") this.pulsedAtMs.push(this.#time.now());
		});
		printer.reply = (bytes) => this.#reply(bytes);
		return printer;
	}

	#take(byte: number): void {
		if (!this.#isReached) return;
		this.#printer.receive(Buffer.of(byte));
		// NUL and ESC @ is what a broken-off job is ended with; a job begins with ESC @ alone.
		const [before, last] = this.#tail;
		this.#tail = [last, byte];
		if (last === ESC && byte === INITIALISE && before !== 0) {
			this.#job = [ESC];
			this.#isJobToFail = this.#armed !== null;
			this.onJob();
		}
		this.#job.push(byte);
		if (this.#isJobToFail && this.#job.length === this.#armed?.atByte) this.#strike(this.#armed.fault);
	}

	#strike(fault: FaultName): void {
		this.#armed = null;
		this.#isJobToFail = false;
		this.#standing = fault;
		switch (fault) {
			case "unplug":
				this.#unplug();
				return;
			case "dead line":
				this.#isDead = true;
				return;
			case "power cycle":
				this.#isPowered = false;
				if (this.#powerLoss === "gone") this.#unplug();
				return;
			case "paper out":
				this.roll.tear();
				this.#printer.set({ recEmpty: true });
				return;
			case "cover open":
				this.#printer.set({ coverOpen: true });
				return;
			case "silent":
				this.#printer.silent = true;
				return;
			case "slow":
			case "garbage reply":
		}
	}

	#unplug(): void {
		this.#isPlugged = false;
		void this.#end.unplug();
	}

	#reply(bytes: Uint8Array): void {
		if (this.#standing === "garbage reply") this.#send(GARBAGE);
		else if (this.#standing !== "slow") this.#send(bytes);
		else {
			const late = { bytes, cancel: this.#time.timers.after("slow answer", SLOW_MS, () => this.#sendFirst()) };
			this.#late.push(late);
		}
	}

	#sendFirst(): void {
		const first = this.#late.shift();
		if (first !== undefined) this.#send(first.bytes);
	}

	#send(bytes: Uint8Array): void {
		if (!this.#isReached) return;
		this.#line.sends(bytes.length);
		this.#end.send(bytes);
	}
}
