import type { ProfileRule } from "./named-profile.ts";

/** A read must end somehow: by a suffix or by a pause. */
export const readsEnd: ProfileRule = ({ profile }) =>
	profile.deviceClass === "Scanner" &&
	profile.driver !== "hid-pos-scanner" &&
	profile.suffix === "none" &&
	profile.idleFlushMs === 0
		? ["suffix: none, and idleFlushMs 0: no read would ever end"]
		: [];

/** Seven bits lose the separator of no code, but a line of seven bits has a parity in every scanner's list of presets. */
export const lineIsPlausible: ProfileRule = ({ profile: { serial } }) =>
	serial.dataBits === 7 && serial.parity === "none" ? ["serial: 7 data bits without parity"] : [];
