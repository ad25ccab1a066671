import { cpSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { expect } from "vitest";
import { STORE } from "../../scripts/shop/shop-data.ts";
import { until } from "../support/program.ts";
import { tempDir } from "../support/temp-dir.ts";
import { type BackOffice, type BackOfficePlan, startBackOffice } from "./support/back-office.ts";
import { boxConfig } from "./support/box-config.ts";
import { openForBusiness } from "./support/kill-till.ts";
import { expectBooks, noSales, statusOf, untilAccepted } from "./support/sales.ts";
import { asked, startTillProcess } from "./support/till-process.ts";

/** The files of the ledger, of which the relay must have let go. */
const copyLedger = (from: string, to: string, name: string): void => {
	mkdirSync(to, { recursive: true });
	for (const file of readdirSync(from)) if (file.startsWith(name)) cpSync(join(from, file), join(to, file));
};

const untilBooked = (office: BackOffice, days: number): Promise<void> =>
	until(
		`${days} days to be equal`,
		() =>
			office
				.relay()
				.reconciliations()
				.filter((row) => row.equal).length === days,
	);

const alarmsOf = (office: BackOffice): string[] =>
	office
		.relay()
		.status()
		.alarms.map(({ code, subject }) => `${code} ${subject}`);

/** A tenant by what the reference leaves open: whether M3 looks for a repetition itself, and how PowerOffice refuses one. */
interface Tenant {
	readonly plan: BackOfficePlan;
	/** How sure the relay can be of what is in M3. */
	readonly evidence: "booked" | "acknowledged";
}

/** M3 is read back, and takes a repetition for another ticket. */
export const READ_BACK: Tenant = {
	plan: {
		readBack: "EXPORTMI",
		m3Switches: { duplicateKey: ["REFE", "PONR", "ITRN"] },
		powerOfficeSwitches: { duplicateStatus: 409 },
	},
	evidence: "booked",
};

/** M3 lets nobody read, and sets repetitions aside. */
export const NOT_READ_BACK: Tenant = {
	plan: { readBack: "none", m3Switches: { exportMi: "refused" }, powerOfficeSwitches: { duplicateStatus: 400 } },
	evidence: "acknowledged",
};

/**
 * Half a day before the copy of the ledger is made, half of it after that; the day is closed and booked, and the copy put
 * back. `termSeen` as `till-relay restore` is told it; undefined: started as it is.
 */
const restoreOldLedger = async (plan: BackOfficePlan, termSeen: number | undefined) => {
	const directory = tempDir();
	const office = await startBackOffice(directory, { ...plan, roundMs: 100 });
	const sales = noSales();
	const [folder, name, copy] = [dirname(office.ledgerFile), basename(office.ledgerFile), join(directory, "backup")];
	const till = await startTillProcess({ directory, config: boxConfig(directory, office.brokerUrl, {}) });
	await openForBusiness(till, directory);
	await sales.sellMany(till, 2);
	await untilAccepted(till);
	// Which of a round's steps the copy is made in is tried elsewhere (test/relay/m3/restored-ledger).
	await until("the first tickets to be in M3", () => {
		const states = office.relay().status().deliveries["m3"]?.states;
		return states?.["booked"] === 2 || states?.["acknowledged"] === 2;
	});
	await office.stopRelay();
	copyLedger(folder, copy, name);

	await office.startRelay();
	await sales.sellMany(till, 2);
	await asked(till, { command: "dayClose" });
	await asked(till, { command: "dayOpen" });
	await sales.sell(till);
	await untilAccepted(till);
	await untilBooked(office, 1);

	await office.stopRelay();
	for (const file of readdirSync(folder)) if (file.startsWith(name)) rmSync(join(folder, file));
	copyLedger(copy, folder, name);
	await office.startRelay(termSeen);
	return { office, sales, till };
};

/** A restored ledger in a new term: the tills send again what it lacks, and nothing is booked twice. */
export const restoreInNewTerm = async ({ plan, evidence }: Tenant): Promise<void> => {
	const { office, sales, till } = await restoreOldLedger(plan, 1);
	const { feedSeq } = await statusOf(till);
	await until("all to be sent again", () => office.relay().status().tills[0]?.journals[0]?.accepted === feedSeq);
	await sales.sell(till);
	await asked(till, { command: "dayClose" });
	await untilAccepted(till);
	await expectBooks(office, sales, { days: 2, evidence });
	expect(alarmsOf(office)).toEqual([]);
	// What may be there is looked for before it is posted.
	const isPost = ({ method, path }: { method: string; path: string }): boolean =>
		method === "POST" && path.endsWith("/Vouchers/CashJournals");
	expect(office.powerOffice.requests().filter(isPost)).toHaveLength(2);
	await till.stop();
};

/** A restored ledger that nobody told it is one: an alarm says so, and nothing is lost or booked twice all the same. */
export const restoreAsItWas = async ({ plan, evidence }: Tenant): Promise<void> => {
	const { office, sales, till } = await restoreOldLedger(plan, undefined);
	const alarm = `RELAY-1004 ${STORE}/1 in term 1`;
	await until("the alarm", () => alarmsOf(office).length > 0);
	expect(alarmsOf(office)).toEqual([alarm]);
	// The next sale shows the relay what it lacks; it asks for it, and the till sends it again.
	await sales.sell(till);
	await asked(till, { command: "dayClose" });
	await untilAccepted(till);
	await expectBooks(office, sales, { days: 2, evidence });
	expect(alarmsOf(office)).toEqual([alarm]);
	await till.stop();
};
