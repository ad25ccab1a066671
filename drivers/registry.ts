import type { DriverRegistry } from "../src/devices/contract/driver.ts";
import { escposDriver } from "./escpos/driver.ts";
import { hidPosScannerDriver } from "./hid-pos-scanner/driver.ts";
import { nodeHidAccess } from "./hid-pos-scanner/node-hid-access.ts";
import {
	admDisplayDriver,
	aedexDisplayDriver,
	cd5220DisplayDriver,
	dsp800DisplayDriver,
	epsonDisplayDriver,
	utcDisplayDriver,
} from "./line-display/driver.ts";
import { pulseDrawerDriver } from "./pulse-drawer/pulse-drawer.ts";
import { serialScannerDriver } from "./serial-scanner/driver.ts";

/** Every driver of real devices. The virtual ones are added by the roots that may have them (`virtual/virtual-bench.ts`). */
export const drivers: DriverRegistry = [
	escposDriver,
	pulseDrawerDriver,
	epsonDisplayDriver,
	cd5220DisplayDriver,
	utcDisplayDriver,
	aedexDisplayDriver,
	admDisplayDriver,
	dsp800DisplayDriver,
	serialScannerDriver,
	hidPosScannerDriver(nodeHidAccess),
];
