import type { PortConfig } from "../../src/devices/contract/driver.ts";
import { boxConfig } from "../faults/support/box-config.ts";
import { PAPER_PRINTER_PROFILE } from "./paper-printer.ts";

/** What is plugged into a box. */
export interface BoxPlan {
	readonly printer?: { readonly port: PortConfig };
	readonly display?: PortConfig;
	readonly scanner?: PortConfig;
	/** Settings of the drawer on the printer. */
	readonly drawer?: object;
	/** Settings beside those of every box. */
	readonly more?: object;
}

/** A till.yaml of a box under `directory`: the shop of the demo, with a model printer and what else is plugged in. */
export const boxOf = (directory: string, brokerUrl: string, plan: BoxPlan = {}): ReturnType<typeof boxConfig> => {
	const { printer, display, scanner } = plan;
	return boxConfig(
		directory,
		brokerUrl,
		{},
		{
			devices: [
				...(printer === undefined
					? []
					: [
							{ deviceClass: "POSPrinter", id: "printer", profile: PAPER_PRINTER_PROFILE, port: printer.port },
							{ deviceClass: "CashDrawer", id: "drawer", printer: "printer", ...plan.drawer },
						]),
				...(display === undefined
					? []
					: [{ deviceClass: "LineDisplay", id: "display", profile: "epson-dm-d110", port: display }]),
				...(scanner === undefined
					? []
					: [{ deviceClass: "Scanner", id: "scanner", profile: "generic-serial-scanner", port: scanner }]),
			],
			...plan.more,
		},
	);
};
