import type { Device, DrawerOutcome, LineDisplay, PrintOutcome, ScanData } from "../../devices/contract/devices.ts";
import { displayTestRows } from "../../devices/provisioning/display-test-rows.ts";
import { type Refusal, refuse } from "../../events/refusal.ts";
import type { Timers } from "../../runtime/contract/clock.ts";
import type { InputBody } from "../../till/input.ts";
import type { Outcome } from "../../till/till.ts";

/** How long test rows stay on a display when nothing is sold. */
const DISPLAY_TEST_MS = 20_000;

/** What trials take of the till. */
export interface DeviceTrialParts {
	readonly devices: readonly Device[];
	readonly timers: Timers;
	/** An operator's input. */
	readonly submit: (body: InputBody) => Outcome;
	readonly listen: (listener: (body: InputBody, outcome: Outcome) => void) => () => void;
	/** Whether a ticket is open. */
	readonly isSelling: () => boolean;
	/** Shows again what a display shows between two sales. */
	readonly showIdle: () => void;
}

/** What trying a device came to. */
export type TrialResult =
	| { readonly refusal: Refusal }
	| { readonly refusal: undefined; readonly result: PrintOutcome | DrawerOutcome | DisplayShown | null };

/** What a display was told. */
export interface DisplayShown {
	readonly outcome: "written" | "replaced" | "failed";
	readonly rows: readonly string[];
}

/** What a scanner read. */
export type ScanTrial =
	| { readonly refusal: Refusal }
	| { readonly refusal: undefined; readonly result: Pick<ScanData, "symbology" | "data"> | null };

/** A technician's trials on the running till: each asks the loop first, which refuses one in the middle of a sale. */
export class DeviceTrials {
	readonly #parts: DeviceTrialParts;
	readonly #waiting = new Map<string, (data: ScanData | null) => void>();
	#cancelIdle: () => void = () => undefined;

	constructor(parts: DeviceTrialParts) {
		this.#parts = parts;
	}

	/** Prints, opens or shows; answers when the device has. A scanner has nothing to do here. */
	async test(deviceId: string): Promise<TrialResult> {
		const outcome = this.#parts.submit({ type: "DeviceTestRequested", deviceId });
		if (outcome.refusal !== undefined) return { refusal: outcome.refusal };
		const started = outcome.events.find(({ type }) => type === "PrintStarted" || type === "DrawerOpenStarted");
		if (started !== undefined && "jobId" in started) {
			return { refusal: undefined, result: await this.#ended(started.jobId) };
		}
		const device = this.#parts.devices.find(({ id }) => id === deviceId);
		return { refusal: undefined, result: device === undefined || !isDisplay(device) ? null : await this.#show(device) };
	}

	/** The scanner's next read, which sells nothing; null when none comes in time, or another trial took its place. */
	async scan(deviceId: string, timeoutMs: number): Promise<ScanTrial> {
		const scanners = this.#parts.devices.filter(({ deviceClass }) => deviceClass === "Scanner").map(({ id }) => id);
		// Of another device the loop would begin what is tried with it: a pulse, a page.
		if (!scanners.includes(deviceId))
			return { refusal: refuse("TILL-0437", { devices: scanners.join(", ") || "none" }) };
		const { refusal } = this.#parts.submit({ type: "DeviceTestRequested", deviceId });
		if (refusal !== undefined) return { refusal };
		this.#waiting.get(deviceId)?.(null);
		const read = await new Promise<ScanData | null>((resolve) => {
			const cancel = this.#parts.timers.after(`${deviceId} trial`, timeoutMs, () => settle(null));
			const settle = (data: ScanData | null): void => {
				cancel();
				this.#waiting.delete(deviceId);
				resolve(data);
			};
			this.#waiting.set(deviceId, settle);
		});
		return { refusal: undefined, result: read === null ? null : { symbology: read.symbology, data: read.data } };
	}

	/** Whether a read was a technician's. Once a sale has begun all reads are the cashier's. */
	took(data: ScanData): boolean {
		const settle = this.#parts.isSelling() ? undefined : this.#waiting.get(data.deviceId);
		settle?.(data);
		return settle !== undefined;
	}

	/** Ends what is waited for. */
	stop(): void {
		this.#cancelIdle();
		for (const settle of [...this.#waiting.values()]) settle(null);
	}

	#ended(jobId: string): Promise<PrintOutcome | DrawerOutcome> {
		return new Promise((resolve) => {
			const stop = this.#parts.listen((body) => {
				if ((body.type !== "PrintEnded" && body.type !== "DrawerEnded") || body.jobId !== jobId) return;
				stop();
				resolve(body.result);
			});
		});
	}

	async #show(display: LineDisplay): Promise<DisplayShown> {
		const rows = displayTestRows(display.deviceRows, display.deviceColumns);
		const outcome = await display.displayText(rows);
		this.#cancelIdle();
		this.#cancelIdle = this.#parts.timers.after("display trial", DISPLAY_TEST_MS, () => {
			if (!this.#parts.isSelling()) this.#parts.showIdle();
		});
		return { outcome, rows };
	}
}

const isDisplay = (device: Device): device is LineDisplay => device.deviceClass === "LineDisplay";
