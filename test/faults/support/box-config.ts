import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { CATALOG_CSV, STORE, TENDER_TYPES } from "../../../scripts/shop/shop-data.ts";
import type { PortConfig } from "../../../src/devices/contract/driver.ts";

/** Ports of a box's devices; what is left out is virtual. */
export interface BoxPorts {
	readonly printer?: PortConfig;
	readonly display?: PortConfig;
	readonly scanner?: PortConfig;
}

/** A till.yaml for a box under `directory`, with its files there and its devices on the given ports. */
export const boxConfig = (directory: string, brokerUrl: string, ports: BoxPorts, more: object = {}) => ({
	version: 1,
	store: STORE,
	till: "1",
	country: "NO",
	language: "en",
	currency: "NOK",
	company: { name: "Fredagskroa AS", organisationNumber: "999999999" },
	journal: { directory: join(directory, "journal"), freeBytesMin: 1_000_000 },
	catalog: { file: join(directory, "catalog.sqlite") },
	controlSocket: join(directory, "control.sock"),
	tenderTypes: TENDER_TYPES,
	devices: [
		...(ports.printer === undefined
			? []
			: [
					{ deviceClass: "POSPrinter", id: "printer", profile: "generic-escpos-80mm", port: ports.printer },
					{ deviceClass: "CashDrawer", id: "drawer", printer: "printer" },
				]),
		...(ports.display === undefined
			? []
			: [{ deviceClass: "LineDisplay", id: "display", profile: "epson-dm-d110", port: ports.display }]),
		...(ports.scanner === undefined
			? []
			: [{ deviceClass: "Scanner", id: "scanner", profile: "generic-serial-scanner", port: ports.scanner }]),
	],
	mqtt: { url: brokerUrl },
	...more,
});

/** Writes the price file of the demo's shop. Answers its path. */
export const catalogFile = (directory: string): string => {
	const path = join(directory, "catalog.csv");
	writeFileSync(path, CATALOG_CSV);
	return path;
};
