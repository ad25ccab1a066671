import {
	ACCOUNT_FIELDS,
	CUSTOMER_FIELDS,
	DEPARTMENT_FIELDS,
	type FieldNames,
	LOCATION_FIELDS,
	VAT_CODE_FIELDS,
} from "./dto-fields.ts";
import type { JsonObjectOut } from "./json.ts";
import { after, answerListing, equalTo, type Filter, getRoute, inSet, listRoute, on } from "./list.ts";
import type { Account, Customer, Dimension, VatCode } from "./master-data.ts";
import {
	accountDto,
	customerDto,
	departmentDto,
	financialSettingsDto,
	locationDto,
	vatCodeDto,
} from "./master-data-dto.ts";
import { type Answer, accepted, jsonAnswer, notFound, problemAnswer } from "./problem.ts";
import { booleanParameter, listParameter, rangesParameter, textParameter } from "./query.ts";
import type { Call, Route } from "./route.ts";

const ACCOUNT_ROLES = ["GeneralLedgerAccount", "GeneralLedgerAccount_Full"];
const COMMON_ROLES = ["CommonServices", "CommonServices_Full"];
const CUSTOMER_ROLES = ["Customer", "Customer_Full"];
const ACCOUNT_FILTERS = ["accountNos", "agricultureDepartments", "lastChangedDateTimeOffsetGreaterThan"];
const CUSTOMER_FILTERS = [
	"contactGroupIds",
	"customerCreatedDateTimeOffsetGreaterThan",
	"customerNos",
	"externalImportReference",
	"externalNos",
	"lastChangedDateTimeOffsetGreaterThan",
];

/** The master data and settings of a client (sections 1.9, 2.4 and 2.5; roles by v2_routes.json). */
export const REFERENCE_ROUTES: readonly Route[] = [
	getRoute("ClientIntegrationInformation", null, clientInformation),
	listRoute("GeneralLedgerAccounts", ACCOUNT_ROLES, ACCOUNT_FILTERS, accounts),
	getRoute("GeneralLedgerAccounts/{id}", ACCOUNT_ROLES, (call) =>
		byId(call, "General ledger account", call.book.accounts, (item) => accountDto(item, call.book.createdAtMs)),
	),
	listRoute("VatCodes", COMMON_ROLES, ["isActive", "includeExpired"], vatCodes),
	listRoute("Customers", CUSTOMER_ROLES, CUSTOMER_FILTERS, customers),
	getRoute("Customers/{id}", CUSTOMER_ROLES, (call) =>
		byId(call, "Customer", call.book.customers, (item) => customerDto(item, call.book.createdAtMs)),
	),
	listRoute("Departments", ["Department", "Department_Full"], ["codes", "isActive"], (call) =>
		dimensions(call, call.book.departments, DEPARTMENT_FIELDS, departmentDto),
	),
	listRoute("Locations", ["Location", "Location_Full"], ["codes", "isActive"], (call) =>
		dimensions(call, call.book.locations, LOCATION_FIELDS, locationDto),
	),
	getRoute("LockDateSettings", COMMON_ROLES, lockDateSettings),
	getRoute("FinancialSettings", COMMON_ROLES, (call) => jsonAnswer(200, financialSettingsDto(call.book))),
];

/** Section 1.9: token only, no privilege; AllowSendInvoice came in 2026. */
function clientInformation({ book, grant, world }: Call): Answer {
	return jsonAnswer(200, {
		ActiveClientSubscriptions: book.subscriptions,
		ClientId: book.clientId,
		ClientName: book.clientName,
		InvalidPrivileges: book.invalidPrivileges,
		ValidPrivileges: grant.roles,
		AllowSendInvoice: world.switches.clientInformation === "2026" ? false : undefined,
	});
}

function accounts(call: Call): Answer {
	const { book, query } = call;
	return answerListing<Account>(call, {
		items: book.accounts,
		fields: ACCOUNT_FIELDS,
		filters: [
			on(rangesParameter(query, "accountNos"), (account) => account.accountNo),
			// No client here is agricultural: no account has such a department.
			on(inSet(listParameter(query, "agricultureDepartments")), () => null),
			on(after(query, "lastChangedDateTimeOffsetGreaterThan"), () => book.createdAtMs),
		],
		dto: (account) => accountDto(account, book.createdAtMs),
	});
}

/** OAS: both active and inactive codes unless asked; expired ones with includeExpired only. */
function vatCodes(call: Call): Answer {
	const { book, query, world } = call;
	const today = new Date(world.clock.nowMs()).toISOString().slice(0, 10);
	const includeExpired = booleanParameter(query, "includeExpired");
	return answerListing<VatCode>(call, {
		items: book.vatCodes,
		fields: VAT_CODE_FIELDS,
		filters: [
			on(activeFilter(call), (vat) => vat.active),
			includeExpired.ok
				? accepted(includeExpired.value === true ? null : (vat) => vat.validTo === null || vat.validTo >= today)
				: includeExpired,
		],
		dto: vatCodeDto,
	});
}

function customers(call: Call): Answer {
	const { book, query } = call;
	return answerListing<Customer>(call, {
		items: book.customers,
		fields: CUSTOMER_FIELDS,
		filters: [
			on(rangesParameter(query, "customerNos"), (customer) => customer.number),
			on(rangesParameter(query, "externalNos"), (customer) => customer.externalNumber),
			on(equalTo(textParameter(query, "externalImportReference")), (customer) => customer.externalImportReference),
			// The sandbox keeps no contact groups: nobody is in one.
			on(inSet(listParameter(query, "contactGroupIds")), () => null),
			on(after(query, "customerCreatedDateTimeOffsetGreaterThan"), () => book.createdAtMs),
			on(after(query, "lastChangedDateTimeOffsetGreaterThan"), () => book.createdAtMs),
		],
		dto: (customer) => customerDto(customer, book.createdAtMs),
	});
}

function dimensions(
	call: Call,
	items: readonly Dimension[],
	fields: FieldNames,
	dto: (item: Dimension, createdAtMs: number) => JsonObjectOut,
): Answer {
	return answerListing<Dimension>(call, {
		items,
		fields,
		filters: [
			on(inSet(listParameter(call.query, "codes")), (item) => item.code),
			on(activeFilter(call), (item) => item.active),
		],
		dto: (item) => dto(item, call.book.createdAtMs),
	});
}

/** `isActive=true|false`; both when left out. */
function activeFilter(call: Call): Filter<boolean | null> {
	const wanted = booleanParameter(call.query, "isActive");
	return wanted.ok ? equalTo(wanted.value) : wanted;
}

function byId<T extends { readonly id: bigint }>(
	call: Call,
	what: string,
	items: readonly T[],
	dto: (item: T) => JsonObjectOut,
): Answer {
	const found = items.find((item) => item.id.toString() === call.id);
	return found === undefined
		? problemAnswer(notFound(what, call.id), call.world.switches)
		: jsonAnswer(200, dto(found));
}

/** Section 2.5. The specification has no null for a client without a lock date, a switch. */
function lockDateSettings({ book, world }: Call): Answer {
	const none = world.switches.noLockDate === "null" ? null : "0001-01-01";
	return jsonAnswer(200, { LockDate: book.lockDate ?? none });
}
