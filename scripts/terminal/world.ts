import type { VirtualBench } from "../../drivers/virtual/virtual-bench.ts";

/** What can be done to the virtual devices: the till meets it as it would meet a shop's. */
export const WORLD_ACTS = [
	"paper out",
	"paper in",
	"cover open",
	"cover shut",
	"cable out",
	"cable in",
	"key",
] as const;

/** One of {@link WORLD_ACTS}. */
export type WorldAct = (typeof WORLD_ACTS)[number];

/** How long somebody has the drawer of the virtual shop open. */
const OPEN_MS = 3_000;

/** The drawer slides open, by a pulse or by its key, and is shut a little later. */
export const slideOpen = (bench: VirtualBench): void => {
	const printer = bench.printers.get("printer");
	printer?.set({ drawerOpen: true });
	setTimeout(() => printer?.set({ drawerOpen: false }), OPEN_MS).unref();
};

/** Does one act to the printer, or to the drawer that hangs on it. */
export const actOn = (bench: VirtualBench, act: WorldAct): void => {
	const printer = bench.printers.get("printer");
	switch (act) {
		case "paper out":
		case "paper in":
			printer?.set({ recEmpty: act === "paper out" });
			return;
		case "cover open":
		case "cover shut":
			printer?.set({ coverOpen: act === "cover open" });
			return;
		case "cable out":
			printer?.unplug();
			return;
		case "cable in":
			printer?.plug();
			return;
		case "key":
			slideOpen(bench);
			return;
	}
};
