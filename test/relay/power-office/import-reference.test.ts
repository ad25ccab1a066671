import { describe, expect, it } from "vitest";
import { importReference } from "../../../src/relay/power-office/import-reference.ts";

const Z = { store: "0001", till: "1", businessDate: "2025-03-14", z: 1042 };

describe("importReference", () => {
	it("is the GUID that the first release made: another one would book every Z twice after an update", () => {
		expect(importReference(Z, 1)).toBe("0f22b808-eaec-8651-b73d-6b95bf875bc3");
	});

	it("is a GUID of version 8 of at most 50 characters", () => {
		expect(importReference(Z, 1)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
	});

	it("differs for every part of the identity and every revision", () => {
		const references = [
			importReference(Z, 1),
			importReference(Z, 2),
			importReference({ ...Z, store: "00011" }, 1),
			importReference({ ...Z, store: "000", till: "11" }, 1),
			importReference({ ...Z, businessDate: "2025-03-15" }, 1),
			importReference({ ...Z, z: 1043 }, 1),
		];
		expect(new Set(references).size).toBe(references.length);
	});
});
