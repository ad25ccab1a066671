import type { ControlCall } from "../../../src/operator/control/request.ts";
import type { TillView } from "../../../src/till/view.ts";
import type { TillProcess } from "./till-process.ts";

/** Numbers from a seed (mulberry32): the same seed gives the same cashier. */
export const randomFrom = (seed: number): (() => number) => {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
};

const CODES = ["7038010001659", "FOOD", "TAKEAWAY", "BEER", "SODA"];

/** What the cashier knows that he was told: independent of the till's own words after a restart. */
export interface Known {
	/** Lines of the open ticket that were answered. */
	readonly openLines: number;
	/** Tenders of the open ticket that were answered. */
	readonly openTenders: number;
	/** The last receipt number that was answered; undefined before the first. */
	readonly lastReceipt: number | undefined;
}

/** A cashier without patience: scans and takes money until the till dies. Answers what he had been told, and what he was doing. */
export const sellUntilItDies = async (
	till: TillProcess,
	random: () => number,
	known: Known,
): Promise<{ known: Known; doing: ControlCall }> => {
	let told = known;
	let doing: ControlCall = { command: "view" };
	const say = async (request: ControlCall): Promise<void> => {
		doing = request;
		const answer = await till.ask(request);
		if (answer.kind !== "ok") throw new Error(`${request.command}: ${answer.code} ${answer.message}`);
		const view = answer.result as TillView;
		told = {
			openLines: view.ticket?.lines.length ?? 0,
			openTenders: view.ticket?.tenders.length ?? 0,
			lastReceipt: view.lastTicket?.receiptNumber ?? told.lastReceipt,
		};
	};
	try {
		while (true) {
			if (told.openTenders === 0 && (told.openLines === 0 || random() < 0.6)) {
				const quantity = random() < 0.3 ? { quantity: `${1 + Math.floor(random() * 4)}` } : {};
				await say({ command: "scan", code: CODES[Math.floor(random() * CODES.length)] ?? "FOOD", ...quantity });
			} else if (told.openTenders === 0 && random() < 0.2) {
				await say({ command: "tender", tenderType: "cash", amount: "10" });
			} else {
				const tenderType = random() < 0.5 ? "cash" : random() < 0.5 ? "mc" : "visa";
				await say({ command: "tender", tenderType });
			}
		}
	} catch (thrown) {
		if (till.child.exitCode === null && till.child.signalCode === null && !String(thrown).includes("TILL-0904"))
			throw thrown;
		return { known: told, doing };
	}
};
