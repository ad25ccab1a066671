import { recLineWidthOf } from "../../../../drivers/escpos/rec-line-width.ts";
import { readLogo } from "../../../../drivers/logo/read-logo.ts";
import type { TillConfig } from "../../../config/schema/till-config.ts";
import type { RasterImage } from "../../../devices/contract/devices.ts";
import type { PrinterProfile } from "../../../devices/contract/profile.ts";
import { noProfile } from "../../../devices/provisioning/profile-named.ts";
import type { PaperStyle } from "../../../devices/supervisor/lay-out.ts";
import { loadProfiles } from "../../../devices/supervisor/load-profiles.ts";
import { textsOf } from "../../../receipt/texts/texts-of.ts";
import { Fault } from "../../../runtime/contract/fault.ts";
import { profileDirectories } from "../../till/profile-directories.ts";
import { sellerOf } from "../../till/ticket-settings.ts";

/** The printer of a box that is not set up yet. */
const DEFAULT_PROFILE = "generic-escpos-80mm";

/** The seller of a box that is not set up yet. */
const SAMPLE_SELLER = {
	name: "Blåbær & Sønner AS",
	organisationNumber: "923456783",
	vatRegistered: true,
	address: ["Ærfuglveien 1", "6003 Ålesund"],
	footer: [],
};

/** What a person asked for instead of what the box has. */
export interface PaperWishes {
	readonly profile?: string;
	readonly columns?: number;
	readonly logo?: string;
}

/** Which printer, how wide, and in whose name. */
export interface PaperPlan {
	readonly profileName: string;
	readonly profile: PrinterProfile;
	readonly columns: number;
	readonly style: PaperStyle;
	/** Why the receipts' logo is not there although one is set; null otherwise. */
	readonly logoTrouble: string | null;
}

const printerProfile = (name: string, settings: TillConfig | null): PrinterProfile => {
	const directories = profileDirectories(settings ?? {});
	const profile = loadProfiles(directories, [name]).get(name);
	if (profile?.deviceClass === "POSPrinter") return profile;
	const printers = [...loadProfiles(directories)].filter(([, { deviceClass }]) => deviceClass === "POSPrinter");
	throw noProfile(
		name,
		printers.map(([known]) => known),
		"printer profile",
	);
};

const logoOf = async (
	file: string | undefined,
	profile: PrinterProfile,
): Promise<{ readonly logo: RasterImage | null; readonly trouble: string | null }> => {
	if (file === undefined) return { logo: null, trouble: null };
	if (!profile.capabilities.CapRecBitmap) {
		return { logo: null, trouble: `${profile.vendor} ${profile.model} prints no pictures, so there is no logo` };
	}
	try {
		return { logo: await readLogo(file, recLineWidthOf(profile)), trouble: null };
	} catch (thrown) {
		if (thrown instanceof Fault) return { logo: null, trouble: thrown.message };
		throw thrown;
	}
};

/**
 * How the paper is made: as this box would, but for what was wished; `settings` is null on a machine that is no box.
 * @throws Fault TILL-0720 when there is no such printer, naming those that are written alike.
 */
export const planPaper = async (settings: TillConfig | null, wishes: PaperWishes): Promise<PaperPlan> => {
	const own = settings?.devices.find((device) => device.deviceClass === "POSPrinter");
	const ownProfile = own?.deviceClass === "POSPrinter" ? own.profile : DEFAULT_PROFILE;
	const profileName = wishes.profile ?? ownProfile;
	const profile = printerProfile(profileName, settings);
	// The box's own columns are for its own printer.
	const ownColumns = wishes.profile === undefined ? settings?.receipt.columns : undefined;
	const { logo, trouble } = await logoOf(wishes.logo ?? settings?.receipt.logo, profile);
	return {
		profileName,
		profile,
		columns: wishes.columns ?? ownColumns ?? profile.recLineChars,
		style: {
			texts: textsOf(settings?.language ?? "nb"),
			seller: settings === null ? SAMPLE_SELLER : sellerOf(settings),
			logo,
		},
		logoTrouble: trouble,
	};
};
