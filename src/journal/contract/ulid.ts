/** Crockford's alphabet: no I, L, O, U, which are misread over the telephone. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Random bytes in a ULID. */
export const ULID_ENTROPY_BYTES = 10;

/** The last millisecond that 48 bits hold. */
const TIME_MAX = 2 ** 48 - 1;

/**
 * A ULID: 48 bits of time and 80 of chance as 26 characters, ten for the time, so that ids sort by age. The id of a
 * journal (DESIGN section 6). `entropy` holds {@link ULID_ENTROPY_BYTES} random bytes. Throws a RangeError on anything
 * else, or on a time before 1970 or beyond the year 10889.
 */
export const ulidOf = (utcMs: number, entropy: Uint8Array): string => {
	if (!Number.isSafeInteger(utcMs) || utcMs < 0 || utcMs > TIME_MAX) throw new RangeError(`${utcMs} is no ULID time`);
	if (entropy.length !== ULID_ENTROPY_BYTES) {
		throw new RangeError(`a ULID takes ${ULID_ENTROPY_BYTES} random bytes, not ${entropy.length}`);
	}
	const chance = entropy.reduce((bits, byte) => (bits << 8n) | BigInt(byte), 0n);
	return base32(BigInt(utcMs), 10) + base32(chance, 16);
};

const base32 = (bits: bigint, length: number): string =>
	Array.from({ length }, (_, index) => ALPHABET.charAt(Number((bits >> BigInt(5 * (length - 1 - index))) & 31n))).join(
		"",
	);
