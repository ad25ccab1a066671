import type { DisplayProfile } from "../../src/devices/contract/profile.ts";
import type { ProfileRule } from "./named-profile.ts";

/** What the language of each driver can say (devices.md section 5); the virtual display speaks Epson's. */
interface Language {
	readonly rowsMax: number;
	/** Cells that its positions reach. */
	readonly cellsMax: number;
	readonly setsBrightness: boolean;
	readonly choosesCodePage: boolean;
}

const EPSON: Language = { rowsMax: 4, cellsMax: 160, setsBrightness: true, choosesCodePage: true };
const CD5220: Language = { ...EPSON, rowsMax: 2, cellsMax: 80 };
const ROWS_BY_NAME: Language = { rowsMax: 2, cellsMax: 80, setsBrightness: false, choosesCodePage: false };
const FORTY_CELLS: Language = { ...ROWS_BY_NAME, cellsMax: 40 };

const languageOf = ({ driver, utcMode }: DisplayProfile): Language => {
	switch (driver) {
		case "epson-display":
		case "virtual-display":
			return EPSON;
		case "cd5220-display":
			return CD5220;
		case "utc-display":
			return utcMode === "standard" ? FORTY_CELLS : ROWS_BY_NAME;
		case "dsp800-display":
			return FORTY_CELLS;
		case "aedex-display":
		case "adm-display":
			return ROWS_BY_NAME;
	}
};

/** A display is asked for nothing that its language has no word for. */
export const languageCanSayIt: ProfileRule = ({ profile }) => {
	if (profile.deviceClass !== "LineDisplay") return [];
	const { driver, deviceRows, deviceColumns, capabilities, codePages } = profile;
	const language = languageOf(profile);
	const cells = deviceRows * deviceColumns;
	return [
		...(deviceRows > language.rowsMax ? [`deviceRows: ${driver} reaches ${language.rowsMax} rows`] : []),
		...(cells > language.cellsMax ? [`deviceColumns: ${driver} reaches ${language.cellsMax} cells, not ${cells}`] : []),
		...(capabilities.CapBrightness && !language.setsBrightness
			? [`capabilities.CapBrightness: ${driver} has no command for it`]
			: []),
		...(codePages.length > 1 && !language.choosesCodePage
			? [`codePages: ${driver} has no command to choose one, so there is one`]
			: []),
		...(profile.utcMode === "enhanced" && driver !== "utc-display" ? ["utcMode: is UTC's"] : []),
	];
};
