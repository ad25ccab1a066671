/** What goes wrong with one request. "Work" is what M3 does with it; a fault says whether that still happens. */
export type Fault =
	/** The work is done, no answer comes: the connection hangs, or is reset. */
	| { readonly kind: "timeoutAfterAccepting"; readonly connection?: "hold" | "reset" }
	/** No work, no answer: the connection hangs, or is reset. */
	| { readonly kind: "timeoutBeforeAccepting"; readonly connection?: "hold" | "reset" }
	/** The gateway throttles: 429, with Retry-After when given; no work (m3.md section 4: the numbers are a tenant's own). */
	| { readonly kind: "status429"; readonly retryAfterSeconds?: number }
	/** HTTP 500; no work. */
	| { readonly kind: "status500" }
	/** A bulk stops after `processed` transactions: the rest is notProcessed, wasTerminated is true. */
	| { readonly kind: "halfBulk"; readonly processed: number }
	/** The work is done, the answer is 200 with a body that is no JSON. */
	| { readonly kind: "malformed"; readonly body: "brokenJson" | "html" }
	/** The connection is closed: before any work, or in the middle of the answer after the work. */
	| { readonly kind: "dropConnection"; readonly when: "beforeWork" | "duringAnswer" }
	/** HTTP 401 in spite of a good token; no work. */
	| { readonly kind: "unauthorized" };

/** Which requests a fault is meant for; what is left out matches all. */
export interface FaultMatch {
	/** Calls of m3api-rest, or of the token endpoint. "execute" when left out. */
	readonly path?: "execute" | "token";
	readonly program?: string;
	/** The transaction of a single call, or one of a bulk's. */
	readonly transaction?: string;
	readonly bulk?: boolean;
}

/** One line of a fault script: the fault hits the n-th matching request (1 when left out), once. */
export interface FaultRule {
	readonly match?: FaultMatch;
	readonly nth?: number;
	readonly fault: Fault;
}

/** Every kind of fault. */
export const FAULT_KINDS: readonly Fault["kind"][] = [
	"timeoutAfterAccepting",
	"timeoutBeforeAccepting",
	"status429",
	"status500",
	"halfBulk",
	"malformed",
	"dropConnection",
	"unauthorized",
];
