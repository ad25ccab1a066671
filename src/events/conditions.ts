import type { CodeText } from "./code-text.ts";

/**
 * What the status names beside codes: conditions of devices in UnifiedPOS words, and warnings of the clock, the mirror, the
 * feed and the till itself (`src/till/readiness.ts` makes them).
 */
export const CONDITIONS = {
	"POSPrinter.NoHardware": {
		cause: "No receipt printer is set up.",
		remedy: "Name one in till.yaml (devices). Selling goes on; receipts can be printed as copies later.",
	},
	"POSPrinter.Offline": {
		cause: "The receipt printer does not answer.",
		remedy:
			"See whether it is switched on and its cable is in; it comes back by itself. Selling goes on. If it does not: its port in till.yaml; tillctl status names the last error.",
	},
	"POSPrinter.CoverOpen": {
		cause: "The printer's cover is open.",
		remedy: "Close it: what waits is printed then. Selling goes on.",
	},
	"POSPrinter.RecEmpty": {
		cause: "The printer is out of paper.",
		remedy: "Put a new roll in and close the cover: what waits is printed then. Selling goes on.",
	},
	"POSPrinter.RecNearEnd": {
		cause: "The paper roll is nearly used up.",
		remedy: "Have a new roll at hand. It still prints.",
	},
	"POSPrinter.CutterError": {
		cause: "The printer's cutter is stuck.",
		remedy: "Open the cover, take out what is in the way, and switch the printer off and on. Selling goes on.",
	},
	"POSPrinter.HeadHot": {
		cause: "The print head is too hot.",
		remedy: "Wait: it goes on by itself when it has cooled down. Selling goes on.",
	},
	"POSPrinter.Error": {
		cause: "The printer reports an error.",
		remedy: "Switch it off and on; if that does not help, its lamps and manual say what it is. Selling goes on.",
	},
	"CashDrawer.NoHardware": {
		cause: "No cash drawer is set up.",
		remedy: "Name one in till.yaml (devices), or take no cash here.",
	},
	"CashDrawer.Offline": {
		cause: "The printer that opens the cash drawer does not answer.",
		remedy: "Check the printer; open the drawer with its key meanwhile. Selling goes on.",
	},
	"CashDrawer.Error": {
		cause: "The printer that opens the cash drawer takes no pulse now: it is out of paper, open or in error.",
		remedy: "Put the printer right; open the drawer with its key meanwhile. Selling goes on.",
	},
	"CashDrawer.DrawerOpened": { cause: "The cash drawer is open.", remedy: "Shut it when the change is given." },
	"CashDrawer.DrawerClosed": { cause: "The cash drawer is shut.", remedy: "Nothing is to be done." },
	"CashDrawer.SwitchUnsteady": {
		cause: "The drawer's switch changes too often to be believed; openings of the drawer are not recorded meanwhile.",
		remedy:
			"Check the plug and cable between drawer and printer. It is believed again when it has been quiet for ten seconds. Selling goes on.",
	},
	"CashDrawer.NotOpened": {
		cause: "The cash drawer was told to open, and its switch says that it did not.",
		remedy:
			"Is it locked, blocked, or its cable out? Open it with its key meanwhile. Selling goes on. If it did open, its switch is not connected or reads the wrong way round: openWhen of the drawer in till.yaml.",
	},
	"CashDrawer.OpenTooLong": {
		cause: "The cash drawer has been open for a long time.",
		remedy:
			"Shut it. Selling goes on. If it is shut already, its switch reads the wrong way round: openWhen of the drawer in till.yaml.",
	},
	"LineDisplay.NoHardware": { cause: "No customer display is set up.", remedy: "Name one in till.yaml (devices)." },
	"LineDisplay.Offline": {
		cause: "The customer display's port cannot be opened; selling goes on without it.",
		remedy: "Check its cable, and its port in till.yaml; tillctl status names the last error.",
	},
	"Scanner.NoHardware": {
		cause: "No scanner is set up.",
		remedy: "Name one in till.yaml (devices); numbers can be typed meanwhile.",
	},
	"Scanner.Offline": {
		cause: "The scanner's port cannot be opened; selling goes on without it.",
		remedy: "Check its cable, and its port in till.yaml; numbers can be typed meanwhile.",
	},
	"Clock.steppedBack": {
		cause: "The clock was set back while the till ran.",
		remedy: "Check date and time, correct them, then: tillctl clock confirm.",
	},
	"Clock.behindLastRecord": {
		cause: "The clock is behind the last record of the journal.",
		remedy: "Check date and time, correct them, then: tillctl clock confirm.",
	},
	"Clock.farAhead": {
		cause: "The clock is far ahead of the last record of the journal.",
		remedy: "Check date and time, correct them if need be, then: tillctl clock confirm.",
	},
	"Clock.unsynchronised": {
		cause: "The clock has not been set from the network since the box was switched on.",
		remedy: "Check date and time, correct them if need be, then: tillctl clock confirm.",
	},
	"Mirror.None": {
		cause: "No second medium is set up: the journal is on one disk alone.",
		remedy: "Mount one and name it in till.yaml (journal.mirror); systemd/README.md says how.",
	},
	"Mirror.Failed": {
		cause: "The second medium cannot be written or is not complete yet; selling goes on without it.",
		remedy: "Check it: is it in, is it full? It catches up by itself; the log says what is wrong.",
	},
	"Feed.Offline": {
		cause: "The broker is not connected: tickets wait in the journal.",
		remedy: "Check network and broker; what waits is sent by itself. tillctl journal export carries it by hand.",
	},
	"Feed.Insecure": {
		cause: "The broker is another machine and is reached in plain text.",
		remedy: "Use mqtts:// in mqtt.url.",
	},
	"Logo.Unusable": {
		cause: "The logo for the receipts cannot be used; they are printed without it.",
		remedy: "Read what the log says of it (TILL-0703), correct receipt.logo in till.yaml or its file, start again.",
	},
	Recovery: {
		cause: "The journal could not be replayed whole; the open ticket was set aside and the till sells on new ones.",
		remedy: "Run tillctl journal verify, and report what it and the log say.",
	},
	Doubt: {
		cause: "A paper may not have come out, or the drawer may not have opened: nobody but you can tell.",
		remedy: "tillctl view asks the question and names the answers. Selling goes on.",
	},
	NotPrinted: {
		cause: "A receipt or report was not printed: the printer did not take it within half a minute.",
		remedy:
			"tillctl view names it. When the printer is well: tillctl receipt copy, or day report, with its number. Selling goes on.",
	},
} as const satisfies Record<string, CodeText>;
