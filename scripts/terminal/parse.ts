import { NO_SALE_REASONS, type NoSaleReason } from "../../src/events/journal-event.ts";
import { WORLD_ACTS, type WorldAct } from "./world.ts";

/** What a typed line means. */
export type Typed =
	| { readonly kind: "nothing" }
	| { readonly kind: "sell"; readonly code: string; readonly quantityText: string | null }
	/** What a scanner sends, its AIM identifier in front. */
	| { readonly kind: "scan"; readonly bytes: string }
	| { readonly kind: "tender"; readonly tenderType: string; readonly amountText: string | null }
	| { readonly kind: "close" }
	| { readonly kind: "dayOpen" }
	| { readonly kind: "dayClose" }
	| { readonly kind: "view" }
	| { readonly kind: "status" }
	| { readonly kind: "books" }
	| { readonly kind: "copy"; readonly receiptNumber: number }
	| { readonly kind: "report"; readonly z: number }
	/** The answer to the question shown: the paper is there, or it is not; the drawer was seen to. */
	| { readonly kind: "answer"; readonly isThere: boolean }
	| { readonly kind: "drawer"; readonly reason: NoSaleReason }
	| { readonly kind: "world"; readonly act: WorldAct }
	| { readonly kind: "help" }
	| { readonly kind: "quit" }
	| { readonly kind: "unknown"; readonly text: string };

const COMMANDS: ReadonlyMap<string, Typed> = new Map<string, Typed>([
	["close", { kind: "close" }],
	["day open", { kind: "dayOpen" }],
	["day close", { kind: "dayClose" }],
	["view", { kind: "view" }],
	["status", { kind: "status" }],
	["books", { kind: "books" }],
	["yes", { kind: "answer", isThere: true }],
	["no", { kind: "answer", isThere: false }],
	...NO_SALE_REASONS.map((reason): [string, Typed] => [`drawer ${reason}`, { kind: "drawer", reason }]),
	...WORLD_ACTS.map((act): [string, Typed] => [act, { kind: "world", act }]),
	["help", { kind: "help" }],
	["?", { kind: "help" }],
	["quit", { kind: "quit" }],
	["exit", { kind: "quit" }],
]);

/** An x is a sign only when it stands apart from what follows: names begin with it too. */
const SELL_MANY = /^([0-9]+(?:[.,][0-9]+)?) *(?:\* *|x )(\S.*)$/i;
const COPY = /^copy ([0-9]{1,9})$/i;
/** An own code, or the digits of a bar code. */
const CODE = /^[\p{L}\p{N} ._-]{1,48}$/u;
/** What a 2D code of a pack holds. */
const WEB_ADDRESS = /^https?:\/\/\S{1,2000}$/i;
/** An AIM identifier and what follows it; FNC1 between elements is typed as ^]. */
const AIM_READ = /^\][A-Za-z][0-9A-Za-z].{1,2000}$/;
const REPORT = /^report ([0-9]{1,9})$/i;
const AMOUNT = /^-?[0-9]+(?:[.,][0-9]+)?$/;

/**
 * Reads a line: a tender id with its amount or without, `2 * code`, a command, or else a code to sell. `tenderTypes` are
 * the ids the till takes.
 */
export const parseLine = (line: string, tenderTypes: readonly string[]): Typed => {
	const text = line.trim().replace(/\s+/g, " ");
	if (text === "") return { kind: "nothing" };
	const command = COMMANDS.get(text.toLowerCase());
	if (command !== undefined) return command;
	const copy = COPY.exec(text);
	if (copy?.[1] !== undefined) return { kind: "copy", receiptNumber: Number.parseInt(copy[1], 10) };
	const report = REPORT.exec(text);
	if (report?.[1] !== undefined) return { kind: "report", z: Number.parseInt(report[1], 10) };
	if (AIM_READ.test(text)) return { kind: "scan", bytes: text.replaceAll("^]", "\u001d") };
	const [first = "", second, ...rest] = text.split(" ");
	const tenderType = first.toLowerCase();
	if (tenderTypes.includes(tenderType) && rest.length === 0 && (second === undefined || AMOUNT.test(second))) {
		return { kind: "tender", tenderType, amountText: second ?? null };
	}
	const many = SELL_MANY.exec(text);
	if (many?.[1] !== undefined && many[2] !== undefined) return { kind: "sell", code: many[2], quantityText: many[1] };
	return CODE.test(text) || WEB_ADDRESS.test(text)
		? { kind: "sell", code: text, quantityText: null }
		: { kind: "unknown", text };
};
