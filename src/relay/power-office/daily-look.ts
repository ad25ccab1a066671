import { localDateTime } from "../../events/stamp.ts";
import { amountToJson } from "../../money/amount.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { BookedVoucher } from "./booked-voucher.ts";
import { deliveriesOf, type StoredDelivery, type ZKey } from "./delivery-store.ts";

/** Vouchers of so many days are looked at again each day: a bookkeeper may change or reverse one in Go. Older ones when asked. */
const LOOK_BACK_MS = 14 * 86_400_000;
const LOOK_EVERY_MS = 86_400_000;

/** A day's vouchers in one company: what one question to PowerOffice answers. */
export interface BookedDay {
	readonly company: string;
	readonly businessDate: string;
}

/** The day that was not looked at for longest, where that is a day ago. Undefined when there is none. */
export const dueBookedDay = (ledger: Ledger, nowUtcMs: number): BookedDay | undefined =>
	ledger
		.statement<BookedDay>(
			`SELECT v.company, v.business_date AS businessDate FROM (
				SELECT json_extract(delivery, '$.state.voucher.company') AS company, business_date, min(changed_utc_ms) AS since
				FROM power_office_voucher WHERE state = 'booked' AND business_date >= ? GROUP BY 1, 2
			) v LEFT JOIN power_office_look l ON l.company = v.company AND l.business_date = v.business_date
			WHERE max(v.since, coalesce(l.at_utc_ms, 0)) <= ? OR l.at_utc_ms > ? ORDER BY coalesce(l.at_utc_ms, 0), v.business_date LIMIT 1`,
		)
		.get(
			localDateTime({ utcMs: nowUtcMs - LOOK_BACK_MS, offsetMinutes: 0 }).date,
			nowUtcMs - LOOK_EVERY_MS,
			// A look in the future is the leftover of a clock that stepped back.
			nowUtcMs,
		);

/** Notes that a day was looked at. */
export const noteLook = (ledger: Ledger, { company, businessDate }: BookedDay, atUtcMs: number): void =>
	void ledger
		.statement("INSERT OR REPLACE INTO power_office_look VALUES (?, ?, ?)")
		.run(company, businessDate, atUtcMs);

/** The booked deliveries of a day in one company. */
export const bookedOfDay = (ledger: Ledger, { company, businessDate }: BookedDay): StoredDelivery[] =>
	ledger
		.statement<ZKey>(
			`SELECT store, till, z FROM power_office_voucher WHERE state = 'booked' AND business_date = ?
			AND json_extract(delivery, '$.state.voucher.company') = ? ORDER BY store, till, z`,
		)
		.all(businessDate, company)
		.flatMap((key) => deliveriesOf(ledger, key).filter(({ delivery }) => delivery.state.name === "booked"));

/** Whether two readings of a voucher say the same, in whatever order its rows come. */
export const isSameReading = (a: BookedVoucher, b: BookedVoucher): boolean => textOf(a) === textOf(b);

const textOf = ({ isReversed, rows }: BookedVoucher): string =>
	JSON.stringify([
		isReversed,
		rows
			.map(({ amount, vatAmount, ...row }) =>
				JSON.stringify([
					row.accountNo,
					row.customerAccountNo,
					row.vatCode,
					amountToJson(amount),
					amountToJson(vatAmount),
				]),
			)
			.toSorted(),
	]);
