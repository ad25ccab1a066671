import { type Amount, add, negate, subtract, sum, ZERO } from "../../money/amount.ts";
import { amountText } from "../../money/currency.ts";
import {
	type AccountComparison,
	type BookedVoucher,
	compareAccounts,
	imbalance,
} from "../power-office/booked-voucher.ts";
import type { Delivery } from "../power-office/delivery-state.ts";
import type { CashVoucher, VoucherLine } from "../power-office/voucher.ts";
import { targetKey } from "../power-office/voucher-body.ts";
import type { ErpFigures, ErpSums } from "./erp-figures.ts";
import type { AccountFigures, Evidence, Finding } from "./reconciliation.ts";

/** What PowerOffice holds of a Z. Undefined: the ledger knows no delivery of it. */
export const powerOfficeFigures = (delivery: Delivery | undefined): ErpFigures => {
	const nothing = { evidence: null, sums: null, accounts: [] };
	if (delivery === undefined) return { ...nothing, findings: [{ code: "RELAY-4004", detail: "not begun" }] };
	const { state, reasons } = delivery;
	switch (state.name) {
		case "nothing":
			return { evidence: "booked", sums: NOTHING_BOOKED, findings: [], accounts: [] };
		case "booked":
			return bookedFigures(state.voucher, state.booked);
		default: {
			const why = reasons.map(({ code, detail }) => `${code} ${detail}`).join("; ");
			const findings: Finding[] = [{ code: "RELAY-4004", detail: why === "" ? state.name : `${state.name}: ${why}` }];
			const evidence = evidenceOf(state.name);
			if (evidence === null || !("voucher" in state)) return { ...nothing, findings };
			const { voucher } = state;
			return { evidence, sums: postedSums(voucher), findings, accounts: compareToNothing(voucher) };
		}
	}
};

const evidenceOf = (name: Delivery["state"]["name"]): Evidence | null => {
	if (name === "posted" || name === "numbered") return "acknowledged";
	return name === "posting" || name === "looking" ? "sent" : null;
};

const NOTHING_BOOKED: ErpSums = {
	gross: ZERO,
	net: ZERO,
	vat: ZERO,
	rounding: ZERO,
	tenders: new Map(),
	jointTenders: [],
	vatCodes: new Map(),
	ticketCount: null,
	lineCount: null,
};

const bookedFigures = (voucher: CashVoucher, booked: BookedVoucher): ErpFigures => {
	const comparisons = compareAccounts(voucher, booked);
	const left = imbalance(booked);
	const findings: Finding[] = comparisons
		.filter((one) => one.posted !== one.booked)
		.map(({ target, vatCode, posted, booked: found }) => ({
			code: "RELAY-4002",
			detail: `${target}, VAT code ${vatCode}: posted ${text(posted, voucher)}, booked ${text(found, voucher)}`,
		}));
	if (left !== 0n) findings.push({ code: "RELAY-4007", detail: `${text(left, voucher)} is left over` });
	const posted = postedSums(voucher);
	const vatCodes = new Map(
		[...soldByVatCode(voucher)].map(([vatCode, row]) => [
			vatCode,
			{
				gross: subtract(
					row,
					moved(comparisons, voucher, (line) => isSold(line) && line.vatCode === vatCode),
				),
				vat: negate(sum(comparisons.filter((one) => one.vatCode === vatCode).map((one) => one.bookedVat))),
			},
		]),
	);
	const gross = subtract(posted.gross, moved(comparisons, voucher, isSold));
	const vat = negate(sum(comparisons.map((one) => one.bookedVat)));
	return {
		evidence: "booked",
		findings,
		accounts: accountsOf(comparisons),
		sums: {
			...posted,
			gross,
			vat,
			net: subtract(gross, vat),
			rounding: add(
				posted.rounding,
				moved(comparisons, voucher, (line) => line.purpose === "rounding"),
			),
			tenders: new Map(
				[...posted.tenders].map(([tenderType, amount]) => [
					tenderType,
					add(
						amount,
						moved(comparisons, voucher, (line) => line.purpose === "tender" && line.subject === tenderType),
					),
				]),
			),
			vatCodes,
		},
	};
};

const isSold = (line: VoucherLine): boolean => line.purpose === "sale" || line.purpose === "invoicePayment";

/** The figures of a voucher as it was sent: its VAT is not known, PowerOffice works it out. */
const postedSums = (voucher: CashVoucher): ErpSums => {
	const total = (wanted: (line: VoucherLine) => boolean): Amount =>
		sum(voucher.lines.filter(wanted).map((line) => line.amount));
	const tenders = voucher.lines.filter((line) => line.purpose === "tender");
	return {
		gross: negate(total(isSold)),
		net: null,
		vat: null,
		rounding: total((line) => line.purpose === "rounding"),
		tenders: new Map(
			tenders.map(({ subject }) => [
				subject ?? "",
				total((line) => line.purpose === "tender" && line.subject === subject),
			]),
		),
		jointTenders: [],
		vatCodes: new Map([...soldByVatCode(voucher)].map(([vatCode, gross]) => [vatCode, { gross, vat: null }])),
		ticketCount: null,
		lineCount: null,
	};
};

/** Gross of what was sold, per VAT code, positive. */
const soldByVatCode = (voucher: CashVoucher): ReadonlyMap<string, Amount> => {
	const sold = new Map<string, Amount>();
	for (const { vatCode, amount } of voucher.lines.filter(isSold)) {
		sold.set(vatCode, subtract(sold.get(vatCode) ?? ZERO, amount));
	}
	return sold;
};

/**
 * By how much the booked accounts differ from the posted ones, over the accounts whose first line is wanted: PowerOffice
 * shows sums per account and VAT code, so a difference on a shared account falls to the line that stands first there.
 */
const moved = (
	comparisons: readonly AccountComparison[],
	voucher: CashVoucher,
	wanted: (line: VoucherLine) => boolean,
): Amount =>
	sum(
		comparisons.flatMap(({ target, vatCode, posted, booked }) => {
			const first = voucher.lines.find((line) => targetKey(line.target) === target && line.vatCode === vatCode);
			return first !== undefined && wanted(first) ? [subtract(booked, posted)] : [];
		}),
	);

const compareToNothing = (voucher: CashVoucher): readonly AccountFigures[] =>
	accountsOf(compareAccounts(voucher, { voucherId: "", voucherNo: null, isReversed: false, rows: [] })).map((one) => ({
		...one,
		booked: null,
	}));

const accountsOf = (comparisons: readonly AccountComparison[]): readonly AccountFigures[] =>
	comparisons.map(({ target, vatCode, posted, booked }) => ({ target, vatCode, posted, booked }));

const text = (amount: Amount, voucher: CashVoucher): string => amountText(amount, voucher.currency);
