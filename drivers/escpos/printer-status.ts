import type { DeviceCondition } from "../../src/devices/contract/devices.ts";
import type { ConnectorLevel } from "../../src/devices/contract/driver.ts";
import type { RealTimeQuestion } from "./commands.ts";

/** What a printer has said of itself. Bits: Epson ASB and DLE EOT, devices.md section 4. */
export interface PrinterStatus {
	readonly offline: boolean;
	readonly coverOpen: boolean;
	readonly recEmpty: boolean;
	readonly recNearEnd: boolean;
	readonly cutterError: boolean;
	readonly headHot: boolean;
	/** An error that a person must clear, or that only service can. */
	readonly error: boolean;
	readonly connector: ConnectorLevel;
}

/** Nothing said yet: no condition is known to hold. */
export const STATUS_UNKNOWN: PrinterStatus = {
	offline: false,
	coverOpen: false,
	recEmpty: false,
	recNearEnd: false,
	cutterError: false,
	headHot: false,
	error: false,
	connector: "unknown",
};

const level = (high: boolean): ConnectorLevel => (high ? "high" : "low");

/** The whole status, from the four bytes of an automatic status back. */
export const statusOfAsb = ([one, two, three]: readonly [number, number, number, number]): PrinterStatus => ({
	offline: (one & 0x08) !== 0,
	coverOpen: (one & 0x20) !== 0,
	cutterError: (two & 0x08) !== 0,
	error: (two & 0x24) !== 0,
	headHot: (two & 0x40) !== 0,
	recNearEnd: (three & 0x03) !== 0,
	// The paper-end bits are unstable while the cover is open (TM-T88III specification p 318-320).
	recEmpty: (three & 0x0c) !== 0 && (one & 0x20) === 0,
	connector: level((one & 0x04) !== 0),
});

/** The status after one answer to DLE EOT; each answer tells its part. */
export const withRealTime = (status: PrinterStatus, question: RealTimeQuestion, byte: number): PrinterStatus => {
	switch (question) {
		case 1:
			return { ...status, offline: (byte & 0x08) !== 0, connector: level((byte & 0x04) !== 0) };
		case 2:
			return { ...status, coverOpen: (byte & 0x04) !== 0 };
		case 3:
			return {
				...status,
				cutterError: (byte & 0x08) !== 0,
				error: (byte & 0x24) !== 0,
				headHot: (byte & 0x40) !== 0,
			};
		case 4:
			return {
				...status,
				recNearEnd: (byte & 0x0c) !== 0,
				recEmpty: (byte & 0x60) !== 0 && !status.coverOpen,
			};
	}
};

/** Whether bytes sent now would only be taken in later, when nobody expects them any more. */
export const cannotPrint = (status: PrinterStatus): boolean =>
	status.offline || status.coverOpen || status.recEmpty || status.cutterError || status.error;

/** The status in UnifiedPOS words. */
export const conditionsOf = (status: PrinterStatus): readonly DeviceCondition[] => {
	const all: readonly [boolean, DeviceCondition][] = [
		[status.coverOpen, "CoverOpen"],
		[status.recEmpty, "RecEmpty"],
		[status.recNearEnd, "RecNearEnd"],
		[status.cutterError, "CutterError"],
		[status.headHot, "HeadHot"],
		[status.error, "Error"],
	];
	return all.filter(([holds]) => holds).map(([, condition]) => condition);
};
