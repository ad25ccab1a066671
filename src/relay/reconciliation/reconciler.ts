import type { M3Config } from "../../config/schema/relay-config.ts";
import type { Mapping } from "../../config/schema/relay-mapping.ts";
import { localDateTime } from "../../events/stamp.ts";
import type { Clock } from "../../runtime/contract/clock.ts";
import { messageOf } from "../../runtime/contract/fault.ts";
import type { AlarmBook } from "../alarm/alarm-book.ts";
import type { Delivery } from "../delivery.ts";
import { ticketsOfZ } from "../intake/archive.ts";
import { closingOf } from "../intake/closing.ts";
import { daySubject } from "../intake/days.ts";
import type { RelayReport } from "../intake/relay-report.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { isLedgerTrouble } from "../ledger/ledger-trouble.ts";
import { deliveriesOf, type ZKey } from "../power-office/delivery-store.ts";
import { m3Figures } from "./m3-figures.ts";
import { powerOfficeFigures } from "./power-office-figures.ts";
import { isAlarming, reconcile } from "./reconcile.ts";
import type { Finding, Reconciliation } from "./reconciliation.ts";
import { reconciliationFromJson, reconciliationToJson } from "./reconciliation-schema.ts";

/** What is compared, and with what. */
export interface ReconcilerParts {
	readonly ledger: Ledger;
	readonly mapping: Mapping;
	/** Undefined: the ERP is not configured, and its tables are not looked for. */
	readonly m3: Pick<M3Config, "cuam" | "returnSign"> | undefined;
	/** Whether Zs are delivered to PowerOffice Go. */
	readonly powerOffice: boolean;
	readonly clock: Clock;
	readonly alarms: AlarmBook;
}

/** Which reconciliations are asked for; what is left out matches all. */
export interface ReconciliationQuery {
	readonly store?: string | undefined;
	readonly till?: string | undefined;
	readonly businessDateFrom?: string | undefined;
	readonly businessDateTo?: string | undefined;
	readonly limit?: number | undefined;
}

/**
 * Compares every Z again when something about it has changed, and keeps the result. It runs beside the deliveries; its
 * states are "equal" and "unequal".
 */
export interface Reconciler extends Delivery {
	readonly name: "reconciliation";
	/** Compares one Z now and keeps the result. Undefined when no such Z came in. */
	reconcile(key: ZKey): Reconciliation | undefined;
	/** The kept results, newest business date first. */
	list(query?: ReconciliationQuery): Reconciliation[];
}

const STEPS: readonly string[] = [
	`CREATE TABLE reconciliation (
		store TEXT NOT NULL,
		till TEXT NOT NULL,
		z INTEGER NOT NULL,
		business_date TEXT NOT NULL,
		equal INTEGER NOT NULL CHECK (equal IN (0, 1)),
		fingerprint TEXT NOT NULL,
		result TEXT NOT NULL,
		at_utc_ms INTEGER NOT NULL,
		PRIMARY KEY (store, till, z)
	) STRICT, WITHOUT ROWID;
	CREATE INDEX reconciliation_date ON reconciliation (business_date);`,
];

/** Zs compared in one step: the other parts of the relay take turns. */
const ZS_AT_ONCE = 5;
/** How often the ledger is searched for what changed, among the Zs that are not equal yet and those of the last days. */
const SEARCH_EVERY_MS = 2_000;
const RECENT_MS = 3 * 86_400_000;
const LIST_DEFAULT = 100;
/**
 * A Z that is equal is looked at again for so long: somebody may change the books. Older ones are compared when asked. Seldom,
 * because each look reads all tickets of the time: with hundreds of tills the relay would do little else.
 */
const WATCH_MS = 45 * 86_400_000;
const WATCH_EVERY_MS = 600_000;

/** What a result depends on, as text: the messages of the Z, and where its voucher and its tickets stand. */
const fingerprintSql = (hasM3: boolean, hasPowerOffice: boolean): string =>
	[
		"(SELECT count(*) || ',' || max(message_id) FROM ticket t WHERE t.store = r.store AND t.till = r.till AND t.z = r.z)",
		hasPowerOffice
			? `(SELECT group_concat(revision || ':' || version) FROM power_office_voucher v
				WHERE v.store = r.store AND v.till = r.till AND v.z = r.z)`
			: "''",
		hasM3
			? `(SELECT group_concat(n) FROM (SELECT m.state || ':' || count(*) || ':' || coalesce(max(m.round_id), 0) AS n
				FROM ticket t JOIN m3_ticket m ON m.message_id = t.message_id
				WHERE t.store = r.store AND t.till = r.till AND t.z = r.z GROUP BY m.state ORDER BY m.state))`
			: "''",
	]
		.map((part) => `coalesce(${part}, '')`)
		.join(" || '|' || ")
		.concat(" || CASE r.relay_revision WHEN 0 THEN '' ELSE '|closed here ' || r.relay_revision END");

const closedHere = ({ closedBy, closedUtcMs, missing }: RelayReport): Finding => {
	const lost = missing === null ? "" : `; accepted as lost: ${missing}`;
	const { date } = localDateTime({ utcMs: closedUtcMs, offsetMinutes: 0 });
	return { code: "RELAY-4008", detail: `by ${closedBy} on ${date}${lost}` };
};

/** Opens the reconciliation on a ledger; the intake and the configured deliveries have made their tables before. */
export const openReconciler = (parts: ReconcilerParts): Reconciler => {
	const { ledger, mapping, m3, clock, alarms } = parts;
	ledger.migrate("reconciliation", STEPS);
	const fingerprint = fingerprintSql(m3 !== undefined, parts.powerOffice);
	let searchAtMs = Number.NEGATIVE_INFINITY;
	let watchAtMs = Number.NEGATIVE_INFINITY;

	const compare = (key: ZKey): Reconciliation => {
		const closing = closingOf(ledger, key);
		if (closing === undefined) throw new Error(`${key.store}/${key.till} Z ${key.z} has no closing`);
		const { report } = closing;
		return reconcile({
			day: report,
			journal: closing.kind === "till" ? closing.report.totals : null,
			tickets: ticketsOfZ(ledger, key, key.z).map(({ ticket }) => ticket),
			remarks: closing.kind === "till" ? [] : [closedHere(closing.report)],
			m3: m3 === undefined ? null : m3Figures(ledger, report, { mapping, m3 }),
			powerOffice: parts.powerOffice ? powerOfficeFigures(deliveriesOf(ledger, key)[0]?.delivery) : null,
		});
	};

	/** What broke the program when it was compared, as it stood then: it holds up no other Z. */
	const broken = new Map<string, string>();

	const compareAndKeep = (key: ZKey, now: string, atUtcMs: number): void => {
		const subject = daySubject(key);
		try {
			keep(compare(key), now, atUtcMs);
			broken.delete(subject);
		} catch (error) {
			if (isLedgerTrouble(error)) throw error;
			broken.set(subject, now);
			alarms.raise("RELAY-4009", subject, messageOf(error), atUtcMs);
		}
	};

	const keep = (result: Reconciliation, now: string, atUtcMs: number): void => {
		const subject = daySubject(result);
		ledger.transaction(() => {
			ledger
				.statement("INSERT OR REPLACE INTO reconciliation VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
				.run(
					result.store,
					result.till,
					result.z,
					result.businessDate,
					result.equal ? 1 : 0,
					now,
					JSON.stringify(reconciliationToJson(result)),
					atUtcMs,
				);
			for (const code of [
				"RELAY-4001",
				"RELAY-4002",
				"RELAY-4003",
				"RELAY-4005",
				"RELAY-4007",
				"RELAY-4009",
			] as const) {
				const own = result.findings.filter((finding) => finding.code === code && isAlarming(finding));
				if (own.length === 0) alarms.resolve(code, subject, atUtcMs);
				else alarms.raise(code, subject, own.map((finding) => finding.detail).join("; "), atUtcMs);
			}
		});
	};

	const newestTicket = (): number =>
		ledger.statement<{ newest: number | null }>("SELECT max(message_id) AS newest FROM ticket").get()?.newest ?? 0;
	/** A ticket that came in after the last search may belong to an old day that was equal: a copy's, sent again. */
	let comparedUpTo = newestTicket();

	return {
		name: "reconciliation",
		// A day closed at the relay may be of any age, and is compared at once when it is closed again.
		step: () => {
			const { utcMs, monotonicMs } = clock.stamp();
			if (monotonicMs < searchAtMs) return Promise.resolve(false);
			const isWatching = monotonicMs >= watchAtMs;
			const watchedMs = isWatching ? WATCH_MS : RECENT_MS;
			const watchedFrom = localDateTime({ utcMs: utcMs - watchedMs, offsetMinutes: 0 }).date;
			const newest = newestTicket();
			const changed = ledger
				.statement<ZKey & { readonly now: string }>(
					`SELECT store, till, z, now FROM (
						SELECT r.store, r.till, r.z, r.message_id AS messageId, ${fingerprint} AS now, c.fingerprint AS kept
						FROM closing r LEFT JOIN reconciliation c ON c.store = r.store AND c.till = r.till AND c.z = r.z
						WHERE (c.equal IS NOT 1 OR r.business_date >= ? OR r.relay_revision > 0
							OR (r.store, r.till, r.z) IN (SELECT store, till, z FROM ticket WHERE message_id > ?))
					) WHERE kept IS NOT now ORDER BY messageId LIMIT ?`,
				)
				.all(watchedFrom, comparedUpTo, ZS_AT_ONCE + broken.size)
				.filter(({ now, ...key }) => broken.get(daySubject(key)) !== now);
			for (const { now, ...key } of changed) compareAndKeep(key, now, utcMs);
			const mayBeMore = changed.length >= ZS_AT_ONCE;
			if (!mayBeMore) {
				searchAtMs = monotonicMs + SEARCH_EVERY_MS;
				comparedUpTo = newest;
			}
			if (!mayBeMore && isWatching) watchAtMs = monotonicMs + WATCH_EVERY_MS;
			return Promise.resolve(mayBeMore);
		},
		summary: () => {
			const counts = ledger
				.statement<{ equal: number; n: number }>("SELECT equal, count(*) AS n FROM reconciliation GROUP BY equal")
				.all();
			const of = (equal: number): number => counts.find((row) => row.equal === equal)?.n ?? 0;
			return { states: { equal: of(1), unequal: of(0) }, tills: [], unknown: [], pausedBy: null };
		},
		reconcile: (key) => {
			const found = ledger
				.statement<{ now: string }>(
					`SELECT ${fingerprint} AS now FROM closing r WHERE r.store = ? AND r.till = ? AND r.z = ?`,
				)
				.get(key.store, key.till, key.z);
			if (found === undefined) return undefined;
			const result = compare(key);
			keep(result, found.now, clock.stamp().utcMs);
			return result;
		},
		list: (query = {}) =>
			ledger
				.statement<{ result: string }>(
					`SELECT result FROM reconciliation WHERE store = coalesce(?, store) AND till = coalesce(?, till)
					AND business_date >= coalesce(?, '') AND business_date <= coalesce(?, '9999-12-31')
					ORDER BY business_date DESC, store, till, z DESC LIMIT ?`,
				)
				.all(
					query.store ?? null,
					query.till ?? null,
					query.businessDateFrom ?? null,
					query.businessDateTo ?? null,
					query.limit ?? LIST_DEFAULT,
				)
				.map(({ result }) => reconciliationFromJson(JSON.parse(result))),
	};
};
