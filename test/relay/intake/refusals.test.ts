import { describe, expect, it } from "vitest";
import type { TopicAddress } from "../../../src/relay/intake/intake.ts";
import { SET_ASIDE_PER_TILL_MAX } from "../../../src/relay/intake/set-aside.ts";
import { testIntake } from "../support/test-intake.ts";
import { type Sent, TestTill } from "../support/test-till.ts";

const TOPIC: TopicAddress = { store: "S1", till: "T1", name: "ticket" };
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The sale with one field of its JSON changed. */
const changed = (change: (json: Record<string, unknown>) => Record<string, unknown>): Sent => {
	const till = new TestTill(1);
	return till.send("ticket", "2026-11-23", till.document(), change);
};

describe("intake of what is wrong", () => {
	it.each([
		["no text", Uint8Array.from([0xff, 0xfe, 0x00]), "RELAY-1102"],
		["no JSON", bytesOf("{"), "RELAY-1102"],
		["no object", bytesOf("null"), "RELAY-1102"],
		["nothing", bytesOf(""), "RELAY-1102"],
		["deeply nested", bytesOf("[".repeat(50_000)), "RELAY-1102"],
		["too large", new Uint8Array(100_001), "RELAY-1101"],
		["a new major version", changed((json) => ({ ...json, v: 2 })).bytes, "RELAY-1103"],
		["no journal id", changed(({ journalId: _, ...json }) => json).bytes, "RELAY-1102"],
		["a feed number of zero", changed((json) => ({ ...json, feedSeq: 0 })).bytes, "RELAY-1102"],
		["a feed number beyond what is exact", changed((json) => ({ ...json, feedSeq: 2 ** 53 })).bytes, "RELAY-1102"],
		["another till's", changed((json) => ({ ...json, till: "T9" })).bytes, "RELAY-1104"],
	])("sets aside %s, with its code, and goes on", (_, bytes, code) => {
		const relay = testIntake();
		expect(relay.intake.take(TOPIC, bytes)).toMatchObject({ outcome: "setAside", code });
		expect(relay.rows("SELECT code, byte_count FROM set_aside")).toEqual([{ code, byte_count: bytes.byteLength }]);
		expect(relay.rows("SELECT * FROM journal")).toEqual([]);
		expect(relay.alarmList()).toEqual([`${code} S1/T1`]);
		expect(relay.take(new TestTill(1).sell()).outcome).toBe("stored");
	});

	it("does not let one message of a batch hold up the others", () => {
		const relay = testIntake();
		const [till, other] = [new TestTill(1), new TestTill(2, "S1", "T2")];
		const batch = [till.sell(), { topic: TOPIC, bytes: bytesOf("{") }, other.sell(), till.sell()];
		expect(relay.intake.takeAll(batch).map(({ outcome }) => outcome)).toEqual([
			"stored",
			"setAside",
			"stored",
			"stored",
		]);
	});

	it("refuses a journal from a till that it does not belong to", () => {
		const relay = testIntake();
		relay.take(new TestTill(1).sell());
		const stranger = new TestTill(1, "S1", "T2");
		stranger.sell();
		expect(relay.take(stranger.sell())).toMatchObject({ outcome: "setAside", code: "RELAY-1105" });
		expect(relay.intake.accepted({ store: "S1", till: "T1" }, stranger.journalId).feedSeq).toBe(1);
	});

	it("keeps bytes of a kind and of fields that it does not know", () => {
		const relay = testIntake();
		const till = new TestTill(1);
		const sent = till.send("event", null, { type: "FromTheFuture", deep: { new: [1, 2] } }, (json) => ({
			...json,
			kind: "stockCount",
			addedLater: true,
		}));
		expect(relay.take(sent).outcome).toBe("stored");
		expect(relay.take(till.sell()).outcome).toBe("stored");
		expect(relay.rows("SELECT kind, bytes FROM message LIMIT 1")).toEqual([
			{ kind: "stockCount", bytes: Buffer.from(sent.bytes) },
		]);
	});

	it.each([
		["cannot be read", (body: object) => ({ ...body, lines: "many" }), /lines/],
		["does not add up", (body: object) => ({ ...body, due: 9996 }), /due is not/],
		["names another till", (body: object) => ({ ...body, till: "T9" }), /another till/],
		["is a training ticket", (body: object) => ({ ...body, training: true }), /training/],
		["plugs a difference with rounding", (body: object) => ({ ...body, rounding: -6 }), /rounding/],
	])("accepts a ticket whose body %s, books nothing of it and says so", (_, spoil, reason) => {
		const relay = testIntake();
		const till = new TestTill(1);
		const sent = till.send("ticket", "2026-11-23", till.document(), (json) => ({
			...json,
			body: spoil(json["body"] as object),
		}));
		expect(relay.take(sent).outcome).toBe("stored");
		expect(relay.take(till.sell()).outcome).toBe("stored");
		expect(relay.rows("SELECT feed_seq FROM ticket")).toEqual([{ feed_seq: 2 }]);
		expect(relay.alarmList()).toEqual([`RELAY-1110 ${till.journalId}/1`]);
		expect(relay.alarms.open()[0]?.detail).toMatch(reason);
	});

	it("keeps a bounded number of a till's junk, once each, and says when it keeps no more", () => {
		const relay = testIntake();
		const junk = Array.from({ length: SET_ASIDE_PER_TILL_MAX + 5 }, (_, n) => ({
			topic: TOPIC,
			bytes: bytesOf(`${n}`),
		}));
		relay.intake.takeAll([...junk.slice(0, 10), ...junk]);
		expect(relay.rows("SELECT count(*) AS n FROM set_aside")).toEqual([{ n: SET_ASIDE_PER_TILL_MAX }]);
		expect(relay.alarmList()).toEqual(["RELAY-1102 S1/T1", "RELAY-1112 S1/T1"]);
		expect(relay.intake.take({ ...TOPIC, till: "T2" }, bytesOf("x")).outcome).toBe("setAside");
		expect(relay.rows("SELECT count(*) AS n FROM set_aside WHERE till = 'T2'")).toEqual([{ n: 1 }]);
	});
});
