import { describe, expect, it } from "vitest";
import { journalIdSchema } from "../../../src/feed/schema/values.ts";
import { ULID_ENTROPY_BYTES, ulidOf } from "../../../src/journal/contract/ulid.ts";

const bytes = (value: number) => new Uint8Array(ULID_ENTROPY_BYTES).fill(value);

describe("ulidOf", () => {
	it("writes time and chance in Crockford's alphabet", () => {
		// The example of the ULID specification: 1469918176385 is 01ARYZ6S41.
		expect(ulidOf(1_469_918_176_385, bytes(0))).toBe(`01ARYZ6S41${"0".repeat(16)}`);
		expect(ulidOf(2 ** 48 - 1, bytes(255))).toBe("7ZZZZZZZZZZZZZZZZZZZZZZZZZ");
		expect(ulidOf(0, Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 4, 3))).toBe(`${"0".repeat(23)}103`);
	});

	it("makes ids that the feed takes and that sort by age", () => {
		const ids = [1, 31, 32, 1_793_520_000_000, 1_793_520_000_001].map((utcMs) => ulidOf(utcMs, bytes(170)));
		expect(ids.toSorted()).toEqual(ids);
		for (const id of ids) expect(journalIdSchema.safeParse(id).success).toBe(true);
	});

	it("refuses what is no time or no chance", () => {
		expect(() => ulidOf(-1, bytes(0))).toThrow(RangeError);
		expect(() => ulidOf(2 ** 48, bytes(0))).toThrow(RangeError);
		expect(() => ulidOf(1.5, bytes(0))).toThrow(RangeError);
		expect(() => ulidOf(0, bytes(0).subarray(1))).toThrow(RangeError);
	});
});
