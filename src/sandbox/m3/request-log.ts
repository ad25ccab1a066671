/** One request as the stand-in saw it. */
export interface LoggedRequest {
	/** 1 for the first. */
	readonly number: number;
	readonly atMs: number;
	readonly method: string;
	/** Path with query, as sent. */
	readonly path: string;
	readonly body: string;
	/** HTTP status answered, or null when no complete answer went out (a timeout or a dropped connection). */
	readonly status: number | null;
	/** Kind of the fault that was played on it, or null. */
	readonly fault: string | null;
}

/** Requests kept; older ones are forgotten, so that a stand-in may run for weeks. */
const MAX_ENTRIES = 10_000;

/** The latest requests of a stand-in in the order in which they were taken in; /admin is not logged. */
export class RequestLog {
	readonly #entries = new Map<number, LoggedRequest>();
	#count = 0;

	/** Notes a request on arrival; the returned function notes what became of it. */
	open(
		request: Pick<LoggedRequest, "atMs" | "method" | "path" | "body">,
	): (outcome: Pick<LoggedRequest, "status" | "fault">) => void {
		this.#count += 1;
		const entry: LoggedRequest = { number: this.#count, ...request, status: null, fault: null };
		this.#entries.set(entry.number, entry);
		this.#entries.delete(entry.number - MAX_ENTRIES);
		return (outcome) => {
			if (this.#entries.has(entry.number)) this.#entries.set(entry.number, { ...entry, ...outcome });
		};
	}

	entries(): readonly LoggedRequest[] {
		return [...this.#entries.values()];
	}
}
