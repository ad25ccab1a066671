import type { TicketDocument, TicketLine } from "../../events/ticket-document.ts";
import type { ControlTotals } from "../../events/z-report.ts";
import { type Amount, add, sum, ZERO } from "../../money/amount.ts";

/** The amounts and counts of a period that must be equal in journal and feed (DESIGN section 8). */
export type OwnTotals = Omit<ControlTotals, "feedSeqFirst" | "feedSeqLast">;

/** The relay's own sums over the tickets of a Z: "feed" in a reconciliation. Training tickets never count. */
export const ownTotals = (tickets: readonly TicketDocument[]): OwnTotals => {
	const real = tickets.filter((ticket) => !ticket.training);
	const lines = real.flatMap((ticket) => ticket.lines);
	const total = (pick: (ticket: TicketDocument) => Amount): Amount => sum(real.map(pick));
	return {
		ticketCount: real.length,
		lineCount: lines.length,
		gross: sum(lines.map((line) => line.gross)),
		net: sum(lines.map((line) => line.net)),
		vat: sum(lines.map((line) => line.vat)),
		rounding: total((ticket) => ticket.rounding),
		vatTotals: [...groupBy(lines, (line) => `${line.vatCode} ${line.vatRate}`).values()].map((group) => ({
			vatCode: group[0].vatCode,
			vatRate: group[0].vatRate,
			gross: sum(group.map((line) => line.gross)),
			net: sum(group.map((line) => line.net)),
			vat: sum(group.map((line) => line.vat)),
		})),
		itemGroups: [...groupBy(lines, (line) => `${line.vatCode} ${groupName(line)}`).values()].map((group) => ({
			itemGroup: groupName(group[0]),
			vatCode: group[0].vatCode,
			gross: sum(group.map((line) => line.gross)),
			lineCount: group.length,
		})),
		tenders: [
			...groupBy(
				real.flatMap((ticket) => ticket.tenders),
				(tender) => tender.tenderType,
			).values(),
		].map((group) => ({
			tenderType: group[0].tenderType,
			description: group[0].description,
			safTCode: group[0].safTCode,
			amount: sum(group.map((tender) => tender.amount)),
			count: group.filter((tender) => tender.kind === "tender").length,
		})),
	};
};

/** A line without an item group counts under its kind: "tip", "invoicePayment". */
const groupName = (line: TicketLine): string => line.itemGroup ?? line.kind;

/** A group is never empty. */
type Group<T> = [T, ...T[]];

/** The members of each key, keys in the order first met. */
export const groupBy = <T>(members: readonly T[], keyOf: (member: T) => string): Map<string, Group<T>> => {
	const groups = new Map<string, Group<T>>();
	for (const member of members) {
		const key = keyOf(member);
		const group = groups.get(key);
		if (group === undefined) groups.set(key, [member]);
		else group.push(member);
	}
	return groups;
};

/** One figure that differs: `field` names it ("gross", "tenders cash"), amounts in minor units, counts as they are. */
export interface TotalsDifference {
	readonly field: string;
	readonly journal: bigint;
	readonly feed: bigint;
}

/**
 * Where the control totals of a Z and the relay's own sums differ; empty when they are equal. A row that one side lacks
 * is a row of zeros: a till may list a tender type that took nothing.
 */
export const totalsDifferences = (journal: OwnTotals, feed: OwnTotals): readonly TotalsDifference[] => {
	const differences: TotalsDifference[] = [];
	const compare = (field: string, inJournal: bigint, inFeed: bigint): void => {
		if (inJournal !== inFeed) differences.push({ field, journal: inJournal, feed: inFeed });
	};
	const compareRows = (name: string, inJournal: ReadonlyMap<string, bigint>, inFeed: ReadonlyMap<string, bigint>) => {
		for (const key of new Set([...inJournal.keys(), ...inFeed.keys()])) {
			compare(`${name} ${key}`, inJournal.get(key) ?? 0n, inFeed.get(key) ?? 0n);
		}
	};
	compare("ticketCount", BigInt(journal.ticketCount), BigInt(feed.ticketCount));
	compare("lineCount", BigInt(journal.lineCount), BigInt(feed.lineCount));
	for (const field of ["gross", "net", "vat", "rounding"] as const) compare(field, journal[field], feed[field]);
	for (const field of ["gross", "net", "vat"] as const) {
		compareRows(`VAT code ${field}`, vatRows(journal, field), vatRows(feed, field));
	}
	compareRows("item group", itemGroupRows(journal), itemGroupRows(feed));
	compareRows("tender", tenderRows(journal), tenderRows(feed));
	compareRows("tender count", tenderCounts(journal), tenderCounts(feed));
	return differences;
};

const rows = <T>(members: readonly T[], keyOf: (member: T) => string, amountOfRow: (member: T) => Amount) => {
	const result = new Map<string, Amount>();
	for (const member of members) {
		result.set(keyOf(member), add(result.get(keyOf(member)) ?? ZERO, amountOfRow(member)));
	}
	return result;
};

/** Gross, net or VAT per VAT code. */
export const vatRows = (totals: OwnTotals, field: "gross" | "net" | "vat"): ReadonlyMap<string, Amount> =>
	rows(
		totals.vatTotals,
		(row) => row.vatCode,
		(row) => row[field],
	);

/** Amount per tender type, change taken off. */
export const tenderRows = (totals: OwnTotals): ReadonlyMap<string, Amount> =>
	rows(
		totals.tenders,
		(row) => row.tenderType,
		(row) => row.amount,
	);

const tenderCounts = (totals: OwnTotals): ReadonlyMap<string, bigint> =>
	new Map(totals.tenders.map((row) => [row.tenderType, BigInt(row.count)]));

const itemGroupRows = (totals: OwnTotals): ReadonlyMap<string, Amount> =>
	rows(
		totals.itemGroups,
		(row) => `${row.itemGroup} ${row.vatCode}`,
		(row) => row.gross,
	);
