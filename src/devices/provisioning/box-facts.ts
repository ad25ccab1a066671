import type { DeviceConfig } from "../../config/schema/till-config.ts";
import type { DeviceState } from "../contract/devices.ts";
import type { FoundSystem } from "./found.ts";
import type { ProfileShelf } from "./propose.ts";
import type { FileOwner } from "./system-files.ts";

/** The user that the till runs as, and all its groups. */
export interface ServiceUser {
	readonly name: string;
	readonly uid: number;
	readonly gids: ReadonlySet<number>;
}

/** A process, and the device files that it has open; none are known of another user's unless root asks. */
export interface FoundProcess {
	readonly pid: number;
	readonly name: string;
	/** Whether it is a till: then it has its ports open by right. */
	readonly isTill: boolean;
	readonly open: readonly string[];
}

/** A file that the installer puts in place, as it is there and as this release has it. */
export interface InstalledFile {
	readonly path: string;
	/** Null when it is not there. */
	readonly installed: string | null;
	readonly shipped: string;
	/** The command that puts it right. */
	readonly mend: string;
}

/** A board's serial line with what its driver has counted since the boot. */
export interface LineErrors {
	/** /dev/ttyS0 */
	readonly path: string;
	/** Characters whose stop bit was missing: another baud rate, parity or a break. */
	readonly framing: number;
}

/** Everything that a box is judged by; read once, judged without looking again. */
export interface BoxFacts {
	/** The box's till.yaml, for the commands that change it. */
	readonly configFile: string;
	readonly devices: readonly DeviceConfig[];
	/** What is wrong with till.yaml or with profiles, with the fault's code. */
	readonly faults: readonly { readonly code: string; readonly what: string }[];
	readonly found: FoundSystem;
	readonly shelf: ProfileShelf;
	/** Null when there is no such user. */
	readonly user: ServiceUser | null;
	/** Owner of a device file by path; null for one that is not there. */
	readonly ownerOf: (path: string) => FileOwner | null;
	readonly groupName: (gid: number) => string;
	readonly rules: readonly InstalledFile[];
	readonly processes: readonly FoundProcess[];
	readonly lineErrors: readonly LineErrors[];
	/** Programs that are installed though they may not run now. */
	readonly hasBrltty: boolean;
	/** Whether the system has libusb-1.0.so.0, which node-hid's native part is linked with. */
	readonly hasLibusb: boolean;
	/** What the running till says; null while none runs. */
	readonly running: ReadonlyMap<string, DeviceState> | null;
}

/** Something that is wrong: `tillctl explain CODE` tells more. */
export interface Finding {
	readonly code: string;
	/** The device it is about; null for the box itself. */
	readonly device: string | null;
	/** What was found, with names and numbers. */
	readonly what: string;
	/** The command that mends it, or what to do by hand. */
	readonly mend: string;
}
