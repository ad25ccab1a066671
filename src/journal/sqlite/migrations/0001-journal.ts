/**
 * Version 1 of a segment. Small columns stand before `bytes`, so that reading them follows no overflow pages.
 *
 * The triggers hold against any connection, not only ours: BEFORE INSERT comes before conflict handling, so REPLACE and
 * UPSERT meet it first; numbers are checked on every unique column, so REPLACE never finds a row to delete even where
 * recursive_triggers is off (DESIGN section 6).
 */
export const JOURNAL_0001 = `
CREATE TABLE meta (
	one INTEGER PRIMARY KEY CHECK (one = 1),
	journal_id TEXT NOT NULL,
	store TEXT NOT NULL,
	till TEXT NOT NULL,
	currency TEXT NOT NULL,
	month TEXT NOT NULL,
	adopted_from TEXT,
	seq_before INTEGER NOT NULL,
	sha256_before BLOB NOT NULL CHECK (length(sha256_before) = 32),
	feed_seq_before INTEGER NOT NULL,
	feed_sha256_before BLOB NOT NULL CHECK (length(feed_sha256_before) = 32)
) STRICT;

CREATE TABLE feed_kind (
	kind TEXT PRIMARY KEY,
	kind_seq_before INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE record (
	seq INTEGER PRIMARY KEY,
	type TEXT NOT NULL,
	sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
	bytes BLOB NOT NULL
) STRICT;

CREATE TABLE message (
	feed_seq INTEGER PRIMARY KEY,
	kind TEXT NOT NULL REFERENCES feed_kind (kind),
	kind_seq INTEGER NOT NULL,
	record_seq INTEGER NOT NULL REFERENCES record (seq),
	sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
	bytes BLOB NOT NULL,
	UNIQUE (kind, kind_seq)
) STRICT;

CREATE TABLE closed_ticket (
	series TEXT NOT NULL,
	receipt_number INTEGER NOT NULL,
	record_seq INTEGER NOT NULL REFERENCES record (seq),
	PRIMARY KEY (series, receipt_number)
) STRICT, WITHOUT ROWID;

CREATE TABLE closed_day (
	z INTEGER PRIMARY KEY,
	record_seq INTEGER NOT NULL REFERENCES record (seq)
) STRICT;

CREATE TRIGGER meta_once BEFORE INSERT ON meta WHEN EXISTS (SELECT 1 FROM meta)
BEGIN SELECT RAISE(ABORT, 'meta is written once'); END;
CREATE TRIGGER feed_kind_once BEFORE INSERT ON feed_kind WHEN EXISTS (SELECT 1 FROM meta)
BEGIN SELECT RAISE(ABORT, 'feed_kind is written once'); END;
CREATE TRIGGER record_next BEFORE INSERT ON record
WHEN NEW.seq IS NOT coalesce((SELECT max(seq) FROM record), (SELECT seq_before FROM meta)) + 1
BEGIN SELECT RAISE(ABORT, 'a record takes the next number'); END;
CREATE TRIGGER message_next BEFORE INSERT ON message
WHEN NEW.feed_seq IS NOT coalesce((SELECT max(feed_seq) FROM message), (SELECT feed_seq_before FROM meta)) + 1
	OR NEW.kind_seq IS NOT coalesce(
		(SELECT max(kind_seq) FROM message WHERE kind = NEW.kind),
		(SELECT kind_seq_before FROM feed_kind WHERE kind = NEW.kind)) + 1
BEGIN SELECT RAISE(ABORT, 'a message takes the next number'); END;
CREATE TRIGGER closed_ticket_once BEFORE INSERT ON closed_ticket
WHEN EXISTS (SELECT 1 FROM closed_ticket WHERE series = NEW.series AND receipt_number = NEW.receipt_number)
BEGIN SELECT RAISE(ABORT, 'a receipt number is given once'); END;
CREATE TRIGGER closed_day_once BEFORE INSERT ON closed_day WHEN EXISTS (SELECT 1 FROM closed_day WHERE z = NEW.z)
BEGIN SELECT RAISE(ABORT, 'a Z number is given once'); END;
${["meta", "feed_kind", "record", "message", "closed_ticket", "closed_day"]
	.flatMap((table) =>
		["UPDATE", "DELETE"].map(
			(act) =>
				`CREATE TRIGGER ${table}_no_${act.toLowerCase()} BEFORE ${act} ON ${table}
BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END;`,
		),
	)
	.join("\n")}
`;
