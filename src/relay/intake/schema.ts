/**
 * The intake's tables. `message` is the archive and the outbox at once: its id grows in the order things were taken in,
 * so a delivery is a cursor over it (DESIGN section 4). `ticket` and `report` hold each real ticket and Z exactly once;
 * what a restored copy sent again under a new key has `message.duplicate_of` and no row there.
 */
export const INTAKE_STEPS: readonly string[] = [
	`
	CREATE TABLE journal (
		journal_id TEXT PRIMARY KEY,
		store TEXT NOT NULL,
		till TEXT NOT NULL,
		ordinal INTEGER NOT NULL CHECK (ordinal >= 1),
		contiguous INTEGER NOT NULL CHECK (contiguous >= 0),
		sha256 TEXT NOT NULL,
		first_seen_utc_ms INTEGER NOT NULL,
		last_taken_utc_ms INTEGER NOT NULL,
		fork_code TEXT,
		fork_reason TEXT,
		UNIQUE (store, till, ordinal)
	) STRICT, WITHOUT ROWID;

	CREATE TABLE message (
		id INTEGER PRIMARY KEY,
		journal_id TEXT NOT NULL REFERENCES journal (journal_id),
		feed_seq INTEGER NOT NULL CHECK (feed_seq >= 1),
		kind TEXT NOT NULL,
		business_date TEXT,
		sha256 TEXT NOT NULL,
		bytes BLOB NOT NULL,
		taken_utc_ms INTEGER NOT NULL,
		term INTEGER NOT NULL,
		problem_code TEXT,
		problem TEXT,
		reissue_journal_id TEXT,
		reissue_feed_seq INTEGER,
		reissue_sha256 TEXT,
		duplicate_of INTEGER REFERENCES message (id),
		UNIQUE (journal_id, feed_seq)
	) STRICT;
	CREATE INDEX message_reissue ON message (reissue_journal_id, reissue_feed_seq) WHERE reissue_journal_id IS NOT NULL;
	CREATE INDEX message_problem ON message (id) WHERE problem_code IS NOT NULL;

	CREATE TABLE ahead (
		journal_id TEXT NOT NULL REFERENCES journal (journal_id),
		feed_seq INTEGER NOT NULL,
		sha256 TEXT NOT NULL,
		bytes BLOB NOT NULL,
		PRIMARY KEY (journal_id, feed_seq)
	) STRICT;

	CREATE TABLE set_aside (
		id INTEGER PRIMARY KEY,
		store TEXT NOT NULL,
		till TEXT NOT NULL,
		topic_name TEXT NOT NULL,
		code TEXT NOT NULL,
		reason TEXT NOT NULL,
		journal_id TEXT,
		feed_seq INTEGER,
		sha256 TEXT NOT NULL,
		byte_count INTEGER NOT NULL,
		bytes BLOB NOT NULL,
		taken_utc_ms INTEGER NOT NULL,
		resolved_utc_ms INTEGER,
		resolution TEXT,
		UNIQUE (store, till, sha256, code)
	) STRICT;
	CREATE INDEX set_aside_key ON set_aside (journal_id, feed_seq) WHERE journal_id IS NOT NULL;

	CREATE TABLE ticket (
		message_id INTEGER PRIMARY KEY REFERENCES message (id),
		journal_id TEXT NOT NULL,
		feed_seq INTEGER NOT NULL,
		store TEXT NOT NULL,
		till TEXT NOT NULL,
		z INTEGER NOT NULL,
		business_date TEXT NOT NULL,
		currency TEXT NOT NULL,
		settlement TEXT NOT NULL,
		transaction_code TEXT NOT NULL,
		series TEXT NOT NULL,
		receipt_number INTEGER NOT NULL,
		line_count INTEGER NOT NULL,
		due_minor INTEGER NOT NULL,
		net_minor INTEGER NOT NULL,
		vat_minor INTEGER NOT NULL,
		rounding_minor INTEGER NOT NULL,
		UNIQUE (journal_id, feed_seq)
	) STRICT;
	CREATE INDEX ticket_z ON ticket (store, till, z);

	CREATE TABLE report (
		message_id INTEGER PRIMARY KEY REFERENCES message (id),
		journal_id TEXT NOT NULL,
		feed_seq INTEGER NOT NULL,
		store TEXT NOT NULL,
		till TEXT NOT NULL,
		z INTEGER NOT NULL,
		business_date TEXT NOT NULL,
		currency TEXT NOT NULL,
		feed_seq_first INTEGER,
		feed_seq_last INTEGER,
		ticket_count INTEGER NOT NULL,
		line_count INTEGER NOT NULL,
		gross_minor INTEGER NOT NULL,
		net_minor INTEGER NOT NULL,
		vat_minor INTEGER NOT NULL,
		rounding_minor INTEGER NOT NULL,
		head_seq INTEGER NOT NULL,
		head_sha256 TEXT NOT NULL,
		UNIQUE (journal_id, feed_seq)
	) STRICT;
	CREATE INDEX report_z ON report (store, till, z);

	CREATE TABLE series (
		store TEXT NOT NULL,
		till TEXT NOT NULL,
		series TEXT NOT NULL,
		highest INTEGER NOT NULL,
		PRIMARY KEY (store, till, series)
	) STRICT, WITHOUT ROWID;
	`,
];
