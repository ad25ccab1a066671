import { describe, expect, it } from "vitest";
import { parseLine, type Typed } from "../../../scripts/terminal/parse.ts";

const TENDERS = ["cash", "mc", "visa"];

const sell = (code: string, quantityText: string | null = null): Typed => ({ kind: "sell", code, quantityText });
const tender = (tenderType: string, amountText: string | null = null): Typed => ({
	kind: "tender",
	tenderType,
	amountText,
});
const unknown = (text: string): Typed => ({ kind: "unknown", text });

describe("a line typed at the terminal", () => {
	it.each<readonly [string, Typed]>([
		["", { kind: "nothing" }],
		["  \t ", { kind: "nothing" }],
		["7038010001659", sell("7038010001659")],
		["  Item   A ", sell("Item A")],
		["BEER", sell("BEER")],
		["yes", { kind: "answer", isThere: true }],
		["No", { kind: "answer", isThere: false }],
		["drawer change", { kind: "drawer", reason: "change" }],
		["drawer", sell("drawer")],
		["report 3", { kind: "report", z: 3 }],
		["paper out", { kind: "world", act: "paper out" }],
		["cable half", { kind: "world", act: "cable half" }],
		["]d2010703801000165910AB^]17301231", { kind: "scan", bytes: "]d2010703801000165910AB\u001d17301231" }],
		["]E", unknown("]E")],
		["beer", sell("beer")],
		["https://id.gs1.org/01/07038010001659?17=301231", sell("https://id.gs1.org/01/07038010001659?17=301231")],
		["blåbær-1.2_x", sell("blåbær-1.2_x")],
		["2 * BEER", sell("BEER", "2")],
		["2*BEER", sell("BEER", "2")],
		["2 x BEER", sell("BEER", "2")],
		["2x BEER", sell("BEER", "2")],
		["12 X Item A", sell("Item A", "12")],
		["0.5 * 7038010001659", sell("7038010001659", "0.5")],
		["0,5*CHEESE", sell("CHEESE", "0,5")],
		["3 xylophones", sell("3 xylophones")],
		["5x7 frame", sell("5x7 frame")],
		["2 *", unknown("2 *")],
		["* BEER", unknown("* BEER")],
		["-2 * BEER", unknown("-2 * BEER")],
		["cash", tender("cash")],
		["Cash 500", tender("cash", "500")],
		["mc 500.00", tender("mc", "500.00")],
		["visa 99,95", tender("visa", "99,95")],
		["cash -100", tender("cash", "-100")],
		["cash 500 200", sell("cash 500 200")],
		["cash much", sell("cash much")],
		["bitcoin 5", sell("bitcoin 5")],
		["close", { kind: "close" }],
		["day open", { kind: "dayOpen" }],
		["DAY  CLOSE", { kind: "dayClose" }],
		["day", sell("day")],
		["status", { kind: "status" }],
		["books", { kind: "books" }],
		["copy 12", { kind: "copy", receiptNumber: 12 }],
		["Copy 12", { kind: "copy", receiptNumber: 12 }],
		["copy", sell("copy")],
		["copy 0012", { kind: "copy", receiptNumber: 12 }],
		["copy 1234567890", sell("copy 1234567890")],
		["help", { kind: "help" }],
		["?", { kind: "help" }],
		["quit", { kind: "quit" }],
		["exit", { kind: "quit" }],
		["constructor", sell("constructor")],
		["__proto__", sell("__proto__")],
		["toString", sell("toString")],
		["x".repeat(48), sell("x".repeat(48))],
		["x".repeat(49), unknown("x".repeat(49))],
		["rm -rf /", unknown("rm -rf /")],
		["\u001b[A", unknown("\u001b[A")],
	])("%j", (line, typed) => {
		expect(parseLine(line, TENDERS)).toEqual(typed);
	});
});
