/** What PowerOffice said against a call, in its own words (poweroffice.md section 1.7: show the user its own error text). */
export interface Problem {
	/** HTTP status. */
	readonly status: number;
	/** Title, detail and field errors as they came, joined; the status alone where the body was empty. */
	readonly words: string;
}

/**
 * What became of a call. Only `ok` and `refused` are PowerOffice's decisions; after `uncertain` the work may or may not
 * have been done; after `throttled` and `unsent` it was not.
 */
export type CallResult<T> =
	| { readonly kind: "ok"; readonly value: T }
	| { readonly kind: "refused"; readonly problem: Problem }
	| { readonly kind: "uncertain"; readonly why: string }
	| { readonly kind: "throttled"; readonly waitMs: number }
	| { readonly kind: "unsent"; readonly why: string };

/** A result that is no success. */
export type CallFailure = Exclude<CallResult<never>, { readonly kind: "ok" }>;

/** The result of `read` on a success; its undefined means that the answer cannot be read, which is uncertain. */
export const mapResult = <T, U>(result: CallResult<T>, read: (value: T) => U | undefined): CallResult<U> => {
	if (result.kind !== "ok") return result;
	const value = read(result.value);
	return value === undefined ? { kind: "uncertain", why: "the answer lacks what it must hold" } : { kind: "ok", value };
};
