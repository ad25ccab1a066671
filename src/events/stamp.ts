/** When something happened, as the box knew it. Order is by sequence, never by time (DESIGN section 6). */
export interface Stamp {
	/** Milliseconds since 1970 in UTC. */
	readonly utcMs: number;
	/** Local time minus UTC in minutes, so that a record can be read without a zone table. */
	readonly offsetMinutes: number;
	/** The boot of the box this was stamped in (Linux: /proc/sys/kernel/random/boot_id). */
	readonly bootId: string;
	/** Milliseconds of the monotonic clock within that boot. */
	readonly monotonicMs: number;
}

/** Who or what an input or a record comes from. */
export type Source = "operator" | "device" | "feed" | "service";

const pad = (value: number, digits: number): string => value.toString().padStart(digits, "0");

/** Days since 1970-01-01 to year, month, day (proleptic Gregorian; Howard Hinnant's civil_from_days). */
const civilFromDays = (days: number): { year: number; month: number; day: number } => {
	const shifted = days + 719_468;
	const era = Math.floor(shifted / 146_097);
	const dayOfEra = shifted - era * 146_097;
	const yearOfEra = Math.floor(
		(dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
	);
	const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
	const monthShifted = Math.floor((5 * dayOfYear + 2) / 153);
	const month = monthShifted < 10 ? monthShifted + 3 : monthShifted - 9;
	return {
		year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
		month,
		day: dayOfYear - Math.floor((153 * monthShifted + 2) / 5) + 1,
	};
};

/** The local date and time of a stamp: `{ date: "2026-11-23", time: "14:05:09" }`. */
export const localDateTime = (stamp: Pick<Stamp, "utcMs" | "offsetMinutes">): { date: string; time: string } => {
	const localSeconds = Math.floor(stamp.utcMs / 1000) + stamp.offsetMinutes * 60;
	const days = Math.floor(localSeconds / 86_400);
	const second = localSeconds - days * 86_400;
	const { year, month, day } = civilFromDays(days);
	return {
		date: `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`,
		time: `${pad(Math.floor(second / 3600), 2)}:${pad(Math.floor(second / 60) % 60, 2)}:${pad(second % 60, 2)}`,
	};
};
