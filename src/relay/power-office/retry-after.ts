/** "Wait at least 1 s and retry" (poweroffice.md section 1.3). */
const WAIT_DEFAULT_MS = 1_000;
const WAIT_MAX_MS = 60_000;

/** How long a 429 asks to wait: its Retry-After in seconds where it has one, else one second; at most a minute. */
export const retryAfterMs = (header: string | null): number => {
	const seconds = header !== null && /^[0-9]{1,6}$/.test(header.trim()) ? Number(header) : 0;
	return Math.min(Math.max(seconds * 1000, WAIT_DEFAULT_MS), WAIT_MAX_MS);
};
