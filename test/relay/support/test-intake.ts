import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type AlarmBook, openAlarmBook } from "../../../src/relay/alarm/alarm-book.ts";
import { type Intake, openIntake, type Taken } from "../../../src/relay/intake/intake.ts";
import { type Ledger, openLedger } from "../../../src/relay/ledger/ledger.ts";
import { type ManualClock, manualClock, recordingLogger, seededEntropy } from "../../support/manual-runtime.ts";
import { tempDir } from "../../support/temp-dir.ts";
import type { Sent } from "./test-till.ts";

/** An intake on a ledger file of its own. */
export interface TestIntake {
	readonly path: string;
	readonly clock: ManualClock;
	readonly ledger: Ledger;
	readonly alarms: AlarmBook;
	readonly intake: Intake;
	take(sent: Sent): Taken;
	/** Open alarms as "CODE subject". */
	alarmList(): string[];
	/** Rows of a query. */
	rows(sql: string): unknown[];
}

/** Opens the intake on `path`, or on a new file; again on the same path for a restart. */
export const testIntake = (path = join(tempDir(), "relay.sqlite")): TestIntake => {
	const ledger = openLedger(path, seededEntropy());
	onTestFinished(() => ledger.close());
	const clock = manualClock();
	const alarms = openAlarmBook(ledger, recordingLogger());
	const intake = openIntake(ledger, alarms, clock);
	return {
		path,
		clock,
		ledger,
		alarms,
		intake,
		take: ({ topic, bytes }) => intake.take(topic, bytes),
		alarmList: () => alarms.open().map(({ code, subject }) => `${code} ${subject}`),
		rows: (sql) => ledger.statement(sql).all(),
	};
};
