import { expect } from "vitest";
import { deviceProfileSchema } from "../../src/devices/contract/profile.ts";
import { parseProfile } from "../../src/devices/supervisor/load-profiles.ts";
import { mergeProfiles } from "../../src/devices/supervisor/merge-profiles.ts";
import { Fault } from "../../src/runtime/contract/fault.ts";
import { fuzz } from "./support/fuzz.ts";

/** Short ones, so that a change hits something; with what YAML can be made to do: anchors, merges, tags, odd keys. */
const SAMPLES = [
	"deviceClass: Scanner\ndriver: serial-scanner\nvendor: V\nmodel: M\nevidence: { level: manual, source: p 88 }\ncapabilities: {}\n",
	"deviceClass: LineDisplay\ndriver: cd5220-display\nvendor: V\nmodel: M\nevidence: {level: manual, source: p 1}\ncodePages:\n  - { slot: 5, encoding: cp865 }\n",
	"capabilities: { CapRecBold: false }\ncodePages: [{ slot: 5, encoding: cp865 }]\nquirks: []\n",
	"a: &x [1, 2]\nb: *x\n<<: { c: 1 }\n? [d]\n: e\n__proto__: { vendor: x }\n",
	"deviceClass: Scanner\nidentity:\n  usb:\n    - { vendorId: '04b8', productId: '0202' }\n  byId: ['usb-*']\n",
].map((text) => Buffer.from(text, "utf8"));

const BASE = {
	deviceClass: "Scanner",
	driver: "serial-scanner",
	vendor: "V",
	model: "M",
	evidence: { level: "unverified", source: "a test" },
	capabilities: { aimPrefix: true },
	quirks: [],
};

/** What a technician may write into a profile: it is refused with a Fault, or it is a profile. */
export const fuzzProfiles = (rounds: number, seed: number): void => {
	let profiles = 0;
	fuzz({
		rounds,
		seed,
		samples: SAMPLES,
		target: (bytes) => {
			try {
				const merged = mergeProfiles(BASE, parseProfile(bytes.toString("utf8")));
				if (deviceProfileSchema.safeParse(merged).success) profiles += 1;
			} catch (error) {
				if (!(error instanceof Fault) || error.code !== "TILL-0701") throw error;
			}
		},
	});
	expect(profiles).toBeGreaterThan(0);
	expect(Object.keys(Object.prototype)).toEqual([]);
};
