/**
 * The intake's tables. `message` is the archive and the outbox at once: its id grows in the order things were taken in,
 * so a delivery is a cursor over it (DESIGN section 4). `ticket` and `report` hold each real ticket and Z exactly once;
 * what a restored copy sent again under a new key has `message.duplicate_of` and no row there.
 *
 * `day` has the days of a till and the journals that made messages of it (`is_maker`) or sent them again; `unclosed_day` those that no Z of the till will
 * close rightly, `relay_report` what a person closed of them at the relay, each time anew. `closing` is what a day is booked
 * by: the relay's own report where there is one, else the first Z that came in. `journal_claim` is how many messages a till
 * once said to have made, where that was more than had come in.
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
	`
	CREATE TABLE day (
		store TEXT NOT NULL,
		till TEXT NOT NULL,
		z INTEGER NOT NULL,
		journal_id TEXT NOT NULL,
		is_maker INTEGER NOT NULL CHECK (is_maker IN (0, 1)),
		PRIMARY KEY (store, till, z, journal_id)
	) STRICT, WITHOUT ROWID;
	INSERT OR IGNORE INTO day
		SELECT t.store, t.till, t.z, coalesce(m.reissue_journal_id, m.journal_id), 1 FROM ticket t JOIN message m ON m.id = t.message_id
		UNION SELECT r.store, r.till, r.z, coalesce(m.reissue_journal_id, m.journal_id), 1 FROM report r JOIN message m ON m.id = r.message_id;
	INSERT OR IGNORE INTO day SELECT store, till, z, journal_id, 0 FROM ticket UNION SELECT store, till, z, journal_id, 0 FROM report;

	CREATE TABLE unclosed_day (
		store TEXT NOT NULL,
		till TEXT NOT NULL,
		z INTEGER NOT NULL,
		state TEXT NOT NULL CHECK (state IN ('orphan', 'split')),
		found_utc_ms INTEGER NOT NULL,
		PRIMARY KEY (store, till, z)
	) STRICT, WITHOUT ROWID;

	CREATE TABLE relay_report (
		store TEXT NOT NULL,
		till TEXT NOT NULL,
		z INTEGER NOT NULL,
		revision INTEGER NOT NULL CHECK (revision >= 1),
		message_id INTEGER NOT NULL REFERENCES message (id),
		business_date TEXT NOT NULL,
		currency TEXT NOT NULL,
		ticket_count INTEGER NOT NULL,
		line_count INTEGER NOT NULL,
		gross_minor INTEGER NOT NULL,
		net_minor INTEGER NOT NULL,
		vat_minor INTEGER NOT NULL,
		rounding_minor INTEGER NOT NULL,
		missing TEXT,
		closed_by TEXT NOT NULL,
		closed_utc_ms INTEGER NOT NULL,
		PRIMARY KEY (store, till, z, revision)
	) STRICT, WITHOUT ROWID;

	CREATE VIEW closing AS
		SELECT store, till, z, business_date, message_id, revision AS relay_revision FROM relay_report r
			WHERE revision = (SELECT max(revision) FROM relay_report o WHERE o.store = r.store AND o.till = r.till AND o.z = r.z)
		UNION ALL
		SELECT store, till, z, business_date, message_id, 0 FROM report r
			WHERE message_id = (SELECT min(message_id) FROM report o WHERE o.store = r.store AND o.till = r.till AND o.z = r.z)
			AND NOT EXISTS (SELECT 1 FROM relay_report o WHERE o.store = r.store AND o.till = r.till AND o.z = r.z);

	CREATE TABLE journal_claim (
		journal_id TEXT PRIMARY KEY,
		feed_seq INTEGER NOT NULL,
		said_utc_ms INTEGER NOT NULL
	) STRICT, WITHOUT ROWID;
	`,
];
