import type { ShopTill } from "../shop/shop.ts";

/** What can be done to the virtual devices: the till meets it as it would meet a shop's. */
export const WORLD_ACTS = [
	"paper out",
	"paper in",
	"cover open",
	"cover shut",
	"cable out",
	"cable half",
	"cable in",
	"key",
] as const;

/** One of {@link WORLD_ACTS}. */
export type WorldAct = (typeof WORLD_ACTS)[number];

/** Does one act to the printer, or to the drawer that hangs on it. */
export const actOn = ({ bench, slideDrawerOpen }: Pick<ShopTill, "bench" | "slideDrawerOpen">, act: WorldAct): void => {
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
		case "cable half":
			printer?.unplugInTheMiddle();
			return;
		case "cable in":
			printer?.plug();
			return;
		case "key":
			slideDrawerOpen();
			return;
	}
};
