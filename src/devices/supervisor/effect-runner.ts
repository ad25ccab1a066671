import { REFUSALS, type RefusalCode } from "../../events/codes.ts";
import type { CurrencyCode } from "../../money/currency.ts";
import { closedRows, type DisplayStyle, idleRows, leftRows, lineRows } from "../../receipt/display-rows.ts";
import type { Seller } from "../../receipt/seller.ts";
import type { Texts } from "../../receipt/texts/texts.ts";
import type { Timers } from "../../runtime/contract/clock.ts";
import { messageOf } from "../../runtime/contract/fault.ts";
import type { Logger } from "../../runtime/contract/logger.ts";
import type {
	CashDrawer,
	LineDisplay,
	POSPrinter,
	PrintElement,
	PrintOutcome,
	RasterImage,
	Scanner,
} from "../contract/devices.ts";
import { stopsPrinting } from "../contract/devices.ts";
import type { DeviceAnswer, DisplayContent, Effect, PrintContent } from "../contract/effect.ts";
import { layOut } from "./lay-out.ts";

/** A pulse that cannot go out within this time is not sent at all: nobody expects the drawer any more (devices.md 11.5). */
const DRAWER_EXPIRY_MS = 2_000;

/** A print job that has not begun by then has failed; the receipt can be had as a copy. */
const PRINT_DEADLINE_MS = 30_000;

/** How long a finished ticket stays on the display, unless the configuration says otherwise. */
const IDLE_AFTER_SECONDS = 8;

/** The devices of a till, as far as they are there. */
export interface TillDevices {
	/** The first is the till's own; another prints while that one cannot. */
	readonly printers: readonly POSPrinter[];
	/** The first is the till's own; another is opened by its name alone. */
	readonly drawers: readonly CashDrawer[];
	readonly display: LineDisplay | undefined;
	/** The test page of a printer, by its id. */
	readonly testPaper: (printerId: string) => readonly PrintElement[];
	readonly scanners: readonly Scanner[];
}

/** What papers and rows are made with. */
export interface EffectStyle {
	readonly texts: Texts;
	readonly seller: Seller;
	readonly currency: CurrencyCode;
	/** Columns of the paper; undefined for the printer's own, which are the most: longer rows would break in two on it. */
	readonly receiptColumns: number | undefined;
	/** The logo of receipts, asked for at each one; null without, and while it is still being read. */
	readonly logo: () => RasterImage | null;
	/** Rows of the display while nothing is sold; undefined for a welcome. */
	readonly idleText?: readonly string[] | undefined;
	/** How long a finished ticket stays on the display. */
	readonly idleAfterSeconds?: number | undefined;
}

const refusalRows = (code: RefusalCode): [string, string] => [code, REFUSALS[code].cause];

const rowsOf = (
	content: DisplayContent,
	style: DisplayStyle,
	idleText: readonly string[] | undefined,
): readonly string[] => {
	switch (content.show) {
		case "line":
			return lineRows(content.line, content.due, style);
		case "left":
			return leftRows(content.left, style);
		case "closed":
			return closedRows(content.toPay, content.change, style);
		case "refusal":
			return refusalRows(content.refusal.code);
		case "idle":
			return idleText ?? idleRows(style);
	}
};

/** Whether a printer would take a job now. */
const canPrint = (printer: POSPrinter): boolean => {
	const { power, conditions } = printer.state();
	return power === "online" && !conditions.some(stopsPrinting);
};

const drawerFirst = (a: Effect, b: Effect): number =>
	Number(b.effect === "OpenDrawer") - Number(a.effect === "OpenDrawer");

/** Carries effects out on the devices and hands their answers back. Never throws, never waits: a missing device is an answer too. */
export class EffectRunner {
	readonly #devices: TillDevices;
	readonly #style: EffectStyle;
	readonly #timers: Timers;
	readonly #logger: Logger;
	readonly #onAnswer: (answer: DeviceAnswer) => void;
	#cancelIdle: () => void = () => undefined;

	constructor(parts: {
		readonly devices: TillDevices;
		readonly style: EffectStyle;
		readonly timers: Timers;
		readonly logger: Logger;
		readonly onAnswer: (answer: DeviceAnswer) => void;
	}) {
		this.#devices = parts.devices;
		this.#style = parts.style;
		this.#timers = parts.timers;
		this.#logger = parts.logger;
		this.#onAnswer = parts.onAnswer;
	}

	/** Begins every effect: the drawer first, because a cashier waits for it, then the others as they were recorded. */
	run(effects: readonly Effect[]): void {
		for (const effect of effects.toSorted(drawerFirst)) this.#begin(effect);
	}

	/** Forgets what is still to come. */
	stop(): void {
		this.#cancelIdle();
	}

	#begin(effect: Effect): void {
		switch (effect.effect) {
			case "DisplayText":
				this.#show(effect.content);
				return;
			case "BeepError":
				for (const scanner of this.#devices.scanners) if (scanner.id === effect.deviceId) scanner.beepError();
				return;
			case "OpenDrawer":
				this.#openDrawer(effect.jobId, effect.drawerId);
				return;
			case "Print":
				this.#print(effect.jobId, effect.content);
				return;
		}
	}

	#openDrawer(jobId: string, drawerId: string | null): void {
		const drawer = this.#devices.drawers.find(({ id }) => drawerId === null || id === drawerId);
		const pending =
			drawer?.openDrawer(DRAWER_EXPIRY_MS) ??
			Promise.resolve({ outcome: "failed" as const, detail: "no cash drawer is configured" });
		pending
			.then((result) => this.#onAnswer({ type: "DrawerEnded", jobId, result }))
			.catch((thrown: unknown) => {
				this.#driverFailed(jobId, thrown);
				this.#onAnswer({ type: "DrawerEnded", jobId, result: { outcome: "unknown", detail: messageOf(thrown) } });
			});
	}

	#print(jobId: string, content: PrintContent): void {
		this.#sendToPrinter(jobId, content)
			.then((result) => this.#onAnswer({ type: "PrintEnded", jobId, result }))
			.catch((thrown: unknown) => {
				this.#driverFailed(jobId, thrown);
				const result = { outcome: "unknown", confirmation: null, detail: messageOf(thrown) } as const;
				this.#onAnswer({ type: "PrintEnded", jobId, result });
			});
	}

	async #sendToPrinter(jobId: string, content: PrintContent): Promise<PrintOutcome> {
		const { printers } = this.#devices;
		const printer =
			content.kind === "test"
				? printers.find(({ id }) => id === content.deviceId)
				: (printers.find(canPrint) ?? printers[0]);
		if (printer === undefined) return { outcome: "failed", confirmation: null, detail: "no printer is configured" };
		// Display and drawer, which were begun before, get their bytes first: laying the paper out takes a while.
		await Promise.resolve();
		const { texts, seller, logo, receiptColumns } = this.#style;
		const { recLineChars } = printer;
		const elements =
			content.kind === "test"
				? this.#devices.testPaper(printer.id)
				: layOut(content, { texts, seller, logo: logo() }, Math.min(receiptColumns ?? recLineChars, recLineChars));
		return printer.print({ jobId, elements, deadlineMs: PRINT_DEADLINE_MS });
	}

	/** A driver that rejects has a bug; the job is then in doubt, never repeated by itself. */
	#driverFailed(jobId: string, thrown: unknown): void {
		this.#logger.error("a driver failed", { jobId, error: messageOf(thrown) });
	}

	#show(content: DisplayContent): void {
		this.#cancelIdle();
		const { display } = this.#devices;
		if (display === undefined) return;
		const style: DisplayStyle = {
			columns: display.deviceColumns,
			currency: this.#style.currency,
			texts: this.#style.texts,
		};
		display.displayText(rowsOf(content, style, this.#style.idleText)).catch((thrown: unknown) => {
			this.#logger.error("the display driver failed", { error: messageOf(thrown) });
		});
		if (content.show === "closed") {
			const idleAfterMs = (this.#style.idleAfterSeconds ?? IDLE_AFTER_SECONDS) * 1_000;
			this.#cancelIdle = this.#timers.after("display idle", idleAfterMs, () => this.#show({ show: "idle" }));
		}
	}
}
