import type { VirtualBench } from "../../drivers/virtual/virtual-bench.ts";

/** How long somebody has the drawer of the shop open. */
const OPEN_MS = 3_000;

/**
 * Plays the drawer on a bench's printer, and the cashier: the answered function slides it open, as a pulse or its key does,
 * and it is shut a little after the last time.
 */
export const virtualDrawer = (bench: Pick<VirtualBench, "printers">, printerId: string): (() => void) => {
	let shutting: NodeJS.Timeout | undefined;
	return () => {
		const printer = bench.printers.get(printerId);
		clearTimeout(shutting);
		printer?.set({ drawerOpen: true });
		shutting = setTimeout(() => printer?.set({ drawerOpen: false }), OPEN_MS).unref();
	};
};
