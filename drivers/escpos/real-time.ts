/** Beginnings of commands that are acted on wherever they stand, with what may follow, and the byte that makes them harmless. */
const LEADS: readonly { readonly lead: number; readonly seconds: readonly number[]; readonly blot: number }[] = [
	// DLE EOT (status), ENQ (recover), DC4 (pulse, power off, clear).
	{ lead: 0x10, seconds: [0x04, 0x05, 0x14], blot: 0x18 },
	// ESC =: a display in the printer's line watches for it and takes what follows for itself (DM-D110 specification p 12).
	{ lead: 0x1b, seconds: [0x3d], blot: 0x1f },
];

/** Where the first such command with that lead stands in these bytes; -1 without one. */
const commandAt = (bytes: Uint8Array, { lead, seconds }: (typeof LEADS)[number], from: number): number => {
	for (let at = bytes.indexOf(lead, from); at !== -1; at = bytes.indexOf(lead, at + 1)) {
		if (seconds.includes(bytes[at + 1] ?? 0)) return at;
	}
	return -1;
};

/**
 * Whether a printer would find a real-time command among these bytes. It acts on one wherever it stands, in the data of a
 * picture or of a code too: DLE DC4 opens the drawer there (devices.md section 4, "Real-time hazards").
 */
export const hasRealTime = (bytes: Uint8Array): boolean => LEADS.some((lead) => commandAt(bytes, lead, 0) !== -1);

/**
 * Breaks up every real-time command among the dots of a picture by one more black dot (DLE 10 becomes 18, ESC 1B becomes
 * 1F), in place.
 * GS ( D would turn most of them off instead, but imitations of Epson's printers print it as text.
 */
export const blotRealTime = (dots: Uint8Array): void => {
	for (const lead of LEADS) {
		for (let at = commandAt(dots, lead, 0); at !== -1; at = commandAt(dots, lead, at + 1)) dots[at] = lead.blot;
	}
};
