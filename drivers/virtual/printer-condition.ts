/** What can be wrong with a printer, and what hangs on it. */
export interface PrinterCondition {
	readonly coverOpen: boolean;
	readonly recEmpty: boolean;
	readonly recNearEnd: boolean;
	readonly cutterError: boolean;
	readonly headHot: boolean;
	/** An error that only service can clear. */
	readonly error: boolean;
	/** Taken offline at the printer itself, with nothing wrong. */
	readonly offline: boolean;
	/** Pin 3 of the drawer connector is high. */
	readonly drawerOpen: boolean;
}

/** A printer that prints. */
export const WELL: PrinterCondition = {
	coverOpen: false,
	recEmpty: false,
	recNearEnd: false,
	cutterError: false,
	headHot: false,
	error: false,
	offline: false,
	drawerOpen: false,
};

/** Whether it takes bytes in and executes none of them. */
export const isOffline = (condition: PrinterCondition): boolean =>
	condition.coverOpen ||
	condition.recEmpty ||
	condition.cutterError ||
	condition.headHot ||
	condition.error ||
	condition.offline;

const bits = (...pairs: readonly (readonly [boolean, number])[]): number =>
	pairs.reduce((byte, [holds, bit]) => byte | (holds ? bit : 0), 0);

/** The four bytes of automatic status back (devices.md section 4). */
export const automaticStatus = (condition: PrinterCondition): Buffer =>
	Buffer.of(
		0x10 | bits([condition.drawerOpen, 0x04], [isOffline(condition), 0x08], [condition.coverOpen, 0x20]),
		bits([condition.cutterError, 0x08], [condition.error, 0x20], [condition.headHot, 0x40]),
		bits([condition.recNearEnd, 0x03], [condition.recEmpty, 0x0c]),
		0x0f, // reserved bits, as a TM-T90 sets them
	);

/** What of the bits of GS a is reported for this change: 1 drawer, 2 online and offline, 4 errors, 8 paper. */
export const changedBits = (before: PrinterCondition, now: PrinterCondition): number =>
	bits(
		[before.drawerOpen !== now.drawerOpen, 0x01],
		[isOffline(before) !== isOffline(now) || before.coverOpen !== now.coverOpen, 0x02],
		[before.cutterError !== now.cutterError || before.headHot !== now.headHot || before.error !== now.error, 0x04],
		[before.recNearEnd !== now.recNearEnd || before.recEmpty !== now.recEmpty, 0x08],
	);

/** The byte that answers DLE EOT `question`. */
export const realTimeStatus = (condition: PrinterCondition, question: number): number => {
	const { coverOpen, recEmpty, recNearEnd, cutterError, headHot, error, drawerOpen } = condition;
	switch (question) {
		case 1:
			return 0x12 | bits([drawerOpen, 0x04], [isOffline(condition), 0x08]);
		case 2:
			return 0x12 | bits([coverOpen, 0x04], [recEmpty, 0x20], [cutterError || headHot || error, 0x40]);
		case 3:
			return 0x12 | bits([cutterError, 0x08], [error, 0x20], [headHot, 0x40]);
		default:
			return 0x12 | bits([recNearEnd, 0x0c], [recEmpty, 0x60]);
	}
};

/** The byte that answers GS r `question`. */
export const transmittedStatus = (condition: PrinterCondition, question: number): number =>
	question === 1 ? bits([condition.recNearEnd, 0x03]) : bits([condition.drawerOpen, 0x01]);
