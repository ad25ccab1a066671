/**
 * `node scripts/generate-udev-rules.ts`: writes makers and models of the device profiles into systemd/udev/70-tilld.rules.
 * Run it after a profile got a USB id; the test that compares them says when it was forgotten.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DeviceProfile } from "../src/devices/contract/profile.ts";
import { loadProfiles, PROFILE_DIRECTORY } from "../src/devices/supervisor/load-profiles.ts";

/** The rules. */
export const UDEV_RULES_FILE = join(import.meta.dirname, "..", "systemd", "udev", "70-tilld.rules");

type Makers = Readonly<Record<string, string>>;

/** Makers of scanners by USB vendor id; more than have a profile, because a serial scanner needs none of its own. */
const SCANNER_MAKERS: Makers = {
	"0536": "Hand Held Products (Honeywell)",
	"0c2e": "Metrologic (Honeywell)",
	"05e0": "Symbol (Zebra)",
	"05f9": "PSC (Datalogic)",
	"080c": "Datalogic",
	"065a": "Opticon",
	"1eab": "Newland",
	"1fbb": "Cino",
	"27dd": "Mindeo",
};

/** Makers of printers and displays. */
const OTHER_MAKERS: Makers = {
	"04b8": "Epson",
	"0519": "Star",
	"0dd4": "Custom",
	"0d3a": "Posiflex",
	"0fa8": "Logic Controls",
	"1d90": "Citizen",
	"2730": "Citizen",
	"1504": "Bixolon",
	"0419": "Samsung (Bixolon)",
	"0619": "Seiko Instruments",
	"154f": "SNBC",
	"0aa7": "Wincor Nixdorf",
	"076c": "Partner",
};

/** Makers of chips: their ids stand for many things, so that only whole products are the till's. */
const CHIP_MAKERS: Makers = { "0416": "Winbond", "0483": "STMicroelectronics", "1fc9": "NXP" };

/** The makers of these and of the profiles that are meant. */
const withProfiles = (
	makers: Makers,
	profiles: readonly DeviceProfile[],
	isMeant: (profile: DeviceProfile) => boolean,
): Makers => {
	const more = profiles
		.filter(isMeant)
		.flatMap(({ identity, vendor }) => identity.usb.map(({ vendorId }): [string, string] => [vendorId, vendor]))
		.filter(([vendorId]) => !(vendorId in makers) && !(vendorId in CHIP_MAKERS))
		.toSorted(([a], [b]) => a.localeCompare(b));
	return { ...Object.fromEntries(more), ...makers };
};

/** The products on chips, in the order of their ids. */
const modelsOnChips = (profiles: readonly DeviceProfile[]): readonly (readonly [string, string])[] => {
	const pairs = profiles.flatMap(({ identity }) =>
		identity.usb.flatMap(({ vendorId, productId }) =>
			vendorId in CHIP_MAKERS && productId !== undefined ? [`${vendorId}:${productId}`] : [],
		),
	);
	return [...new Set(pairs)].toSorted().map((pair) => {
		const [vendorId = "", productId = ""] = pair.split(":");
		return [vendorId, productId] as const;
	});
};

const names = (makers: Makers): string => [...new Set(Object.values(makers))].join(", ");

/** Ids as udev matches one of several. Object keys that look like numbers come first, so they are put in order by text. */
const anyOf = (makers: Makers): string => Object.keys(makers).toSorted().join("|");

/** The rules with the makers and models of these profiles; everything else in the text stays. */
export const udevRules = (text: string, profiles: readonly DeviceProfile[]): string => {
	const scanners = withProfiles(SCANNER_MAKERS, profiles, ({ deviceClass }) => deviceClass === "Scanner");
	const others = withProfiles(OTHER_MAKERS, profiles, ({ deviceClass }) => deviceClass !== "Scanner");
	const models = modelsOnChips(profiles);
	const header = "# Models on chips whose maker's id stands for many things:\n";
	const usb = models.map(
		([vendorId, productId]) =>
			`ATTR{idVendor}=="${vendorId}", ATTR{idProduct}=="${productId}", GROUP="tilld", MODE="0660", GOTO="tilld_usb_ours"\n`,
	);
	const serial = models.map(
		([vendorId, productId]) =>
			`ENV{ID_VENDOR_ID}=="${vendorId}", ENV{ID_MODEL_ID}=="${productId}", GOTO="tilld_serial_ours"\n`,
	);
	const blocks = [usb, serial];
	return text
		.replace(/"[0-9a-f]{4}(\|[0-9a-f]{4})+"/g, (list) =>
			list.includes("05e0") ? `"${anyOf(scanners)}"` : list.includes("04b8") ? `"${anyOf(others)}"` : list,
		)
		.replace(/^# Scanners: .*$/m, `# Scanners: ${names(scanners)}`)
		.replace(/^# Printers and displays: .*$/m, `# Printers and displays: ${names(others)}`)
		.replace(
			/# Models on chips [^\n]*\n(?:(?:ATTR\{idVendor\}=="[0-9a-f]{4}", ATTR|ENV\{ID_VENDOR_ID\}=="[0-9a-f]{4}", ENV)[^\n]*\n)*/g,
			() => header + (blocks.shift() ?? []).join(""),
		);
};

if (import.meta.main) {
	const profiles = [...loadProfiles([PROFILE_DIRECTORY]).values()];
	writeFileSync(UDEV_RULES_FILE, udevRules(readFileSync(UDEV_RULES_FILE, "utf8"), profiles));
	console.log(`written: ${UDEV_RULES_FILE}`);
}
