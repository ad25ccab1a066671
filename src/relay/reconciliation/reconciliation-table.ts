import type { Amount } from "../../money/amount.ts";
import { amountText } from "../../money/currency.ts";
import { RECONCILIATION_CODES } from "../codes.ts";
import type { FourFigures, Reconciliation } from "./reconciliation.ts";

const LABEL_COLUMNS = 26;
const FIGURE_COLUMNS = 14;
const NOT_THERE = "-";

const row = (label: string, cells: readonly string[]): string =>
	`${label.slice(0, LABEL_COLUMNS).padEnd(LABEL_COLUMNS)}${cells.map((cell) => cell.padStart(FIGURE_COLUMNS)).join("")}`;

/** A reconciliation as a table of plain text for a terminal or a mail: one row a figure, one column a place. */
export const reconciliationTable = (one: Reconciliation): string => {
	const text = (amount: Amount | null): string => (amount === null ? NOT_THERE : amountText(amount, one.currency));
	const four = (label: string, figures: FourFigures): string =>
		row(label, [text(figures.journal), text(figures.feed), text(figures.m3), text(figures.powerOffice)]);
	const count = (label: string, { journal, feed, m3 }: Reconciliation["counts"]["tickets"]): string =>
		row(label, [String(journal ?? NOT_THERE), String(feed), String(m3 ?? NOT_THERE), NOT_THERE]);
	const { m3, powerOffice } = one.evidence;
	const sections: readonly (readonly string[])[] = [
		[
			`Store ${one.store}  till ${one.till}  Z ${one.z}  ${one.businessDate}  ${one.currency}  ${one.equal ? "EQUAL" : "NOT EQUAL"}`,
			row("", ["journal", "feed", "M3", "PowerOffice"]),
			row("evidence", ["", "", m3 ?? NOT_THERE, powerOffice ?? NOT_THERE]),
			four("gross", one.gross),
			four("net", one.net),
			four("VAT", one.vat),
			...one.vatCodes.flatMap(({ vatCode, gross, vat }) => [
				four(`  gross, VAT code ${vatCode}`, gross),
				four(`  VAT, VAT code ${vatCode}`, vat),
			]),
			...one.tenders.map((tender) => four(`${tender.tenderType} (${tender.description})`, tender)),
			four("cash rounding", one.rounding),
			...(one.creditGross === 0n
				? []
				: [row("of it on account", [text(one.creditGross), text(one.creditGross), NOT_THERE, NOT_THERE])]),
			count("tickets", one.counts.tickets),
			count("lines", one.counts.lines),
		],
		one.accounts.length === 0
			? []
			: [
					row("PowerOffice account", ["VAT code", "posted", "booked"]),
					...one.accounts.map(({ target, vatCode, posted, booked }) =>
						row(target, [vatCode, text(posted), text(booked)]),
					),
				],
		one.vatCodes.flatMap(({ vatCode, difference, explained, lineCount }) =>
			difference === null || difference === 0n || !explained
				? []
				: [
						`VAT code ${vatCode}: PowerOffice's own VAT differs by ${text(difference)}; rounding ${lineCount} lines explains it`,
					],
		),
		one.findings.map(({ code, detail }) => `${code}  ${RECONCILIATION_CODES[code].cause} ${detail}`),
	];
	return sections
		.filter((section) => section.length > 0)
		.map((section) => section.map((line) => line.trimEnd()).join("\n"))
		.join("\n\n");
};
