/** Days of a month, 1 to 12; of any other number none. */
const daysOf = (year: number, month: number): number => {
	if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
	if (month < 1 || month > 12) return 0;
	return [4, 6, 9, 11].includes(month) ? 30 : 31;
};

const numberAt = (digits: string, from: number, to: number): number => Number.parseInt(digits.slice(from, to), 10);

/**
 * Whether six digits are a date. The century is not known here; of those that the rule below reaches until 2149 a year that
 * divides by four has 29 February, but for 2100.
 */
export const isYymmdd = (digits: string, mayBeMonth: boolean): boolean => {
	const day = numberAt(digits, 4, 6);
	const days = daysOf(2000 + numberAt(digits, 0, 2), numberAt(digits, 2, 4));
	return days > 0 && day <= days && (day > 0 || mayBeMonth);
};

/** Whether eight digits are a date. */
export const isYyyymmdd = (digits: string): boolean => {
	const day = numberAt(digits, 6, 8);
	return day > 0 && day <= daysOf(numberAt(digits, 0, 4), numberAt(digits, 4, 6));
};

/**
 * The year that two digits mean: the one of them from 49 years before to 50 years after the present one (GS1 General
 * Specifications 7.12).
 */
export const fullYear = (twoDigits: number, presentYear: number): number => {
	const century = presentYear - (presentYear % 100);
	const ahead = twoDigits - (presentYear % 100);
	if (ahead >= 51) return century - 100 + twoDigits;
	return ahead <= -50 ? century + 100 + twoDigits : century + twoDigits;
};

/** The date of YYMMDD as "YYYY-MM-DD"; day 00 is the last of the month (norway-fiscal.md 5.3). */
export const gs1Date = (yymmdd: string, presentYear: number): string => {
	const year = fullYear(numberAt(yymmdd, 0, 2), presentYear);
	const month = numberAt(yymmdd, 2, 4);
	const day = numberAt(yymmdd, 4, 6);
	const pad = (value: number): string => value.toString().padStart(2, "0");
	return `${year}-${pad(month)}-${pad(day === 0 ? daysOf(year, month) : day)}`;
};
