import { localDateTime, type Stamp } from "../events/stamp.ts";

/** The year of a stamp's local time. */
export const presentYear = (at: Stamp): number => Number.parseInt(localDateTime(at).date, 10);
