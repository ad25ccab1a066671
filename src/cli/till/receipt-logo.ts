import { recLineWidthOf } from "../../../drivers/escpos/rec-line-width.ts";
import { readLogoApart } from "../../../drivers/logo/read-logo-apart.ts";
import type { TillConfig } from "../../config/schema/till-config.ts";
import type { RasterImage } from "../../devices/contract/devices.ts";
import type { DeviceProfile } from "../../devices/contract/profile.ts";
import { loadProfiles } from "../../devices/supervisor/load-profiles.ts";
import { Fault, messageOf } from "../../runtime/contract/fault.ts";
import type { Logger } from "../../runtime/contract/logger.ts";
import { profileDirectories } from "./profile-directories.ts";

/** The logo of a till's receipts. */
export interface ReceiptLogo {
	readonly image: RasterImage | null;
	/** Whether one is set that cannot be printed: the status warns of it. */
	readonly isUnusable: boolean;
}

/** A till without a logo, or whose logo is still being read. */
export const NO_LOGO: ReceiptLogo = { image: null, isUnusable: false };

const printerProfile = (config: TillConfig): DeviceProfile | undefined => {
	const printer = config.devices.find((device) => device.deviceClass === "POSPrinter");
	if (printer?.deviceClass !== "POSPrinter") return undefined;
	return loadProfiles(profileDirectories(config), [printer.profile]).get(printer.profile);
};

/**
 * Reads the logo of the configuration for the till's printer. Whatever is wrong with it is logged and never stops a till:
 * its receipts are printed without.
 */
export const readReceiptLogo = async (config: TillConfig, logger: Logger): Promise<ReceiptLogo> => {
	const { logo } = config.receipt;
	if (logo === undefined) return NO_LOGO;
	try {
		const profile = printerProfile(config);
		if (profile?.deviceClass !== "POSPrinter") throw new Fault("TILL-0703", "there is no printer that could print it");
		if (!profile.capabilities.CapRecBitmap) {
			throw new Fault(
				"TILL-0703",
				`${profile.vendor} ${profile.model} prints no pictures (CapRecBitmap of its profile)`,
			);
		}
		const image = await readLogoApart(logo, recLineWidthOf(profile));
		logger.info("the receipts have a logo", { file: logo, widthDots: image.widthDots, rows: image.rows });
		return { image, isUnusable: false };
	} catch (thrown) {
		const code = thrown instanceof Fault ? thrown.code : undefined;
		logger.warn("the logo cannot be used", { code, file: logo, why: messageOf(thrown) });
		return { image: null, isUnusable: true };
	}
};
