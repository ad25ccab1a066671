/**
 * M3's part of the ledger. `m3_ticket` says where each ticket stands, `m3_round` where each round stands, `m3_row` keeps the
 * very rows that are sent (without ITRN) and, once read back, what M3 booked of each: the evidence for a reconciliation.
 */
export const M3_STEPS: readonly string[] = [
	`
	CREATE TABLE m3_position (
		one INTEGER PRIMARY KEY CHECK (one = 1),
		taken_message_id INTEGER NOT NULL,
		term INTEGER NOT NULL
	) STRICT;

	CREATE TABLE m3_round (
		id INTEGER PRIMARY KEY,
		cono INTEGER NOT NULL,
		divi TEXT NOT NULL,
		acdt TEXT NOT NULL,
		currency TEXT NOT NULL,
		step TEXT NOT NULL,
		itrn TEXT,
		part INTEGER NOT NULL,
		rows_max INTEGER NOT NULL CHECK (rows_max >= 1),
		reads INTEGER NOT NULL,
		sent INTEGER NOT NULL CHECK (sent IN (0, 1)),
		words TEXT,
		created_utc_ms INTEGER NOT NULL,
		changed_utc_ms INTEGER NOT NULL
	) STRICT;
	CREATE INDEX m3_round_open ON m3_round (id) WHERE step NOT IN ('done', 'dissolved');

	CREATE TABLE m3_ticket (
		message_id INTEGER PRIMARY KEY REFERENCES ticket (message_id),
		refe TEXT NOT NULL UNIQUE,
		state TEXT NOT NULL CHECK (state IN
			('doubtful', 'waiting', 'queued', 'inRound', 'acknowledged', 'booked', 'quarantined', 'elsewhere')),
		code TEXT,
		reason TEXT,
		cono INTEGER,
		divi TEXT,
		acdt TEXT,
		currency TEXT,
		round_id INTEGER REFERENCES m3_round (id),
		queued_utc_ms INTEGER NOT NULL
	) STRICT;
	CREATE INDEX m3_ticket_state ON m3_ticket (state, message_id);
	CREATE INDEX m3_ticket_round ON m3_ticket (round_id) WHERE round_id IS NOT NULL;

	CREATE TABLE m3_row (
		round_id INTEGER NOT NULL REFERENCES m3_round (id),
		seq INTEGER NOT NULL,
		message_id INTEGER NOT NULL,
		ponr INTEGER NOT NULL,
		transaction_name TEXT NOT NULL,
		record TEXT NOT NULL,
		booked_cuam TEXT,
		booked_fvt1 TEXT,
		PRIMARY KEY (round_id, seq)
	) STRICT, WITHOUT ROWID;
	CREATE INDEX m3_row_ticket ON m3_row (message_id);

	CREATE TABLE m3_orphan (
		id INTEGER PRIMARY KEY,
		round_id INTEGER NOT NULL REFERENCES m3_round (id),
		itrn TEXT,
		reason TEXT NOT NULL,
		noted_utc_ms INTEGER NOT NULL
	) STRICT;
	`,
];
