import { createHash } from "node:crypto";
import type { Database, Statement } from "better-sqlite3";
import type { Entropy } from "../../runtime/contract/clock.ts";
import { RelayFault } from "../relay-fault.ts";
import { connect } from "./connection.ts";

/** What a column of a ledger row can hold. Amounts are INTEGER minor units within ±(2^53-1), so a number holds them exactly. */
export type SqlValue = string | number | bigint | Uint8Array | null;

/**
 * The relay's one store: everything it took in, everything it did with it and every step toward an ERP before it is sent.
 * One SQLite file; each component owns its tables and brings its migrations. Synchronous: what returned is on disk.
 */
export interface Ledger {
	readonly path: string;
	/** Made with the file; a till tells by it that it talks to another ledger. */
	readonly ledgerId: string;
	/** Counts the lives of the file: a copy restored from a backup is started with a higher one (DESIGN section 7). */
	readonly term: number;
	/** Brings one component's tables up to date. Steps are applied once, in order; a step that was applied may never change. */
	migrate(component: string, steps: readonly string[]): void;
	/** Runs `work` in one immediate transaction, one sync; nested calls join the outer one. Throwing undoes everything. */
	transaction<T>(work: () => T): T;
	/** A prepared statement, kept for the life of the connection. Name the shape of its rows: `statement<TicketRow>(sql)`. */
	statement<Row = unknown>(sql: string): Statement<SqlValue[], Row>;
	/** Begins a new term, higher than this one and than `seen` (the highest that a till was told); answers it. */
	newTerm(seen?: number): number;
	close(): void;
}

const LEDGER_ID_BYTES = 16;

const SCHEMA = `
CREATE TABLE IF NOT EXISTS ledger (
	one INTEGER PRIMARY KEY CHECK (one = 1),
	ledger_id TEXT NOT NULL,
	term INTEGER NOT NULL CHECK (term >= 1)
) STRICT;
CREATE TABLE IF NOT EXISTS migration (
	component TEXT NOT NULL,
	step INTEGER NOT NULL,
	sha256 TEXT NOT NULL,
	PRIMARY KEY (component, step)
) STRICT, WITHOUT ROWID;
`;

interface Identity {
	readonly ledgerId: string;
	readonly term: number;
}

const identify = (database: Database, entropy: Entropy): Identity => {
	database.exec(SCHEMA);
	database
		.prepare("INSERT INTO ledger (one, ledger_id, term) VALUES (1, ?, 1) ON CONFLICT DO NOTHING")
		.run(Buffer.from(entropy.bytes(LEDGER_ID_BYTES)).toString("hex"));
	const identity = database.prepare<[], Identity>("SELECT ledger_id AS ledgerId, term FROM ledger").get();
	if (identity === undefined) throw new RelayFault("RELAY-1002", "the ledger has no identity");
	return identity;
};

const migrate = (database: Database, component: string, steps: readonly string[]): void => {
	const applied = database
		.prepare<[string], { step: number; sha256: string }>(
			"SELECT step, sha256 FROM migration WHERE component = ? ORDER BY step",
		)
		.all(component);
	if (applied.length > steps.length) {
		throw new RelayFault("RELAY-1002", `${component} is at step ${applied.length}, this program knows ${steps.length}`);
	}
	steps.forEach((sql, index) => {
		const sha256 = createHash("sha256").update(sql).digest("hex");
		const before = applied[index];
		if (before === undefined) {
			database.exec(sql);
			database
				.prepare("INSERT INTO migration (component, step, sha256) VALUES (?, ?, ?)")
				.run(component, index + 1, sha256);
		} else if (before.sha256 !== sha256) {
			throw new RelayFault("RELAY-1002", `${component}: step ${index + 1} is not the one that was applied`);
		}
	});
};

/** Opens the ledger at `path`, making it when it is not there. Throws a RelayFault: RELAY-1001, RELAY-1002 or RELAY-1003. */
export const openLedger = (path: string, entropy: Entropy): Ledger => {
	const database = connect(path);
	const inTransaction = <T>(work: () => T): T =>
		database.inTransaction ? work() : database.transaction(work).immediate();
	const statements = new Map<string, Statement<SqlValue[], unknown>>();
	try {
		const { ledgerId, term: firstTerm } = inTransaction(() => identify(database, entropy));
		let term = firstTerm;
		return {
			path,
			ledgerId,
			get term() {
				return term;
			},
			migrate: (component, steps) => inTransaction(() => migrate(database, component, steps)),
			transaction: inTransaction,
			statement: <Row>(sql: string) => {
				const kept = statements.get(sql) ?? database.prepare<SqlValue[], unknown>(sql);
				statements.set(sql, kept);
				return kept as Statement<SqlValue[], Row>;
			},
			newTerm: (seen = 0) => {
				const next = Math.max(term, seen) + 1;
				inTransaction(() => database.prepare("UPDATE ledger SET term = ?").run(next));
				term = next;
				return next;
			},
			close: () => void database.close(),
		};
	} catch (error) {
		database.close();
		throw error;
	}
};
