/** The session that a call runs in: who asks, and the company and division that "defaults to user default". */
export interface MiSession {
	readonly usid: string;
	readonly cono: string;
	readonly divi: string;
}

/** One transaction to run, its fields checked against the metadata. */
export interface MiCall {
	readonly program: string;
	readonly transaction: string;
	readonly record: Readonly<Record<string, string>>;
	readonly session: MiSession;
}

/** errorType values; the first four were seen in the field (m3.md section 4), the last is the stand-in's own [U]. */
export type MiErrorType =
	| "ServerReturnedNOK"
	| "MandatoryInputFieldNotFound"
	| "InputFieldTooLong"
	| "TransactionNotFound"
	| "InputFieldNotFound";

/** Why a transaction was refused. */
export interface MiRefusal {
	readonly errorType: MiErrorType;
	/** M3 message id; those beyond XAU0008 and XIM0002 are the stand-in's own [U]. */
	readonly errorCode: string;
	readonly errorField: string;
	readonly message: string;
}

/** What a transaction did: records answered, a refusal, or no reply at all (Snd*). */
export type MiOutcome =
	| { readonly kind: "ok"; readonly records: readonly Readonly<Record<string, string>>[] }
	| { readonly kind: "refused"; readonly refusal: MiRefusal }
	| { readonly kind: "silent" };

/** A success with these records; a transaction without output answers one empty record. */
export function ok(...records: readonly Readonly<Record<string, string>>[]): MiOutcome {
	return { kind: "ok", records: records.length === 0 ? [{}] : records };
}

/** A refusal by the program itself. */
export function nok(errorCode: string, errorField: string, message: string): MiOutcome {
	return refused({ errorType: "ServerReturnedNOK", errorCode, errorField, message });
}

/** A refusal as an outcome. */
export function refused(refusal: MiRefusal): MiOutcome {
	return { kind: "refused", refusal };
}
