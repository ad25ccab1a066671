import type { ScannerProfile, ScannerSettings } from "../contract/profile.ts";

/** The profile with what the box says of this one scanner put over it. */
export const withScannerSettings = (profile: ScannerProfile, settings: ScannerSettings = {}): ScannerProfile => ({
	...profile,
	capabilities: { ...profile.capabilities, aimPrefix: settings.aimPrefix ?? profile.capabilities.aimPrefix },
	prefix: settings.prefix ?? profile.prefix,
	suffix: settings.suffix ?? profile.suffix,
	idleFlushMs: settings.idleFlushMs ?? profile.idleFlushMs,
});

/** Whether nothing would ever end a read: no suffix, and no pause that counts as one. HID-POS ends its reads itself. */
export const endsNoRead = ({ driver, suffix, idleFlushMs }: ScannerProfile): boolean =>
	driver !== "hid-pos-scanner" && suffix === "none" && idleFlushMs === 0;
