import { type DestinationStream, destination, type Logger as PinoLogger, pino, stdTimeFunctions } from "pino";
import type { LogFields, Logger } from "../contract/logger.ts";
import { fieldWithoutCardNumbers, withoutCardNumbers } from "./card-numbers.ts";

/** Standard error: what a program answers goes to standard output. */
const STANDARD_ERROR = 2;

/** Text that waits while standard error takes nothing, at most; newer lines are dropped. */
const WAITING_LENGTH_MAX = 1_000_000;

/** How a logger is set up. */
export interface LoggerOptions {
	/** The least level that is written. */
	readonly level: "debug" | "info" | "warn" | "error";
	/** Gets each line with its line feed. Left out: standard error, which systemd hands to its journal. */
	readonly destination?: DestinationStream;
}

/**
 * A logger that writes one JSON object a line: `level`, `time` (ISO 8601, UTC), the fields, `msg`. Lines are written at
 * once, so that the last one before a crash is there. Anything like a card number is cut down to first six, last four.
 */
export const createLogger = (options: LoggerOptions): Logger =>
	wrap(
		pino(
			{
				level: options.level,
				base: null,
				timestamp: stdTimeFunctions.isoTime,
				formatters: { level: (label) => ({ level: label }) },
			},
			options.destination ?? standardError(),
		),
	);

/** A log that cannot be written (the disk behind it is full) stops no sale; what waits is written as soon as it can be. */
const standardError = (): DestinationStream => {
	const stream = destination({ dest: STANDARD_ERROR, sync: true, maxLength: WAITING_LENGTH_MAX });
	// There is nobody left to tell.
	stream.on("error", () => undefined);
	return stream;
};

const wrap = (logger: PinoLogger): Logger => ({
	debug: (message, fields = {}) => logger.debug(clean(fields), withoutCardNumbers(message)),
	info: (message, fields = {}) => logger.info(clean(fields), withoutCardNumbers(message)),
	warn: (message, fields = {}) => logger.warn(clean(fields), withoutCardNumbers(message)),
	error: (message, fields = {}) => logger.error(clean(fields), withoutCardNumbers(message)),
	child: (fields) => wrap(logger.child(clean(fields))),
});

const clean = (fields: LogFields): LogFields =>
	Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, fieldWithoutCardNumbers(value)]));
