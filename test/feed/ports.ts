import { randomBytes } from "node:crypto";
import type { Entropy, Timers } from "../../src/runtime/contract/clock.ts";
import type { LogFields, Logger } from "../../src/runtime/contract/logger.ts";

/** The system's timers. */
export const realTimers: Timers = {
	after: (_name, delayMs, callback) => {
		const timer = setTimeout(callback, delayMs);
		return () => clearTimeout(timer);
	},
	every: (_name, periodMs, callback) => {
		const timer = setInterval(callback, periodMs);
		return () => clearInterval(timer);
	},
};

/** The system's chance. */
export const realEntropy: Entropy = { bytes: (count) => new Uint8Array(randomBytes(count)) };

/** A logged line. */
export interface LogLine {
	readonly level: "debug" | "info" | "warn" | "error";
	readonly message: string;
	readonly fields: LogFields;
}

/** A logger that keeps its lines for the test to read. */
export const recordingLogger = (): Logger & { readonly lines: LogLine[] } => {
	const lines: LogLine[] = [];
	const at =
		(level: LogLine["level"]) =>
		(message: string, fields: LogFields = {}) => {
			lines.push({ level, message, fields });
		};
	const logger = {
		lines,
		debug: at("debug"),
		info: at("info"),
		warn: at("warn"),
		error: at("error"),
		child: () => logger,
	};
	return logger;
};

/** Waits until `condition` answers something, looking again after each turn of I/O; the test's own time-out bounds it. */
export const until = async <T>(what: string, condition: () => T | undefined | false, limitMs = 20_000): Promise<T> => {
	const deadline = Date.now() + limitMs;
	for (;;) {
		const found = condition();
		if (found !== undefined && found !== false) return found;
		if (Date.now() > deadline) throw new Error(`waited in vain for: ${what}`);
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
};
