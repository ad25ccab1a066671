import { ACCOUNT_TRANSACTION_FIELDS, LEDGER_ENTRY_FIELDS, VOUCHER_TYPES } from "./dto-fields.ts";
import type { LedgerEntry } from "./ledger-entry.ts";
import { after, answerListing, type Filter, inSet, listRoute, on } from "./list.ts";
import { type Answer, accepted, bindingProblem, type Outcome, problemAnswer, refused } from "./problem.ts";
import { booleanParameter, dateParameter, listParameter, type Query, rangesParameter } from "./query.ts";
import type { Call, Route } from "./route.ts";
import { ledgerEntryDto, transactionDto } from "./transaction-dto.ts";
import { entryState, replicaView, type Visibility } from "./visibility.ts";
import type { AccountTransaction } from "./voucher.ts";

const TRANSACTION_ROLES = ["AccountTransaction", "AccountTransaction_Full"];
const LEDGER_ROLES = ["CustomerLedger", "CustomerLedger_Full"];
const TRANSACTION_FILTERS = [
	"fromDate",
	"toDate",
	"accountNos",
	"agricultureDepartments",
	"createdDateTimeOffsetGreaterThan",
	"departmentCodes",
	"includeSubProject",
	"lastChangedDateTimeOffsetGreaterThan",
	"productCodes",
	"projectCodes",
	"vatCodes",
	"voucherNos",
	"voucherTypes",
];
const ENTRY_FILTERS = [
	"contactGroupIds",
	"createdDateTimeOffsetGreaterThan",
	"customerNos",
	"customMatchingReferences",
	"departmentCodes",
	"externalNos",
	"includeSubProject",
	"invoiceNos",
	"lastChangedDateTimeOffsetGreaterThan",
	"onlyBalancesLessThanAmount",
	"onlyCreatedByCurrentIntegration",
	"projectCodes",
	"subLedgerNumberSeriesIds",
	"voucherTypes",
];

/** What was booked, read back (sections 1.8 and 2.7). These reads come from the replica (section 1.6). */
export const LEDGER_ROUTES: readonly Route[] = [
	listRoute("AccountTransactions", TRANSACTION_ROLES, TRANSACTION_FILTERS, accountTransactions),
	listRoute("Customerledger/Statement", LEDGER_ROLES, ["fromDate", "toDate", ...ENTRY_FILTERS], statement),
	listRoute("Customerledger/OpenItems", LEDGER_ROLES, ["date", ...ENTRY_FILTERS], openItems),
];

/** All transactions posted between two dates, inclusive. */
function accountTransactions(call: Call): Answer {
	const { book, query, world } = call;
	const period = readPeriod(query);
	if (!period.ok) return problemAnswer(period.problem, world.switches);
	const isShown = openView(call);
	return answerListing<AccountTransaction>(call, {
		items: book.transactions,
		fields: ACCOUNT_TRANSACTION_FIELDS,
		filters: [
			accepted(({ voucher, postingDate }) => isShown(voucher) && isWithin(postingDate, period.value)),
			on(rangesParameter(query, "accountNos"), ({ account }) => account.accountNo),
			on(rangesParameter(query, "voucherNos"), ({ voucher }) => voucher.voucherNo),
			on(inSet(listParameter(query, "vatCodes")), ({ vat }) => vat.code),
			on(inSet(listParameter(query, "departmentCodes")), ({ line }) => line?.department?.code ?? null),
			// The sandbox keeps no projects and products and no agricultural client: no transaction has one.
			on(inSet(listParameter(query, "projectCodes")), () => null),
			on(inSet(listParameter(query, "productCodes")), () => null),
			on(inSet(listParameter(query, "agricultureDepartments")), () => null),
			on(voucherTypes(query), ({ voucher }) => voucher.type),
			on(after(query, "createdDateTimeOffsetGreaterThan"), ({ voucher }) => voucher.createdAtMs),
			on(after(query, "lastChangedDateTimeOffsetGreaterThan"), ({ voucher }) => voucher.createdAtMs),
		],
		dto: (transaction) => transactionDto(transaction, isShown, world.switches),
	});
}

/** All customer entries posted between two dates, with the balance they had on the last of them. */
function statement(call: Call): Answer {
	const period = readPeriod(call.query);
	if (!period.ok) return problemAnswer(period.problem, call.world.switches);
	const isShown = openView(call);
	return answerEntries(call, period.value.to, isShown, ({ line }) => isWithin(line.postingDate, period.value));
}

/** All customer entries that are open at a date. */
function openItems(call: Call): Answer {
	const date = dateParameter(call.query, "date");
	if (!date.ok) return problemAnswer(date.problem, call.world.switches);
	const isShown = openView(call);
	return answerEntries(
		call,
		date.value,
		isShown,
		(entry) => entry.line.postingDate <= date.value && entryState(entry, date.value, isShown).balanceMinor !== 0n,
	);
}

function answerEntries(
	call: Call,
	asOf: string,
	isShown: Visibility,
	isWanted: (entry: LedgerEntry) => boolean,
): Answer {
	const { book, query, world } = call;
	return answerListing<LedgerEntry>(call, {
		items: book.entries,
		fields: LEDGER_ENTRY_FIELDS,
		filters: [
			accepted((entry) => isShown(entry.voucher) && isWanted(entry)),
			on(rangesParameter(query, "customerNos"), ({ customer }) => customer.number),
			on(rangesParameter(query, "externalNos"), ({ customer }) => customer.externalNumber),
			on(inSet(listParameter(query, "customMatchingReferences")), ({ line }) => line.customMatchingReference),
			on(inSet(listParameter(query, "invoiceNos")), ({ voucher }) => voucher.invoice?.invoiceNo ?? null),
			on(inSet(listParameter(query, "departmentCodes")), ({ line }) => line.department?.code ?? null),
			// The sandbox keeps no projects, contact groups and number series.
			on(inSet(listParameter(query, "projectCodes")), () => null),
			on(inSet(listParameter(query, "contactGroupIds")), () => null),
			on(inSet(listParameter(query, "subLedgerNumberSeriesIds")), () => null),
			on(voucherTypes(query), ({ voucher }) => voucher.type),
			on(after(query, "createdDateTimeOffsetGreaterThan"), ({ voucher }) => voucher.createdAtMs),
			on(after(query, "lastChangedDateTimeOffsetGreaterThan"), ({ lastChangedAtMs }) => lastChangedAtMs),
			onlyWhen(query, "onlyCreatedByCurrentIntegration", ({ voucher }) => voucher.own),
			onlyWhen(query, "onlyBalancesLessThanAmount", (entry) => isPartlyMatched(entry, asOf, isShown)),
		],
		dto: (entry) => ledgerEntryDto(entry, asOf, isShown, world.switches),
	});
}

/** OAS: "balances less than amount. This will only provide entries with matches that are still open." */
function isPartlyMatched(entry: LedgerEntry, asOf: string, isShown: Visibility): boolean {
	const { balanceMinor } = entryState(entry, asOf, isShown);
	return balanceMinor !== 0n && balanceMinor !== entry.amountMinor;
}

/** The replica's view at this read, which counts among the client's list reads. */
function openView({ book, world }: Call): Visibility {
	book.listReads += 1;
	return replicaView(book, world.switches.readLag, world.clock.nowMs());
}

type Period = { readonly from: string; readonly to: string };

function readPeriod(query: Query): Outcome<Period> {
	const from = dateParameter(query, "fromDate");
	if (!from.ok) return from;
	const to = dateParameter(query, "toDate");
	return to.ok ? accepted({ from: from.value, to: to.value }) : to;
}

function isWithin(date: string, { from, to }: Period): boolean {
	return date >= from && date <= to;
}

/** `voucherTypes=CashJournal,BankJournal`, names of the enum (section 2.8). */
function voucherTypes(query: Query): Filter<string | null> {
	const wanted = listParameter(query, "voucherTypes");
	const unknown = [...(wanted ?? [])].find((name) => !VOUCHER_TYPES.some((type) => type === name));
	if (unknown === undefined) return inSet(wanted);
	return refused(bindingProblem({ voucherTypes: [`'${unknown}' is no voucher type.`] }));
}

function onlyWhen<T>(query: Query, name: string, test: (item: T) => boolean): Filter<T> {
	const wanted = booleanParameter(query, name);
	return wanted.ok ? accepted(wanted.value === true ? test : null) : wanted;
}
