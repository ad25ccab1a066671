import type { DeviceProfile } from "../../src/devices/contract/profile.ts";

/** A profile with the name of its file and the profiles it inherits from, the nearest first. */
export interface NamedProfile {
	readonly name: string;
	readonly profile: DeviceProfile;
	readonly ancestors: readonly NamedProfile[];
}

/** A rule for one profile: what is wrong with it, each in a sentence; nothing when it holds. */
export type ProfileRule = (named: NamedProfile) => readonly string[];
