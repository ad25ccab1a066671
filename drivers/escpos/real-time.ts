const DLE = 0x10;
/** EOT (status), ENQ (recover), DC4 (pulse, power off, clear). */
const SECOND_BYTES: readonly number[] = [0x04, 0x05, 0x14];

/** Where the first real-time command stands in these bytes; -1 without one. */
const realTimeAt = (bytes: Uint8Array, from: number): number => {
	for (let at = bytes.indexOf(DLE, from); at !== -1; at = bytes.indexOf(DLE, at + 1)) {
		if (SECOND_BYTES.includes(bytes[at + 1] ?? 0)) return at;
	}
	return -1;
};

/**
 * Whether a printer would find a real-time command among these bytes. It acts on one wherever it stands, in the data of a
 * picture or of a code too: DLE DC4 opens the drawer there (devices.md section 4, "Real-time hazards").
 */
export const hasRealTime = (bytes: Uint8Array): boolean => realTimeAt(bytes, 0) !== -1;

/**
 * Breaks up every real-time command among the dots of a picture by one more black dot (DLE 0x10 becomes 0x18), in place.
 * GS ( D would turn most of them off instead, but imitations of Epson's printers print it as text.
 */
export const blotRealTime = (dots: Uint8Array): void => {
	for (let at = realTimeAt(dots, 0); at !== -1; at = realTimeAt(dots, at + 1)) dots[at] = 0x18;
};
