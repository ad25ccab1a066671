import { tempDir } from "../support/temp-dir.ts";
import { startBackOffice } from "./support/back-office.ts";
import { boxConfig } from "./support/box-config.ts";
import { type Known, randomFrom, sellUntilItDies } from "./support/cashier.ts";
import { expectBooksRight, expectNothingLost, openForBusiness } from "./support/kill-till.ts";
import { startTillProcess } from "./support/till-process.ts";

/** The longest a till lives between two kills. */
const LIFE_MS = 400;

/** Kills a selling till at `rounds` random moments; everything about it must be right after each, and the books at the end. */
export const killAtRandomMoments = async (rounds: number, seed: number): Promise<void> => {
	const directory = tempDir();
	const random = randomFrom(seed);
	const office = await startBackOffice(directory);
	const config = boxConfig(directory, office.brokerUrl, {});
	let known: Known = { openLines: 0, openTenders: 0, lastReceipt: undefined };
	for (let round = 0; round < rounds; round += 1) {
		const till = await startTillProcess({ directory, config });
		if (round === 0) await openForBusiness(till, directory);
		else known = await expectNothingLost(till, known, `seed ${seed}, round ${round}`);
		const selling = sellUntilItDies(till, random, known);
		await new Promise((resolve) => setTimeout(resolve, random() * LIFE_MS));
		await till.kill();
		known = (await selling).known;
	}
	const till = await startTillProcess({ directory, config });
	await expectNothingLost(till, known, `seed ${seed}, the end`);
	await expectBooksRight(till, office, directory);
	await till.stop();
};
