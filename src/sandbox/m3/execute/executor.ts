import { findTransaction } from "../metadata/programs.ts";
import type { M3Switches } from "../switches.ts";
import type { MiCall, MiOutcome, MiSession } from "./mi-call.ts";
import { errorMembers, type MiResult, shapeRecords } from "./response.ts";
import { type ExecuteSettings, recordLimit } from "./settings.ts";

/** What a request is executed with: the tenant's switches, who asks, and the way into the programs. */
export interface Executor {
	readonly switches: M3Switches;
	/** The user's own company and division. */
	readonly session: MiSession;
	readonly run: (call: MiCall) => MiOutcome;
}

/** One transaction as a request names it. */
export interface RequestedTransaction {
	readonly program: string;
	readonly transaction: string;
	readonly record: Readonly<Record<string, string>>;
}

/** Runs one transaction and shapes its result; undefined when M3 never replies (Snd*). */
export function executeOne(
	executor: Executor,
	requested: RequestedTransaction,
	settings: ExecuteSettings,
): MiResult | undefined {
	const { session, switches } = executor;
	const outcome = executor.run({
		...requested,
		session: { ...session, cono: settings.cono ?? session.cono, divi: settings.divi ?? session.divi },
	});
	if (outcome.kind === "silent") return undefined;
	const result: MiResult = { transaction: requested.transaction };
	if (settings.extendedResult) result.parameters = requested.record;
	if (outcome.kind === "refused") return { ...result, ...errorMembers(outcome.refusal) };
	const transaction = findTransaction(requested.program, requested.transaction);
	const records = shapeRecords(outcome.records, transaction, settings, recordLimit(settings, switches));
	return { ...result, records };
}
