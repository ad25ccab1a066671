/** Waits until `condition` answers something, looking again after each turn of I/O; the test's own time-out bounds it. */
export const until = async <T>(what: string, condition: () => T | undefined | false, limitMs = 20_000): Promise<T> => {
	const deadline = Date.now() + limitMs;
	for (;;) {
		const found = condition();
		if (found !== undefined && found !== false) return found;
		if (Date.now() > deadline) throw new Error(`waited in vain for: ${what}`);
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
};
