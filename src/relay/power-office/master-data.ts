import type { Clock } from "../../runtime/contract/clock.ts";
import type { CallFailure } from "./call-result.ts";
import type { GoClient, GoVatCode } from "./go-client.ts";
import type { CashVoucher, Reason } from "./voucher.ts";
import { targetKey, type VoucherIds } from "./voucher-body.ts";

/** The ids of everything that a voucher names, or what the client does not have, or why it could not be asked. */
export type Resolution =
	| { readonly kind: "resolved"; readonly ids: VoucherIds }
	| { readonly kind: "unresolved"; readonly reasons: readonly Reason[] }
	| { readonly kind: "failed"; readonly failure: CallFailure };

/** What is known of a client's numbers and codes: kept for a while, since ids differ per client and seldom change. */
export interface MasterData {
	/** Looks up what is not known yet; what the client does not have is asked for again the next time. */
	resolve(voucher: CashVoucher): Promise<Resolution>;
	/** Forgets everything: PowerOffice refused something that was made with it. */
	forget(): void;
}

/** Numbers of a query are at most this many, to keep the address short. */
const NUMBERS_AT_ONCE = 50;

/** How long an answer is believed: a VAT rate ends, an account gets another number, and nobody tells. */
const KEPT_MS = 3_600_000;

/** The ids of one client, asked for when first needed. */
export const masterData = (client: GoClient, clock: Clock): MasterData => {
	const targets = new Map<string, string>();
	const dimensions = new Map<string, string>();
	let vatCodes: readonly GoVatCode[] = [];
	let askedAtMs = clock.stamp().monotonicMs;

	const forget = (): void => {
		targets.clear();
		dimensions.clear();
		vatCodes = [];
		askedAtMs = clock.stamp().monotonicMs;
	};

	const vatIds = (voucher: CashVoucher): ReadonlyMap<string, string> =>
		new Map(
			[...new Set(voucher.lines.map((line) => line.vatCode))].flatMap((code) => {
				const valid = vatCodes
					.filter(({ validFrom }) => validFrom <= voucher.businessDate)
					.filter(({ validTo }) => validTo === null || validTo >= voucher.businessDate)
					.filter((candidate) => candidate.code === code)
					.toSorted((a, b) => (a.validFrom < b.validFrom ? 1 : -1));
				return valid[0] === undefined ? [] : [[code, valid[0].id] as const];
			}),
		);

	const lookUpTargets = async (voucher: CashVoucher): Promise<CallFailure | undefined> => {
		const unknown = voucher.lines.map((line) => line.target).filter((target) => !targets.has(targetKey(target)));
		const accountNos = unknown.flatMap((target) => (target.kind === "account" ? [target.accountNo] : []));
		const customerNos = unknown.flatMap((target) =>
			target.kind === "customer" && /^[0-9]{1,18}$/.test(target.customerNo) ? [target.customerNo] : [],
		);
		for (const part of chunks([...new Set(accountNos)], NUMBERS_AT_ONCE)) {
			const found = await client.accounts(part);
			if (found.kind !== "ok") return found;
			for (const [accountNo, id] of found.value) targets.set(`account ${accountNo}`, id);
		}
		for (const part of chunks([...new Set(customerNos)], NUMBERS_AT_ONCE)) {
			const found = await client.customers(part);
			if (found.kind !== "ok") return found;
			for (const [customerNo, id] of found.value) targets.set(`customer ${customerNo}`, id);
		}
		return undefined;
	};

	const lookUpVatCodes = async (voucher: CashVoucher): Promise<CallFailure | undefined> => {
		const known = vatIds(voucher);
		if (voucher.lines.every((line) => known.has(line.vatCode))) return undefined;
		const found = await client.vatCodes();
		if (found.kind !== "ok") return found;
		vatCodes = found.value;
		return undefined;
	};

	const lookUpDimension = async (
		kind: "Departments" | "Locations",
		code: string | null,
	): Promise<CallFailure | undefined> => {
		if (code === null || dimensions.has(`${kind} ${code}`)) return undefined;
		const found = await client.dimension(kind, code);
		if (found.kind !== "ok") return found;
		for (const [foundCode, id] of found.value) dimensions.set(`${kind} ${foundCode}`, id);
		return undefined;
	};

	return {
		forget,
		resolve: async (voucher) => {
			if (clock.stamp().monotonicMs - askedAtMs > KEPT_MS) forget();
			const { departmentCode, locationCode } = voucher;
			const failure =
				(await lookUpTargets(voucher)) ??
				(await lookUpVatCodes(voucher)) ??
				(await lookUpDimension("Departments", departmentCode)) ??
				(await lookUpDimension("Locations", locationCode));
			if (failure !== undefined) return { kind: "failed", failure };
			const ids: VoucherIds = {
				targets,
				vatCodes: vatIds(voucher),
				departmentId: dimensions.get(`Departments ${departmentCode}`) ?? null,
				locationId: dimensions.get(`Locations ${locationCode}`) ?? null,
			};
			const reasons = unresolved(voucher, ids);
			return reasons.length > 0 ? { kind: "unresolved", reasons } : { kind: "resolved", ids };
		},
	};
};

const unresolved = (voucher: CashVoucher, ids: VoucherIds): readonly Reason[] => {
	const { departmentCode, locationCode } = voucher;
	const targets = new Map(voucher.lines.map(({ target }) => [targetKey(target), target.kind]));
	return [
		...[...targets]
			.filter(([key]) => !ids.targets.has(key))
			.map(([detail, kind]): Reason => ({ code: kind === "account" ? "RELAY-3009" : "RELAY-3010", detail })),
		...[...new Set(voucher.lines.map((line) => line.vatCode))]
			.filter((code) => !ids.vatCodes.has(code))
			.map((code): Reason => ({ code: "RELAY-3009", detail: `VAT code ${code} on ${voucher.businessDate}` })),
		...(departmentCode !== null && ids.departmentId === null
			? [{ code: "RELAY-3009", detail: `department ${departmentCode}` } as const]
			: []),
		...(locationCode !== null && ids.locationId === null
			? [{ code: "RELAY-3009", detail: `location ${locationCode}` } as const]
			: []),
	];
};

const chunks = <T>(members: readonly T[], size: number): T[][] =>
	Array.from({ length: Math.ceil(members.length / size) }, (_, index) =>
		members.slice(index * size, (index + 1) * size),
	);
