import type { TillConfig } from "../../config/schema/till-config.ts";
import { PROFILE_DIRECTORY } from "../../devices/supervisor/load-profiles.ts";

/** Where the profiles of a box are: those of the program, and its own. */
export const profileDirectories = ({ profileDirectory }: Pick<TillConfig, "profileDirectory">): readonly string[] =>
	profileDirectory === undefined ? [PROFILE_DIRECTORY] : [PROFILE_DIRECTORY, profileDirectory];
