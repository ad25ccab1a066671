import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { InstalledFile } from "../../../devices/provisioning/box-facts.ts";
import type { SystemFiles } from "../../../devices/provisioning/system-files.ts";

/** The udev rules of this release. */
const RULES_DIRECTORY = fileURLToPath(new URL("../../../../systemd/udev/", import.meta.url));

/** Where the installer puts them. A file of the same name in /etc would take their place. */
const INSTALLED_DIRECTORY = "/usr/lib/udev/rules.d";

/** The rules as they are on the box and as this release has them. */
export const installedRules = (files: SystemFiles): readonly InstalledFile[] =>
	readdirSync(RULES_DIRECTORY)
		.filter((name) => name.endsWith(".rules"))
		.map((name) => {
			const path = `${INSTALLED_DIRECTORY}/${name}`;
			return {
				path,
				installed: files.bytes(path)?.toString("utf8") ?? null,
				shipped: readFileSync(`${RULES_DIRECTORY}${name}`, "utf8"),
				mend: `install -m 644 ${RULES_DIRECTORY}${name} ${path} && udevadm control --reload && udevadm trigger`,
			};
		});
