/** What goes back to a client; `silent` is a request that is accepted and never answered. */
export type HttpAnswer =
	| {
			readonly kind: "answer";
			readonly status: number;
			readonly headers: Readonly<Record<string, string>>;
			readonly body: string;
	  }
	| { readonly kind: "silent" };

/** A JSON answer. */
export function json(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): HttpAnswer {
	return {
		kind: "answer",
		status,
		headers: { "content-type": "application/json;charset=UTF-8", ...headers },
		body: JSON.stringify(body),
	};
}

/** A JSON answer with line breaks (format=PRETTY). */
export function prettyJson(status: number, body: unknown): HttpAnswer {
	const headers = { "content-type": "application/json;charset=UTF-8" };
	return { kind: "answer", status, headers, body: JSON.stringify(body, null, 2) };
}
