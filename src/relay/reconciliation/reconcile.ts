import type { TicketDocument } from "../../events/ticket-document.ts";
import type { ZReport } from "../../events/z-report.ts";
import { type Amount, absolute, amountOf, subtract, sum, ZERO } from "../../money/amount.ts";
import { amountText } from "../../money/currency.ts";
import type { ReconciliationCode } from "../codes.ts";
import type { ErpFigures } from "./erp-figures.ts";
import { type OwnTotals, ownTotals, tenderRows, totalsDifferences, vatRows } from "./own-totals.ts";
import type { Finding, FourFigures, Reconciliation, TenderFigures, VatFigures } from "./reconciliation.ts";

/** What is compared for one Z. */
export interface ReconcileInput {
	readonly day: Pick<ZReport, "store" | "till" | "z" | "businessDate" | "currency">;
	/** The control totals of the till's Z; null for a day closed at the relay. */
	readonly journal: OwnTotals | null;
	/** All tickets of the Z as they came in. */
	readonly tickets: readonly TicketDocument[];
	/** What is to be known of the figures, and makes nothing unequal. */
	readonly remarks: readonly Finding[];
	/** Null: the ERP is not configured. */
	readonly m3: ErpFigures | null;
	readonly powerOffice: ErpFigures | null;
}

/** Findings that say what is not there yet. */
const PENDING = new Set<ReconciliationCode>(["RELAY-4004", "RELAY-4006"]);

/**
 * Compares the four places of a Z (DESIGN section 8). Gross, tenders by type, rounding and counts are exact in all; VAT is
 * exact in journal, feed and M3; PowerOffice works its VAT out from sums, so a difference of up to 0.005 for each line of a
 * code is explained and shown, and more is not.
 */
export const reconcile = (input: ReconcileInput): Reconciliation => {
	const { journal, m3, powerOffice } = input;
	const { currency } = input.day;
	const feed = ownTotals(input.tickets);
	const real = input.tickets.filter((ticket) => !ticket.training);
	const creditGross = sum(real.filter((ticket) => ticket.settlement === "credit").map((ticket) => ticket.due));
	// The ERPs' figures are those of the cash-settled tickets; a credit sale is booked by other means.
	const settled = ownTotals(real.filter((ticket) => ticket.settlement === "cash"));
	const text = (amount: bigint): string => amountText(amountOf(amount), currency);

	const differences = journal === null ? [] : totalsDifferences(journal, feed);
	const findings: Finding[] = differences.map(({ field, journal: counted, feed: found }) => ({
		code: "RELAY-4001",
		detail: field.toLowerCase().includes("count")
			? `${field}: Z ${counted}, tickets ${found}`
			: `${field}: Z ${text(counted)}, tickets ${text(found)}`,
	}));
	findings.push(...(m3?.findings ?? []), ...(powerOffice?.findings ?? []));
	const vatCodes = vatFigures(feed, settled, input);
	const tenders = tenderFigures(feed, input);

	if (m3?.sums != null && m3.findings.length === 0) findings.push(...m3Findings(settled, m3.sums, text));
	if (powerOffice?.sums != null) {
		findings.push(...powerOfficeFindings(settled, powerOffice.sums, text));
		for (const { vatCode, difference, explained, lineCount } of vatCodes) {
			if (difference === null || explained) continue;
			findings.push({ code: "RELAY-4003", detail: `VAT code ${vatCode}: ${text(difference)} on ${lineCount} lines` });
		}
	}
	const evidence = { m3: m3?.evidence ?? null, powerOffice: powerOffice?.evidence ?? null };
	const isEvident = (erp: ErpFigures | null): boolean => erp === null || (erp.evidence !== null && erp.sums !== null);
	const powerOfficeVat = powerOffice?.sums?.vat ?? null;
	const four = (pick: (totals: OwnTotals) => Amount, erp: "gross" | "net" | "vat" | "rounding"): FourFigures => ({
		journal: journal === null ? null : pick(journal),
		feed: pick(feed),
		m3: m3?.sums?.[erp] ?? null,
		powerOffice: powerOffice?.sums?.[erp] ?? null,
	});
	return {
		store: input.day.store,
		till: input.day.till,
		z: input.day.z,
		businessDate: input.day.businessDate,
		currency,
		gross: four((totals) => totals.gross, "gross"),
		net: four((totals) => totals.net, "net"),
		vat: four((totals) => totals.vat, "vat"),
		rounding: four((totals) => totals.rounding, "rounding"),
		tenders,
		vatCodes,
		accounts: powerOffice?.accounts ?? [],
		counts: {
			tickets: {
				journal: journal?.ticketCount ?? null,
				feed: feed.ticketCount,
				m3: m3?.sums?.ticketCount ?? null,
			},
			lines: { journal: journal?.lineCount ?? null, feed: feed.lineCount, m3: m3?.sums?.lineCount ?? null },
		},
		creditGross,
		evidence,
		vatDifference: powerOfficeVat === null ? null : subtract(powerOfficeVat, settled.vat),
		equal: isEvident(m3) && isEvident(powerOffice) && findings.length === 0,
		findings: [...input.remarks, ...findings],
	};
};

/** Whether a finding is for a person to see to. */
export const isAlarming = ({ code }: Finding): boolean => !PENDING.has(code);

type Text = (amount: bigint) => string;
type Sums = NonNullable<ErpFigures["sums"]>;

const m3Findings = (settled: OwnTotals, m3: Sums, text: Text): readonly Finding[] => {
	const findings: Finding[] = [];
	const compare = (field: string, feed: bigint, found: bigint | null, show: Text = text): void => {
		if (found !== null && found !== feed) {
			findings.push({ code: "RELAY-4005", detail: `${field}: tickets ${show(feed)}, M3 ${show(found)}` });
		}
	};
	for (const field of ["gross", "net", "vat", "rounding"] as const) compare(field, settled[field], m3[field]);
	const tenders = tenderRows(settled);
	for (const [tenderType, amount] of m3.tenders) {
		compare(`tender ${tenderType}`, tenders.get(tenderType) ?? ZERO, amount);
	}
	for (const { tenderTypes, amount } of m3.jointTenders) {
		compare(`tenders ${tenderTypes.join(", ")}`, sum(tenderTypes.map((type) => tenders.get(type) ?? ZERO)), amount);
	}
	const vat = vatRows(settled, "vat");
	for (const [vatCode, row] of m3.vatCodes) compare(`VAT code ${vatCode}`, vat.get(vatCode) ?? ZERO, row.vat);
	const plain: Text = (count) => count.toString();
	compare("tickets", BigInt(settled.ticketCount), m3.ticketCount === null ? null : BigInt(m3.ticketCount), plain);
	compare("lines", BigInt(settled.lineCount), m3.lineCount === null ? null : BigInt(m3.lineCount), plain);
	return findings;
};

/** Differences on accounts are found account by account; here the figures are held against the tickets. */
const powerOfficeFindings = (settled: OwnTotals, sums: Sums, text: Text): readonly Finding[] => {
	const findings: Finding[] = [];
	const compare = (field: string, feed: Amount, found: Amount): void => {
		if (feed !== found) {
			findings.push({ code: "RELAY-4002", detail: `${field}: tickets ${text(feed)}, PowerOffice ${text(found)}` });
		}
	};
	compare("gross", settled.gross, sums.gross);
	compare("rounding", settled.rounding, sums.rounding);
	const tenders = tenderRows(settled);
	for (const tenderType of new Set([...tenders.keys(), ...sums.tenders.keys()])) {
		compare(`tender ${tenderType}`, tenders.get(tenderType) ?? ZERO, sums.tenders.get(tenderType) ?? ZERO);
	}
	return findings;
};

const tenderFigures = (feed: OwnTotals, input: ReconcileInput): readonly TenderFigures[] => {
	const { journal } = input;
	const inJournal = journal === null ? null : tenderRows(journal);
	const inFeed = tenderRows(feed);
	const m3 = input.m3?.sums ?? null;
	const powerOffice = input.powerOffice?.sums ?? null;
	const descriptions = new Map(
		[...(journal?.tenders ?? []), ...feed.tenders].map((row) => [row.tenderType, row.description]),
	);
	return [...descriptions].map(([tenderType, description]) => ({
		tenderType,
		description,
		journal: inJournal === null ? null : (inJournal.get(tenderType) ?? ZERO),
		feed: inFeed.get(tenderType) ?? ZERO,
		m3: m3?.tenders.get(tenderType) ?? null,
		powerOffice: powerOffice === null ? null : (powerOffice.tenders.get(tenderType) ?? ZERO),
	}));
};

const vatFigures = (
	feed: OwnTotals,
	settled: OwnTotals,
	{ journal, tickets, m3, powerOffice }: ReconcileInput,
): readonly VatFigures[] => {
	const lines = tickets
		.filter((ticket) => !ticket.training && ticket.settlement === "cash")
		.flatMap((ticket) => ticket.lines);
	const codes = new Set([...(journal?.vatTotals ?? []), ...feed.vatTotals].map((row) => row.vatCode));
	return [...codes].map((vatCode) => {
		const figures = (field: "gross" | "vat"): FourFigures => ({
			journal: journal === null ? null : (vatRows(journal, field).get(vatCode) ?? ZERO),
			feed: vatRows(feed, field).get(vatCode) ?? ZERO,
			m3: m3?.sums?.vatCodes.get(vatCode)?.[field] ?? null,
			powerOffice: powerOffice?.sums?.vatCodes.get(vatCode)?.[field] ?? null,
		});
		const lineCount = lines.filter((line) => line.vatCode === vatCode).length;
		const vat = figures("vat");
		const settledVat = vatRows(settled, "vat").get(vatCode) ?? ZERO;
		const isRead = powerOffice?.sums != null && powerOffice.sums.vat !== null;
		const difference = isRead ? subtract(vat.powerOffice ?? ZERO, settledVat) : null;
		return {
			vatCode,
			gross: figures("gross"),
			vat,
			lineCount,
			difference,
			// 0.005 for each line: half a minor unit.
			explained: difference === null || absolute(difference) * 2n <= BigInt(lineCount),
		};
	});
};
