import type { DeviceConfig } from "../../config/schema/till-config.ts";
import type { Clock, Timers } from "../../runtime/contract/clock.ts";
import type { Logger } from "../../runtime/contract/logger.ts";
import type {
	CashDrawer,
	DeviceListeners,
	DeviceState,
	DrawerOutcome,
	LineDisplay,
	POSPrinter,
	Scanner,
} from "./devices.ts";
import type { DisplayProfile, PrinterProfile, ScannerProfile } from "./profile.ts";

/** What the supervisor hands to every driver: time and log come from the composition root, never from the system. */
export interface DriverServices {
	readonly timers: Timers;
	/** Its monotonic time is what deadlines are kept by. */
	readonly clock: Clock;
	readonly logger: Logger;
	readonly listeners: DeviceListeners;
}

/** Where a device's port is, as the configuration says it. */
export type PortConfig = Extract<DeviceConfig, { port: unknown }>["port"];

/** The kinds of port. `virtual` is played by the program itself. */
export type Transport = PortConfig["transport"];

/** One pulse to a drawer's solenoid: pin of the printer's drawer connector, time on and off. */
export type DrawerPulse = Pick<PrinterProfile["drawers"][number], "pin" | "onMs" | "offMs">;

/** Level of pin 3 of the drawer connector, the drawer's switch; `unknown` until the printer has reported it. */
export type ConnectorLevel = "high" | "low" | "unknown";

/** The side of a printer that drawers hang on: one port, one queue, several logical devices (devices.md section 4). */
export interface PulseHost {
	/** Sends the pulse behind what is being written, or nothing when it cannot begin within `expiryMs` of the call. */
	pulse(pulse: DrawerPulse, expiryMs: number): Promise<DrawerOutcome>;
	/** Calls back with the printer's state and the connector's level now, and again whenever one of them changes. */
	watch(listener: (state: DeviceState, level: ConnectorLevel) => void): void;
}

/**
 * What became of bytes for a line. `notSent` and `expired`: not one byte left. `unknown`: the line broke or stalled after
 * the write had begun; such bytes are never sent again by the port.
 */
export type WriteOutcome =
	| { readonly outcome: "written" }
	| { readonly outcome: "expired" }
	| { readonly outcome: "notSent" | "unknown"; readonly detail: string };

/** What a guest on somebody else's line hears of it. */
export interface LineGuest {
	onOpen(): void;
	onClose(detail: string): void;
}

/** A guest's share of a line: its bytes go out between the owner's jobs and never within one. */
export interface LineShare {
	/** For messages: the owner's port. */
	readonly name: string;
	isOpen(): boolean;
	write(bytes: Uint8Array): Promise<WriteOutcome>;
	/** Resolves when nothing is being written: what is chosen then is the newest. */
	turn(): Promise<void>;
	/** Hears nothing more. */
	leave(): void;
}

/**
 * The side of a printer that a display hangs on whose bytes pass through the display (Epson DM-D: ESC = says which of the
 * two is spoken to; devices.md section 5). The printer owns the port; it opens and closes it.
 */
export interface LineHost {
	share(guest: LineGuest): LineShare;
}

interface Connected<Profile> {
	readonly id: string;
	readonly profile: Profile;
	readonly port: PortConfig;
}

interface Driver<Class extends string, Name extends string, Options, Made> {
	readonly deviceClass: Class;
	/** The profile's `driver`. A profile on a virtual port is played by the virtual driver of its class, whatever it names. */
	readonly name: Name;
	/** The kinds of port it can use. */
	readonly transports: readonly Transport[];
	/** Makes the device; nothing is opened yet. */
	create(options: Options, services: DriverServices): Made;
}

/** A driver of receipt printers. */
export type PrinterDriver = Driver<
	"POSPrinter",
	PrinterProfile["driver"],
	Connected<PrinterProfile>,
	POSPrinter & PulseHost & LineHost
>;

/** UnifiedPOS DeviceBrightness in percent, as the configuration may ask for it. */
export type DeviceBrightness = NonNullable<Extract<DeviceConfig, { deviceClass: "LineDisplay" }>["brightness"]>;

/** What a display's driver is made from. */
export interface DisplayOptions extends Connected<DisplayProfile> {
	/** Set where the profile's CapBrightness holds; undefined: the display's own stays. */
	readonly brightness?: DeviceBrightness | undefined;
	/** The printer whose line it shares; only with a `shared` port. */
	readonly host?: LineHost | undefined;
}

/** A driver of customer displays. */
export type DisplayDriver = Driver<"LineDisplay", DisplayProfile["driver"], DisplayOptions, LineDisplay>;

/** What a scanner's driver is made from. */
export interface ScannerOptions extends Connected<ScannerProfile> {
	/** The same read within this time counts once; 0: every read counts. */
	readonly duplicateGuardMs: number;
}

/** A driver of scanners. */
export type ScannerDriver = Driver<"Scanner", ScannerProfile["driver"], ScannerOptions, Scanner>;

/** What a drawer's driver is made from: the printer it hangs on and how it is opened and sensed there. */
export interface DrawerOptions {
	readonly id: string;
	readonly host: PulseHost;
	readonly connector: DrawerPulse;
	/** Level of the connector's switch while the drawer is open; undefined where that is not known. */
	readonly openWhen: "high" | "low" | undefined;
}

/** A driver of cash drawers. It has no port of its own. */
export interface DrawerDriver {
	readonly deviceClass: "CashDrawer";
	readonly name: "pulse-drawer";
	create(options: DrawerOptions, services: DriverServices): CashDrawer;
}

/** All drivers a composition root knows: a plain list, `drivers/registry.ts` for the real ones. */
export type DriverRegistry = readonly (PrinterDriver | DisplayDriver | ScannerDriver | DrawerDriver)[];
