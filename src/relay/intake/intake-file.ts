import { readFeedFile } from "../../feed/file/read-feed-file.ts";
import type { Accepted } from "../../feed/schema/control.ts";
import type { TillAddress } from "../../feed/schema/topic.ts";
import type { Arrival, Intake, Taken } from "./intake.ts";

/** Messages taken in one transaction. */
const BATCH = 200;

/** What came of a feed file. */
export interface FileIntake {
	readonly address: TillAddress;
	/** How many messages met each outcome. */
	readonly outcomes: Readonly<Partial<Record<Taken["outcome"], number>>>;
	/** How far the journal is stored now: carried back to a till without a network. */
	readonly accepted: Accepted;
}

/**
 * Takes a feed file in, as if its messages had come over the broker; a second time it is all repeats. Throws the Fault of
 * `readFeedFile` when the file is damaged anywhere: nothing of it is taken then.
 */
export const intakeFile = async (intake: Intake, path: string): Promise<FileIntake> => {
	const file = await readFeedFile(path);
	try {
		const { store, till, journalId } = file.header;
		const outcomes: Partial<Record<Taken["outcome"], number>> = {};
		let batch: Arrival[] = [];
		const takeBatch = (): void => {
			for (const { outcome } of intake.takeAll(batch)) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
			batch = [];
		};
		for await (const { bytes } of file.messages()) {
			batch.push({ topic: { store, till, name: "file" }, bytes });
			if (batch.length === BATCH) takeBatch();
		}
		takeBatch();
		return { address: { store, till }, outcomes, accepted: intake.accepted({ store, till }, journalId) };
	} finally {
		await file.close();
	}
};
