import type { TillAddress } from "../../feed/schema/topic.ts";
import { reportsAfter, type TakenReport } from "../intake/archive.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { deliveryFromJson, deliveryToJson } from "./delivery-schema.ts";
import { type Delivery, NEW_DELIVERY } from "./delivery-state.ts";

/** The voucher of one till and Z. */
export interface ZKey extends TillAddress {
	readonly z: number;
}

/** A delivery as it stands in the ledger. */
export interface StoredDelivery extends ZKey {
	readonly revision: number;
	/** The Z message it is made from; of a day closed at the relay the last ticket that its report holds. */
	readonly messageId: number;
	readonly businessDate: string;
	readonly delivery: Delivery;
	readonly version: number;
	readonly nextUtcMs: number;
	readonly changedUtcMs: number;
}

interface Row extends Omit<StoredDelivery, "delivery"> {
	readonly json: string;
}

const SELECT = `SELECT store, till, z, revision, message_id AS messageId, business_date AS businessDate, delivery AS json,
	version, next_utc_ms AS nextUtcMs, changed_utc_ms AS changedUtcMs FROM power_office_voucher`;

const fromRow = ({ json, ...row }: Row): StoredDelivery => ({ ...row, delivery: deliveryFromJson(json) });

/** A step further than this is the leftover of a clock that stepped back, and is due. */
const WAIT_MAX_MS = 600_000;

/** The delivery that is due longest. Undefined when all rest or wait. */
export const dueDelivery = (ledger: Ledger, nowUtcMs: number): StoredDelivery | undefined => {
	const row = ledger
		.statement<Row>(
			`${SELECT} WHERE state NOT IN ('held', 'booked', 'reversed', 'nothing') AND (next_utc_ms <= ? OR next_utc_ms > ?)
			ORDER BY next_utc_ms, store, till, z LIMIT 1`,
		)
		.get(nowUtcMs, nowUtcMs + WAIT_MAX_MS);
	return row === undefined ? undefined : fromRow(row);
};

/** The deliveries in a state. */
export const deliveriesIn = (ledger: Ledger, state: Delivery["state"]["name"]): StoredDelivery[] =>
	ledger.statement<Row>(`${SELECT} WHERE state = ? ORDER BY store, till, z`).all(state).map(fromRow);

/** All revisions of a Z's voucher, the last one first. */
export const deliveriesOf = (ledger: Ledger, { store, till, z }: ZKey): StoredDelivery[] =>
	ledger
		.statement<Row>(`${SELECT} WHERE store = ? AND till = ? AND z = ? ORDER BY revision DESC`)
		.all(store, till, z)
		.map(fromRow);

/** When the next delivery is due; undefined when none waits. */
export const nextDueUtcMs = (ledger: Ledger): number | undefined =>
	ledger
		.statement<{ next: number | null }>(
			"SELECT min(next_utc_ms) AS next FROM power_office_voucher WHERE state NOT IN ('held', 'booked', 'reversed', 'nothing')",
		)
		.get()?.next ?? undefined;

/** Begins a revision. */
export const addDelivery = (
	ledger: Ledger,
	key: ZKey & Pick<StoredDelivery, "revision" | "messageId" | "businessDate">,
	nowUtcMs: number,
): void =>
	void ledger
		.statement("INSERT INTO power_office_voucher VALUES (?, ?, ?, ?, ?, ?, 'waiting', ?, 1, ?, ?)")
		.run(
			key.store,
			key.till,
			key.z,
			key.revision,
			key.messageId,
			key.businessDate,
			deliveryToJson(NEW_DELIVERY),
			nowUtcMs,
			nowUtcMs,
		);

/** What a step was made of, for whoever asks later. */
export interface StepNote {
	readonly input: string;
	/** The request body that goes out, or what PowerOffice said. */
	readonly detail: string | null;
}

/** Writes a step, and notes it unless it is a mere repetition; false when somebody else has written one since `stored` was read. */
export const saveDelivery = (
	ledger: Ledger,
	stored: StoredDelivery,
	delivery: Delivery,
	due: { readonly nowUtcMs: number; readonly waitMs: number },
	note: StepNote | null,
): boolean =>
	ledger.transaction(() => {
		const { store, till, z, revision } = stored;
		const { changes } = ledger
			.statement(
				`UPDATE power_office_voucher SET state = ?, delivery = ?, version = version + 1, next_utc_ms = ?, changed_utc_ms = ?
				WHERE store = ? AND till = ? AND z = ? AND revision = ? AND version = ?`,
			)
			.run(
				delivery.state.name,
				deliveryToJson(delivery),
				due.nowUtcMs + due.waitMs,
				due.nowUtcMs,
				store,
				till,
				z,
				revision,
				stored.version,
			);
		if (changes === 0) return false;
		if (note === null) return true;
		ledger
			.statement(
				"INSERT INTO power_office_step (store, till, z, revision, at_utc_ms, input, state, detail) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
			)
			.run(store, till, z, revision, due.nowUtcMs, note.input, delivery.state.name, note.detail);
		return true;
	});

/** How many Z reports are taken in at once. */
const REPORTS_AT_ONCE = 100;

/**
 * Begins a delivery for every Z report taken in since the last time. A second Z of the same till and number is answered,
 * not begun: one of the two is wrong.
 */
export const takeReports = (
	ledger: Ledger,
	nowUtcMs: number,
): { readonly taken: number; readonly second: TakenReport[] } =>
	ledger.transaction(() => {
		const cursor = ledger.statement<{ id: number }>("SELECT message_id AS id FROM power_office_cursor").get();
		const reports = reportsAfter(ledger, cursor?.id ?? 0, REPORTS_AT_ONCE);
		const last = reports.at(-1);
		if (last === undefined) return { taken: 0, second: [] };
		const second = reports.filter((taken) => {
			const { store, till, z, businessDate } = taken.report;
			if (deliveriesOf(ledger, { store, till, z }).length > 0) return true;
			addDelivery(ledger, { store, till, z, revision: 1, messageId: taken.messageId, businessDate }, nowUtcMs);
			return false;
		});
		ledger.statement("UPDATE power_office_cursor SET message_id = ?").run(last.messageId);
		return { taken: reports.length, second };
	});

/** A day closed at the relay that no delivery was begun from yet, with the delivery that an earlier closing of it began. */
export interface ClosedDay {
	readonly key: ZKey & Pick<StoredDelivery, "messageId" | "businessDate">;
	readonly last: StoredDelivery | undefined;
}

/** The days closed at the relay that no delivery was begun from yet. */
export const newlyClosedDays = (ledger: Ledger): ClosedDay[] =>
	ledger
		.statement<ClosedDay["key"]>(
			`SELECT store, till, z, message_id AS messageId, business_date AS businessDate FROM relay_report r
			WHERE revision = (SELECT max(revision) FROM relay_report o WHERE o.store = r.store AND o.till = r.till AND o.z = r.z)
			AND NOT EXISTS (SELECT 1 FROM power_office_voucher v
				WHERE v.store = r.store AND v.till = r.till AND v.z = r.z AND v.message_id = r.message_id)`,
		)
		.all()
		.map((key) => ({ key, last: deliveriesOf(ledger, key)[0] }));

/** Makes a delivery that waits one of what its day was closed with now. */
export const renewDelivery = (
	ledger: Ledger,
	{ messageId, businessDate, ...key }: ClosedDay["key"],
	nowUtcMs: number,
) =>
	void ledger
		.statement(
			`UPDATE power_office_voucher SET message_id = ?, business_date = ?, next_utc_ms = ?, version = version + 1
			WHERE store = ? AND till = ? AND z = ? AND state = 'waiting'`,
		)
		.run(messageId, businessDate, nowUtcMs, key.store, key.till, key.z);

/** Makes every waiting delivery due: the mapping may have changed. */
export const wakeWaiting = (ledger: Ledger, nowUtcMs: number): void =>
	void ledger
		.statement("UPDATE power_office_voucher SET next_utc_ms = ? WHERE state IN ('waiting', 'ready')")
		.run(nowUtcMs);
