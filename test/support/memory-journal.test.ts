import { ZERO } from "../../src/money/amount.ts";
import { journalContract } from "../contract/journal.contract.ts";
import { type MemoryDisk, MemoryJournal, memoryDisk } from "./memory-journal.ts";
import { JOURNAL_ID, stampAt } from "./ticket-fixture.ts";

journalContract("in memory", () => {
	let disk: MemoryDisk | undefined;
	const made = (): MemoryDisk => {
		disk ??= memoryDisk(
			{
				type: "JournalCreated",
				journalId: JOURNAL_ID,
				store: "101",
				till: "1",
				currency: "NOK",
				counters: { receipt: 0, return: 0, delivery: 0, training: 0, z: 0, ticket: 0 },
				grandTotals: { sales: ZERO, returns: ZERO },
				adoptedFrom: null,
				reason: "provisioned",
			},
			stampAt(),
		);
		return disk;
	};
	return { create: () => new MemoryJournal(made()), reopen: () => new MemoryJournal(made()) };
});
