import { createHash } from "node:crypto";

/** What makes a Z one Z whatever journal, relay or ledger it passed through: nothing of it changes when a box is swapped. */
export interface ZIdentity {
	readonly store: string;
	readonly till: string;
	readonly businessDate: string;
	readonly z: number;
}

/** First line of the hashed text: another meaning of the fields below is another name. */
const NAME = "tilld power-office cash-journal 1";

/**
 * The ExternalImportReference of a Z's voucher: "only one instance of the reference can exist on the client; Guid's are
 * recommended", at most 50 characters (poweroffice.md section 1.8). It is the first 128 bits of the SHA-256 of
 *
 *     tilld power-office cash-journal 1\n{store}\n{till}\n{businessDate}\n{z}\n{revision}
 *
 * written as a GUID of version 8 (RFC 9562 section 5.8), so that a relay that lost its ledger posts under the reference
 * it used before and PowerOffice refuses the repetition.
 *
 * @param revision 1, and one more for each time a posted voucher was reversed and posted again (DESIGN section 8).
 */
export const importReference = (identity: ZIdentity, revision: number): string => {
	const text = [NAME, identity.store, identity.till, identity.businessDate, identity.z, revision].join("\n");
	const bytes = createHash("sha256").update(text, "utf8").digest().subarray(0, 16);
	bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
	bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
	const hex = bytes.toString("hex");
	return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
};
