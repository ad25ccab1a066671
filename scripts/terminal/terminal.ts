import { createInterface } from "node:readline";
import { withoutCardDigits } from "../../src/catalog/core/card-number.ts";
import { refusalText } from "../../src/cli/till/control-handler.ts";
import type { OutcomeListener } from "../../src/cli/till/till-service.ts";
import {
	DRAWER_OPENED,
	dayClosedText,
	dayOpenedText,
	reprintedText,
	saleText,
	statusText,
	viewText,
} from "../../src/cli/tillctl/render.ts";
import { REFUSALS } from "../../src/events/codes.ts";
import type { Refusal } from "../../src/events/refusal.ts";
import { messageOf } from "../../src/runtime/contract/fault.ts";
import type { InputBody } from "../../src/till/input.ts";
import type { TillView } from "../../src/till/view.ts";
import type { Shop, ShopTill } from "../shop/shop.ts";
import { TENDER_TYPES } from "../shop/shop-data.ts";
import { booksText } from "./books-text.ts";
import { happeningsOn, openQuestions, TERMINAL_ANSWERS, withOneQuestion } from "./happenings.ts";
import { parseLine, type Typed } from "./parse.ts";
import type { Screen } from "./screen.ts";
import { HELP } from "./words.ts";
import { actOn } from "./world.ts";

const PROMPT = "till> ";

const refusalLine = (refusal: Refusal): string => {
	const hint = refusal.code === "TILL-0401" ? " (help lists what else can be typed)" : "";
	return `  ${refusalText(refusal)} ${REFUSALS[refusal.code].remedy}${hint}`;
};

/**
 * What the till did is told on the customer display and on paper; a scan that it refused in words too, and what devices
 * answered that a cashier should know.
 */
export const outcomesOn = (screen: Screen, view: () => TillView | undefined): OutcomeListener => {
	const happenings = happeningsOn((text) => screen.say(text), view);
	return (body, outcome) => {
		const { refusal } = outcome;
		if (body.type === "Scanned" && refusal !== undefined) screen.say(refusalLine(refusal));
		happenings(body, outcome);
	};
};

/** The answer to the first open question. */
const answerOf = (isThere: boolean, view: TillView): InputBody | undefined => {
	const doubt = view.doubts[0];
	if (doubt === undefined) return undefined;
	const remedy = doubt.what === "drawer" ? "drawerChecked" : isThere ? "itCameOut" : "copyPrinted";
	return { type: "DoubtSettleRequested", jobId: doubt.jobId, remedy };
};

const inputOf = (typed: Typed, view: () => TillView): InputBody | undefined => {
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
		case "answer":
			return answerOf(typed.isThere, view());
		case "drawer":
			return { type: "DrawerOpenRequested", drawerId: null, reason: typed.reason };
		case "report":
			return { type: "ReportCopyRequested", z: typed.z };
		case "sell":
			return { type: "Typed", code: typed.code, quantityText: typed.quantityText };
		default:
			return undefined;
	}
};

/** A bar code typed alone goes through the virtual scanner, as a shop's would. */
const isScan = (typed: Typed): typed is Extract<Typed, { kind: "sell" }> =>
	typed.kind === "sell" && typed.quantityText === null && /^[0-9]{8,14}$/.test(typed.code);

/** What came of something typed. */
const doneText = (typed: Typed, view: TillView): string => {
	switch (typed.kind) {
		case "dayOpen":
			return dayOpenedText(view, TERMINAL_ANSWERS);
		case "dayClose":
			return dayClosedText(view, TERMINAL_ANSWERS);
		case "copy":
			return reprintedText(`Receipt ${typed.receiptNumber}`);
		case "report":
			return reprintedText(`Z report ${typed.z}`);
		case "drawer":
			return DRAWER_OPENED;
		case "answer":
			return ["It is settled.", ...openQuestions(view)].join("\n");
		default:
			return saleText(view, TERMINAL_ANSWERS);
	}
};

const carryOut = async (typed: Typed, shop: Shop, till: ShopTill, screen: Screen): Promise<void> => {
	if (isScan(typed) || typed.kind === "scan") {
		const scanner = till.bench.scanners.get("scanner");
		if (typed.kind === "scan") scanner?.sendBytes(Buffer.from(`${typed.bytes}\r`));
		else scanner?.scan(typed.code);
		const view = withOneQuestion(till.running.view());
		if (view.ticket !== null) screen.say(saleText(view, TERMINAL_ANSWERS));
		return;
	}
	const input = inputOf(typed, () => till.running.view());
	if (input !== undefined) {
		const { refusal } = till.running.submit("operator", input);
		screen.say(refusal === undefined ? doneText(typed, withOneQuestion(till.running.view())) : refusalLine(refusal));
		return;
	}
	if (typed.kind === "answer") screen.say("  No question is open.");
	if (typed.kind === "world") actOn(till, typed.act);
	if (typed.kind === "view") screen.say(viewText(withOneQuestion(till.running.view()), TERMINAL_ANSWERS));
	if (typed.kind === "help") screen.say(HELP);
	if (typed.kind === "status") {
		screen.say(
			statusText({
				status: till.running.status(),
				accepted: till.running.journal().cursor() ?? null,
				devices: till.running.deviceStates(),
				view: till.running.view(),
			}),
		);
	}
	if (typed.kind === "books") screen.say(await booksText(shop));
	if (typed.kind === "unknown") {
		screen.say(`  "${withoutCardDigits(typed.text)}" is not understood; help tells what is.`);
	}
};

/**
 * Reads lines until `quit`, the end of the input, or a signal. A person is asked for each; lines that come from a pipe or a
 * file are shown as they are carried out.
 */
export const runTerminal = async (shop: Shop, till: ShopTill, screen: Screen): Promise<void> => {
	const isPerson = process.stdin.isTTY && process.stdout.isTTY;
	const lines = createInterface({
		input: process.stdin,
		output: process.stdout,
		prompt: PROMPT,
		terminal: isPerson,
	});
	const tenderTypes = TENDER_TYPES.map((tender) => tender.id);
	let isOpen = true;
	lines.once("close", () => {
		isOpen = false;
		screen.heard();
	});
	lines.on("line", () => screen.heard());
	const ask = (): void => {
		if (isOpen && isPerson) screen.ask(lines);
	};
	ask();
	for await (const line of lines) {
		if (!isPerson) screen.say(`${PROMPT}${withoutCardDigits(line)}`);
		const typed = parseLine(line, tenderTypes);
		if (typed.kind === "quit") break;
		try {
			await carryOut(typed, shop, till, screen);
		} catch (thrown) {
			screen.say(`  ${messageOf(thrown)}`);
		}
		ask();
	}
	lines.close();
};
