import type { CodeText } from "./code-text.ts";

/** Faults of devices, their profiles and their setting up: part of FAULTS in `codes.ts`. */
export const DEVICE_FAULTS = {
	"TILL-0701": {
		cause: "A device profile cannot be used: a wrong or unknown key, or an `inherits` that leads nowhere.",
		remedy: "Correct the file at the place named; device-profiles/README.md says what a profile holds.",
	},
	"TILL-0702": {
		cause: "The configured devices do not fit the profiles and drivers of this program.",
		remedy: "Correct `devices` in till.yaml at the places named.",
	},
	"TILL-0703": {
		cause: "The logo for the receipts cannot be used; they are printed without it.",
		remedy:
			"Put a PNG file at the place named, black on white, and start the service again (receipt.logo in till.yaml).",
	},
	"TILL-0704": {
		cause: "A picture of paper cannot be written.",
		remedy: "Name a file in a folder that is there and that you may write to.",
	},
	"TILL-0720": {
		cause: "There is no device profile of that name.",
		remedy: "Take one of those named; device-profiles/README.md says how to add a model.",
	},
	"TILL-0721": {
		cause: "The port belongs to a device of the running till; nobody else may write to it.",
		remedy: "Ask the till: tillctl device test. To ask the device itself, stop the till first: systemctl stop tilld.",
	},
	"TILL-0722": {
		cause: "The port cannot be opened.",
		remedy: "Check plug, power and address; tillctl device doctor says who may open it and who has it open.",
	},
	"TILL-0723": {
		cause: "Nothing on the port answers as a receipt printer does.",
		remedy:
			"Displays and scanners never answer. A printer: check its power, its cable and the baud rate on its self-test print.",
	},
	"TILL-0724": {
		cause: "The device is not there: its port is not open, or it does not answer.",
		remedy: "Check plug and power; tillctl device doctor says what is wrong with its port.",
	},
	"TILL-0725": {
		cause: "The printer did not print the test page as it should.",
		remedy:
			"Look at power, cable, paper and cover, then at the profile: columns, cut and widths are the model's (tillctl device probe).",
	},
	"TILL-0726": {
		cause: "A code page of the printer holds other letters than its profile says.",
		remedy:
			"Find on the test page the number below which the letters are right, and name that page alone in a profile of the box (profileDirectory).",
	},
	"TILL-0727": {
		cause: "Bar codes or QR codes do not come out as they should.",
		remedy: "Name in a profile of the box (profileDirectory) only the barCodeSymbologies that the printer draws.",
	},
	"TILL-0728": {
		cause: "The paper is not cut where it should be.",
		remedy: "Correct cut.mode, cut.command or cut.feedLines in a profile of the box (profileDirectory).",
	},
	"TILL-0729": {
		cause: "The drawer did not open.",
		remedy:
			"Check the cable (RJ-12 into the printer's drawer socket), its key, and the connector: tillctl device add has --connector 2.",
	},
	"TILL-0730": {
		cause: "The drawer's switch says the opposite: open when it is shut.",
		remedy: "Turn it round, and restart the till: tillctl device set ID --open-when low, or high.",
	},
	"TILL-0731": {
		cause: "The display does not show what it is told.",
		remedy:
			"Check power and baud rate (DIP switches), then the command set: the profile must name the one that the display is set to.",
	},
	"TILL-0732": {
		cause: "No read came from the scanner.",
		remedy:
			"Set it to USB COM (CDC) or RS-232 by its manual's codes, with a suffix of CR; in keyboard mode nothing comes over the port.",
	},
	"TILL-0733": {
		cause: "The scanner's reads arrive damaged.",
		remedy: "Check baud rate, parity and data bits, and the prefix and suffix of the profile.",
	},
	"TILL-0734": {
		cause: "The drawer opened and its switch did not say so.",
		remedy: "Its cable has no switch wires, or the switch is broken: tillctl device set ID --open-when none.",
	},
	"TILL-0735": {
		cause: "No device of that id is configured.",
		remedy: "Name one of those that tillctl device list shows, or add it: tillctl device add.",
	},
	"TILL-0736": {
		cause: "The device stands in till.yaml and the running till does not know it yet.",
		remedy: "Restart the till: systemctl restart tilld.",
	},
	"TILL-0737": {
		cause: "The conformance report cannot be written.",
		remedy: "Name a file in a folder that you may write to.",
	},
	"TILL-0738": {
		cause: "The trial of a device was broken off at a question; no report was written.",
		remedy: "Start it again; with --yes nothing is asked, and what only eyes can tell stands as not known.",
	},
	"TILL-0740": {
		cause: "The user that the till runs as is missing.",
		remedy: "Run the installer, scripts/install-on-box.sh: it makes users and groups.",
	},
	"TILL-0741": {
		cause: "The udev rules that give devices to the till are missing or of another release.",
		remedy: "Install them and let udev look at the devices again; tillctl device doctor names the command.",
	},
	"TILL-0742": {
		cause: "brltty, a program for Braille displays, takes serial adapters away.",
		remedy: "Remove it: apt-get purge brltty.",
	},
	"TILL-0743": {
		cause: "ModemManager writes to serial lines to find modems, and no rule keeps it from the till's.",
		remedy: "Install the udev rules; on a box without a modem also: systemctl disable --now ModemManager.",
	},
	"TILL-0744": {
		cause: "A scanner is set to type like a keyboard; the till cannot read it so.",
		remedy:
			"Set it to USB COM (CDC) or USB HID-POS by the code in its manual; in keyboard mode it belongs to the cashier's screen.",
	},
	"TILL-0745": {
		cause: "The port of a device is not there.",
		remedy: "Check plug and power; tillctl device detect shows what is there under which name.",
	},
	"TILL-0746": {
		cause: "The till may not read and write the device's file.",
		remedy: "Install the udev rules, or put the user tilld into the group of the file, and restart the till.",
	},
	"TILL-0747": {
		cause: "Another program has the device's port open.",
		remedy: "Stop that program for good; two programs on one port cut into each other's bytes.",
	},
	"TILL-0748": {
		cause: "A device is configured by a name that may lead to another device after the next boot or plug.",
		remedy: "Write the name that stays into till.yaml, and restart the till.",
	},
	"TILL-0749": {
		cause: "One USB printer is configured twice, through the kernel's driver and through libusb.",
		remedy: "Take one of the two out of till.yaml: libusb would take the printer from the other.",
	},
	"TILL-0750": {
		cause: "Damaged characters come over a serial line: baud rate or parity is another than the device's.",
		remedy: "Stop the till and ask the line: tillctl device probe; a scanner's settings stand in its manual.",
	},
	"TILL-0751": {
		cause: "A printer's serial line is set to another baud rate than it is used with.",
		remedy: "Write baudRate into the port of the device in till.yaml, and restart the till.",
	},
	"TILL-0752": {
		cause: "A scanner in USB HID-POS mode is configured, and the library that reads it is not installed.",
		remedy: "Install it: apt-get install libusb-1.0-0; the scanner comes by itself then.",
	},
} as const satisfies Record<string, CodeText>;
