/**
 * The tables of the PowerOffice delivery. `power_office_voucher` has one row a till, Z and revision with its whole state;
 * `power_office_step` keeps every step it took, with the request body as it was sent, for the accountant's questions and
 * PowerOffice's support (poweroffice.md section 2.8). `version` counts the steps: who writes an older one writes nothing.
 * `power_office_look` says when the vouchers of a day were last read again.
 */
export const POWER_OFFICE_STEPS: readonly string[] = [
	`
	CREATE TABLE power_office_cursor (
		one INTEGER PRIMARY KEY CHECK (one = 1),
		message_id INTEGER NOT NULL
	) STRICT;
	INSERT INTO power_office_cursor VALUES (1, 0);

	CREATE TABLE power_office_voucher (
		store TEXT NOT NULL,
		till TEXT NOT NULL,
		z INTEGER NOT NULL,
		revision INTEGER NOT NULL CHECK (revision >= 1),
		message_id INTEGER NOT NULL REFERENCES message (id),
		business_date TEXT NOT NULL,
		state TEXT NOT NULL,
		delivery TEXT NOT NULL,
		version INTEGER NOT NULL,
		next_utc_ms INTEGER NOT NULL,
		changed_utc_ms INTEGER NOT NULL,
		PRIMARY KEY (store, till, z, revision)
	) STRICT, WITHOUT ROWID;
	CREATE INDEX power_office_due ON power_office_voucher (next_utc_ms) WHERE state NOT IN ('held', 'booked', 'reversed', 'nothing');

	CREATE TABLE power_office_step (
		id INTEGER PRIMARY KEY,
		store TEXT NOT NULL,
		till TEXT NOT NULL,
		z INTEGER NOT NULL,
		revision INTEGER NOT NULL,
		at_utc_ms INTEGER NOT NULL,
		input TEXT NOT NULL,
		state TEXT NOT NULL,
		detail TEXT,
		FOREIGN KEY (store, till, z, revision) REFERENCES power_office_voucher (store, till, z, revision)
	) STRICT;
	CREATE INDEX power_office_step_of ON power_office_step (store, till, z, revision);

	CREATE TABLE power_office_call (
		subscription TEXT NOT NULL,
		slot INTEGER NOT NULL,
		at_ms INTEGER NOT NULL,
		PRIMARY KEY (subscription, slot)
	) STRICT, WITHOUT ROWID;

	CREATE TABLE power_office_pause (
		subscription TEXT PRIMARY KEY,
		until_ms INTEGER NOT NULL
	) STRICT, WITHOUT ROWID;
	`,
	`
	CREATE TABLE power_office_look (
		company TEXT NOT NULL,
		business_date TEXT NOT NULL,
		at_utc_ms INTEGER NOT NULL,
		PRIMARY KEY (company, business_date)
	) STRICT, WITHOUT ROWID;
	CREATE INDEX power_office_booked ON power_office_voucher (business_date) WHERE state = 'booked';
	`,
];
