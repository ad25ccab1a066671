/** The chosen moments at which a till is killed. */
export const CRASH_POINTS = [
	"after an item, before the display",
	"before the close is written",
	"after the close, before its effects",
	"after the pulse, before its record",
	"after the paper, before its record",
	"before a snapshot",
	"after a snapshot",
	"between message and accepted",
	"after accepted",
	"after the Z, before its effects",
] as const;

/** One of {@link CRASH_POINTS}. */
export type CrashPoint = (typeof CRASH_POINTS)[number];
