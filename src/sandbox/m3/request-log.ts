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

/** The requests of a stand-in in the order in which they were taken in; /admin is not logged. */
export class RequestLog {
	readonly #entries: LoggedRequest[] = [];

	/** Notes a request on arrival; the returned function notes what became of it. */
	open(
		request: Pick<LoggedRequest, "atMs" | "method" | "path" | "body">,
	): (outcome: Pick<LoggedRequest, "status" | "fault">) => void {
		const index = this.#entries.length;
		const entry: LoggedRequest = { number: index + 1, ...request, status: null, fault: null };
		this.#entries.push(entry);
		return (outcome) => {
			this.#entries[index] = { ...entry, ...outcome };
		};
	}

	entries(): readonly LoggedRequest[] {
		return [...this.#entries];
	}
}
