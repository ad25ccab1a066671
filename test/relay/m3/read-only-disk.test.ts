import { describe, expect, it } from "vitest";
import type { CallOutcome, M3Client } from "../../../src/relay/m3/client.ts";
import { booksOf, GOLDEN_BOOKS, type M3Process, m3World } from "../support/m3-world.ts";
import { TestTill } from "../support/test-till.ts";

/** The disk refuses every write, as one does whose file system was remounted after an error, until it is whole again. */
const setReadOnly = ({ ledger }: M3Process, isReadOnly: boolean): void =>
	void ledger.statement(`PRAGMA query_only = ${isReadOnly ? 1 : 0}`).run();

/** The disk fails while the n-th change is under way: M3 does its work, its answer cannot be written down. */
const failingAt =
	(nth: number, fail: () => void) =>
	(client: M3Client): M3Client => {
		let changes = 0;
		return {
			...client,
			change: async (...call): Promise<CallOutcome> => {
				const outcome = await client.change(...call);
				changes += 1;
				if (changes === nth) fail();
				return outcome;
			},
		};
	};

describe("an answer of M3 that cannot be written down", () => {
	it.each([
		["whose number", 1],
		["whose rows", 2],
		["whose BchPrcRound", 3],
	])("counts as lost in the same process: a round %s was answered is never sent blindly again", async (_, nth) => {
		const world = await m3World({ switches: { repeatedBatch: "doubles" } });
		const relay: M3Process = world.boot({
			settings: { readBack: "EXPORTMI" },
			wrap: failingAt(nth, () => setReadOnly(relay, true)),
		});
		const till = new TestTill(1);
		relay.take(till.sell());
		await expect(world.settle(relay)).rejects.toThrow("readonly");
		setReadOnly(relay, false);
		await world.settle(relay);
		expect(booksOf(world.sandbox)).toEqual({ [`${till.journalId}/1`]: GOLDEN_BOOKS });
		expect(relay.states()).toEqual({ booked: 1 });
		const processed = world.sandbox.requests().filter(({ body }) => body.includes("BchPrcRound"));
		expect(processed).toHaveLength(1);
	});
});
