/** Fields of a log line. Never card data, never personal data (DESIGN section 6). */
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** Structured log for people; the journal is the record. Levels by who reads it: debug makers, info technicians, warn and error whoever is on duty. */
export interface Logger {
	debug(message: string, fields?: LogFields): void;
	info(message: string, fields?: LogFields): void;
	warn(message: string, fields?: LogFields): void;
	error(message: string, fields?: LogFields): void;
	/** A logger whose lines carry these fields too. */
	child(fields: LogFields): Logger;
}
