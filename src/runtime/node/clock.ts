import { randomUUID } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import type { Clock } from "../contract/clock.ts";
import { Fault, messageOf } from "../contract/fault.ts";

/** Where Linux says which boot this is. */
const BOOT_ID_FILE = "/proc/sys/kernel/random/boot_id";

/** systemd-timesyncd's directory; the file in it appears with the first synchronisation since boot (systemd-timesyncd.service(8)). */
const TIMESYNC_DIRECTORY = "/run/systemd/timesync";

/** Zones change their offset on quarter hours only, so one look-up serves for the rest of a quarter. */
const OFFSET_KEPT_MS = 15 * 60_000;

/** What a clock is made from. The places are given by tests; a box has them where they are. */
export interface ClockOptions {
	/** IANA name ("Europe/Oslo"). */
	readonly timeZone: string;
	readonly bootIdFile?: string;
	readonly timesyncDirectory?: string;
}

/**
 * The box's clocks: wall time, the offset of the configured zone, and the monotonic clock of the system, which every
 * process of one boot shares. Throws a Fault TILL-1007 when the zone is unknown.
 */
export const createClock = (options: ClockOptions): Clock => {
	const offsetOf = offsetReader(options.timeZone);
	const bootId = readBootId(options.bootIdFile ?? BOOT_ID_FILE);
	const directory = options.timesyncDirectory ?? TIMESYNC_DIRECTORY;
	let wasSynchronised = false;
	return {
		stamp: () => {
			const utcMs = Date.now();
			const monotonicMs = Number(process.hrtime.bigint() / 1_000_000n);
			return { utcMs, offsetMinutes: offsetOf(utcMs), bootId, monotonicMs };
		},
		isSynchronised: () => {
			wasSynchronised ||= existsSync(`${directory}/synchronized`);
			if (wasSynchronised) return true;
			return existsSync(directory) ? false : undefined;
		},
	};
};

/** Without a boot id each process counts as a boot of its own: its monotonic clock is then compared with no other's. */
const readBootId = (file: string): string => {
	try {
		const text = readFileSync(file, "utf8").trim();
		if (text !== "") return text;
	} catch {
		// Not Linux, or /proc is hidden from the service.
	}
	return `process-${randomUUID()}`;
};

/** Minutes that local time is ahead of UTC in a zone, by moment. */
const offsetReader = (timeZone: string): ((utcMs: number) => number) => {
	const format = localFields(timeZone);
	let kept = { quarter: Number.NaN, offsetMinutes: 0 };
	return (utcMs) => {
		const quarter = Math.floor(utcMs / OFFSET_KEPT_MS);
		if (quarter !== kept.quarter) kept = { quarter, offsetMinutes: offsetAt(format, utcMs) };
		return kept.offsetMinutes;
	};
};

const localFields = (timeZone: string): Intl.DateTimeFormat => {
	try {
		return new Intl.DateTimeFormat("en-GB", {
			timeZone,
			calendar: "gregory",
			numberingSystem: "latn",
			hourCycle: "h23",
			year: "numeric",
			month: "numeric",
			day: "numeric",
			hour: "numeric",
			minute: "numeric",
			second: "numeric",
		});
	} catch (thrown) {
		throw new Fault("TILL-1007", `${timeZone}: ${messageOf(thrown)}`, { cause: thrown });
	}
};

const offsetAt = (format: Intl.DateTimeFormat, utcMs: number): number => {
	const field = new Map(format.formatToParts(utcMs).map(({ type, value }) => [type, Number.parseInt(value, 10)]));
	const of = (type: Intl.DateTimeFormatPartTypes): number => field.get(type) ?? 0;
	const localMs = Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"), of("second"));
	return Math.round((localMs - Math.floor(utcMs / 1000) * 1000) / 60_000);
};
