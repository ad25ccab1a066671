import type { Logger } from "../../../src/runtime/contract/logger.ts";

/** A logger that keeps nothing. */
export const silentLogger = (): Logger => {
	const logger: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {}, child: () => logger };
	return logger;
};
