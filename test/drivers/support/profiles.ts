import type { DisplayProfile, PrinterProfile, ScannerProfile } from "../../../src/devices/contract/profile.ts";
import { loadProfiles, PROFILE_DIRECTORY } from "../../../src/devices/supervisor/load-profiles.ts";

/** The profiles that come with the program. */
export const PROFILES = loadProfiles([PROFILE_DIRECTORY]);

/** Names and profiles of all printers. */
export const PRINTER_PROFILES: readonly (readonly [string, PrinterProfile])[] = [...PROFILES].flatMap(
	([name, profile]) => (profile.deviceClass === "POSPrinter" ? [[name, profile] as const] : []),
);

/** Names and profiles of all displays. */
export const DISPLAY_PROFILES: readonly (readonly [string, DisplayProfile])[] = [...PROFILES].flatMap(
	([name, profile]) => (profile.deviceClass === "LineDisplay" ? [[name, profile] as const] : []),
);

/** The printer profile of that name. */
export const printerProfile = (name: string): PrinterProfile => {
	const profile = PROFILES.get(name);
	if (profile?.deviceClass !== "POSPrinter") throw new Error(`no printer profile ${name}`);
	return profile;
};

/** The display profile of that name. */
export const displayProfile = (name: string): DisplayProfile => {
	const profile = PROFILES.get(name);
	if (profile?.deviceClass !== "LineDisplay") throw new Error(`no display profile ${name}`);
	return profile;
};

/** The scanner profile of that name. */
export const scannerProfile = (name: string): ScannerProfile => {
	const profile = PROFILES.get(name);
	if (profile?.deviceClass !== "Scanner") throw new Error(`no scanner profile ${name}`);
	return profile;
};
