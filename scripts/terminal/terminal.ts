import { createInterface } from "node:readline";
import { refusalText } from "../../src/cli/till/control-handler.ts";
import { statusText, viewText } from "../../src/cli/tillctl/render.ts";
import { REFUSALS } from "../../src/events/codes.ts";
import { messageOf } from "../../src/runtime/contract/fault.ts";
import type { InputBody } from "../../src/till/input.ts";
import type { Shop, ShopTill } from "../shop/shop.ts";
import { TENDER_TYPES } from "../shop/shop-data.ts";
import { booksText } from "./books-text.ts";
import { parseLine, type Typed } from "./parse.ts";
import { HELP } from "./words.ts";

/** Shows what comes out of the till's virtual devices, in a frame so that paper looks like paper. */
export const showPaper = (lines: readonly string[]): void => {
	const width = Math.max(...lines.map((line) => [...line].length));
	const edge = `  +${"-".repeat(width + 2)}+`;
	console.log([edge, ...lines.map((line) => `  | ${line.padEnd(width)} |`), edge].join("\n"));
};

/** Shows the customer display. */
export const showDisplay = (rows: readonly string[]): void => console.log(`  display  [${rows.join("] [")}]`);

const inputOf = (typed: Typed): InputBody | undefined => {
	switch (typed.kind) {
		case "tender":
			return { type: "Tendered", tenderType: typed.tenderType, amountText: typed.amountText, currency: null };
		case "close":
			return { type: "CloseRequested" };
		case "dayOpen":
			return { type: "DayOpenRequested", businessDate: null };
		case "dayClose":
			return { type: "DayCloseRequested" };
		case "copy":
			return { type: "CopyRequested", receiptNumber: typed.receiptNumber };
		case "sell":
			return { type: "Typed", code: typed.code, quantityText: typed.quantityText };
		default:
			return undefined;
	}
};

/** A bar code typed alone goes through the virtual scanner, as a shop's would. */
const isScan = (typed: Typed): typed is Extract<Typed, { kind: "sell" }> =>
	typed.kind === "sell" && typed.quantityText === null && /^[0-9]{8,14}$/.test(typed.code);

const carryOut = async (typed: Typed, shop: Shop, till: ShopTill): Promise<void> => {
	if (isScan(typed)) {
		till.bench.scanners.get("scanner")?.scan(typed.code);
		const view = till.running.view();
		if (view.ticket !== null) console.log(viewText(view));
		return;
	}
	const input = inputOf(typed);
	if (input !== undefined) {
		const { refusal } = till.running.submit("operator", input);
		if (refusal !== undefined) console.log(`  ${refusalText(refusal)} ${REFUSALS[refusal.code].remedy}`);
		else if (typed.kind !== "dayOpen" && typed.kind !== "dayClose") console.log(viewText(till.running.view()));
		return;
	}
	if (typed.kind === "help") console.log(HELP);
	if (typed.kind === "status") {
		console.log(
			statusText({
				status: till.running.status(),
				accepted: till.running.journal().cursor() ?? null,
				devices: till.running.deviceStates(),
				view: till.running.view(),
			}),
		);
	}
	if (typed.kind === "books") console.log(await booksText(shop));
	if (typed.kind === "unknown") console.log(`  "${typed.text}" is not understood; help tells what is.`);
};

/** Reads lines until `quit`, the end of the input, or a signal. */
export const runTerminal = async (shop: Shop, till: ShopTill): Promise<void> => {
	const lines = createInterface({
		input: process.stdin,
		output: process.stdout,
		prompt: "till> ",
		terminal: process.stdin.isTTY,
	});
	const tenderTypes = TENDER_TYPES.map((tender) => tender.id);
	let isOpen = true;
	lines.once("close", () => {
		isOpen = false;
	});
	const prompt = (): void => {
		if (isOpen) lines.prompt();
	};
	prompt();
	for await (const line of lines) {
		const typed = parseLine(line, tenderTypes);
		if (typed.kind === "quit") break;
		try {
			await carryOut(typed, shop, till);
		} catch (thrown) {
			console.log(`  ${messageOf(thrown)}`);
		}
		prompt();
	}
	lines.close();
};
