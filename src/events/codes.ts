import type { CodeText } from "./code-text.ts";
import { DEVICE_FAULTS } from "./device-codes.ts";

/** Refusals: the domain says no, nothing changed (DESIGN section 4, kind 1). */
export const REFUSALS = {
	"TILL-0401": {
		cause: "The code belongs to no item of the catalog.",
		remedy: "Check the code, or sell the item by its own number.",
	},
	"TILL-0402": {
		cause: "The quantity is no number, is zero or negative, or has more decimals than the unit allows.",
		remedy: "Type the quantity again.",
	},
	"TILL-0403": { cause: "The amount would be larger than a ticket can hold.", remedy: "Sell fewer at a time." },
	"TILL-0404": { cause: "Something is left to pay.", remedy: "Take the rest, then close." },
	"TILL-0405": {
		cause: "This tender is not set up on the till.",
		remedy: "Use one of the known ones; till.yaml lists them (tenderTypes).",
	},
	"TILL-0406": {
		cause: "The amount is in another currency than the till's.",
		remedy: "Take the amount in the till's currency.",
	},
	"TILL-0407": { cause: "The amount is no amount of money, or has the wrong sign.", remedy: "Type the amount again." },
	"TILL-0408": {
		cause: "Coin cannot pay this amount: it is no whole multiple of the smallest coin.",
		remedy: "Type what was handed over.",
	},
	"TILL-0409": {
		cause: "This tender gives no change and is larger than what is left to pay.",
		remedy: "Take exactly what is left.",
	},
	"TILL-0410": {
		cause: "The change is smaller than the smallest coin.",
		remedy: "Take exactly what is left by this tender.",
	},
	"TILL-0411": { cause: "There is no open ticket.", remedy: "Sell an item first." },
	"TILL-0412": { cause: "The business day is not open.", remedy: "Open the day: tillctl day open." },
	"TILL-0413": { cause: "The business day is already open.", remedy: "Close it first: tillctl day close." },
	"TILL-0414": { cause: "A ticket is open.", remedy: "Finish the ticket, then try again." },
	"TILL-0415": {
		cause: "The ticket has as many lines or tenders as it can hold.",
		remedy: "Close it and go on with a new one.",
	},
	"TILL-0416": {
		cause: "A tender is already on the ticket; what was sold is settled first.",
		remedy: "Finish the payment, then sell on a new ticket.",
	},
	"TILL-0417": {
		cause: "The item's VAT code has no rate on the business date.",
		remedy: "Correct the item's VAT code in the catalog.",
	},
	"TILL-0418": {
		cause: "The disk is nearly full: no new ticket is begun.",
		remedy: "Finish the open ticket, close the day and call for service.",
	},
	"TILL-0420": { cause: "No catalog is in force.", remedy: "Import one: tillctl catalog import FILE.csv." },
	"TILL-0421": { cause: "The read is damaged: its check digit is wrong.", remedy: "Scan again." },
	"TILL-0422": { cause: "The business date is no date.", remedy: "Give it as YYYY-MM-DD." },
	"TILL-0423": { cause: "There is nothing of that number.", remedy: "Check the number." },
	"TILL-0424": { cause: "Nothing is left to pay.", remedy: "Close the ticket." },
	"TILL-0425": {
		cause: "The code holds something that this till cannot read: an unknown GS1 application identifier.",
		remedy: "Scan the other bar code of the item, or sell it by its own number; tell who made the label.",
	},
	"TILL-0426": {
		cause: "The code is no proper GS1 code: what stands behind an application identifier has a wrong form.",
		remedy: "Scan the other bar code of the item, or sell it by its own number; tell who made the label.",
	},
	"TILL-0427": {
		cause: "The code names no item: it is of a pallet, a coupon or something else.",
		remedy: "Scan the bar code of the item.",
	},
	"TILL-0428": {
		cause: "The item has expired. A line that is named was sold by its other bar code a moment before.",
		remedy: "Take the item out of the shop, and give the customer another one.",
	},
	"TILL-0429": {
		cause: "The item is recalled. A line that is named was sold by its other bar code a moment before.",
		remedy: "Put the item aside as the recall says, and give the customer another one.",
	},
	"TILL-0430": {
		cause:
			"The label's weight, measure, count or price does not fit how the item is sold: another unit, more decimals, or a price on an item whose packs all cost the same.",
		remedy: "Sell it by its own number with the quantity; correct unit and unit_decimals of the item in the catalog.",
	},
	"TILL-0431": {
		cause: "The item needs a weight or a price in its code, and there is none, or it is zero.",
		remedy: "Weigh and label it again, or sell it by its own number with the quantity.",
	},
	"TILL-0432": {
		cause: "What was read or typed looks like a card number; it was dropped and kept nowhere.",
		remedy: "Use the payment terminal for cards; scan the bar code of the item.",
	},
	"TILL-0433": {
		cause: "The code says itself how much it is or what it costs; a quantity cannot be typed with it.",
		remedy: "Sell each pack by its own label, without a quantity.",
	},
	"TILL-0434": { cause: "There is no such cash drawer.", remedy: "Name one of those set up in till.yaml (devices)." },
	"TILL-0435": {
		cause: "The answer does not fit the question: paper came out or did not, a drawer was looked at.",
		remedy: "Give one of the answers named; tillctl view shows the question.",
	},
	"TILL-0436": {
		cause: "A copy of this receipt was printed already, and the law allows one.",
		remedy: "Show the receipt instead: tillctl ticket show, with its number.",
	},
	"TILL-0437": {
		cause: "There is no such device.",
		remedy: "Name one of those that tillctl device list shows; one that was added counts after a restart.",
	},
} as const satisfies Record<string, CodeText>;

/** The code of a refusal. */
export type RefusalCode = keyof typeof REFUSALS;

/** Faults: bad bytes, files, messages and configuration; device conditions; delivery failures; bugs (DESIGN section 4, kinds 2 to 4). */
export const FAULTS = {
	"TILL-0101": {
		cause: "An amount of money is beyond ±(2^53-1) minor units.",
		remedy: "This is a fault of the program: report it with the record number.",
	},
	"TILL-0102": {
		cause: "A division by zero in money.",
		remedy: "This is a fault of the program: report it with the record number.",
	},
	"TILL-0103": {
		cause: "A quantity is out of range.",
		remedy: "This is a fault of the program: report it with the record number.",
	},
	"TILL-0104": { cause: "A rate or percentage is out of range.", remedy: "Correct the configured rate." },
	"TILL-0105": {
		cause: "An amount cannot be spread.",
		remedy: "This is a fault of the program: report it with the record number.",
	},
	"TILL-0106": {
		cause: "An invariant of the ticket does not hold: lines are not tenders plus rounding.",
		remedy: "This is a fault of the program: nothing was written; report it.",
	},
	"TILL-0107": {
		cause: "An event cannot follow the state it was met in.",
		remedy: "The till goes on in recovery mode; report it with the record number.",
	},
	"TILL-0501": {
		cause: "The file of items or recalls has problems; nothing of it was imported.",
		remedy: "Correct the lines named, then import the file again.",
	},
	"TILL-0502": {
		cause: "The catalog file is not UTF-8.",
		remedy: "Save it again as UTF-8: in a spreadsheet choose CSV UTF-8, in an export choose the character set.",
	},
	"TILL-0503": {
		cause: "The catalog file is too large, or has more items than a till holds.",
		remedy: "Export the items of this shop only.",
	},
	"TILL-0504": {
		cause: "The catalog file cannot be read.",
		remedy: "Check the path, and that the service may read the file.",
	},
	"TILL-0505": {
		cause: "The catalog store cannot be opened or written.",
		remedy: "Check the disk: is it full, read-only or failing? The store holds no sales: delete it and import again.",
	},
	"TILL-0506": {
		cause: "The catalog store was written by a newer version of this program.",
		remedy: "Install that version again, or a later one; or delete the store and import the catalog again.",
	},
	"TILL-0507": {
		cause: "There is another catalog of this version's name.",
		remedy: "Give the new one another name: a version never changes.",
	},
	"TILL-0508": {
		cause: "Another import into the catalog is running.",
		remedy: "Wait until it has ended.",
	},
	"TILL-0601": {
		cause: "The journal is in use by another process.",
		remedy: "Only one tilld may run on a journal: stop the other one (systemctl status tilld).",
	},
	"TILL-0602": {
		cause: "SQLite did not take a setting that the journal's safety rests on.",
		remedy: "Check that the data directory lies on a local disk and not on a network or USB file system without locks.",
	},
	"TILL-0603": {
		cause: "The journal was written by a newer version of this program.",
		remedy: "Install that version again, or a later one: an older one never opens it.",
	},
	"TILL-0604": {
		cause: "The journal cannot be written; nothing was written.",
		remedy: "Check the disk: is it full, read-only or failing? What was asked for can be tried again.",
	},
	"TILL-0605": {
		cause: "A feed message would be larger than the feed carries; nothing was written.",
		remedy: "Close the ticket with fewer lines; report it with the number of lines.",
	},
	"TILL-0606": {
		cause:
			"A record or message does not have the form it must have, or its number was already given; nothing was written.",
		remedy: "This is a fault of the program: report it with the message.",
	},
	"TILL-0607": {
		cause: "A record or message of the journal is damaged: its bytes are not those its hash was taken of.",
		remedy: "Run tillctl journal verify; recover from the mirror, or adopt the journal.",
	},
	"TILL-0608": {
		cause: "A record is of a form that this version cannot read.",
		remedy: "Install the version that wrote it, or a later one.",
	},
	"TILL-0609": { cause: "There is no journal in the directory.", remedy: "Check the setting journal.directory." },
	"TILL-0610": {
		cause: "There is a journal in the directory already.",
		remedy: "Open it, or choose another directory: a journal is never written over.",
	},
	"TILL-0611": {
		cause:
			"The mirror holds more than the journal: the journal was restored from a copy, or lost its end or all of it.",
		remedy:
			"Is the journal's disk mounted? Then recover what is missing: tillctl journal recover. A new till needs an empty mirror.",
	},
	"TILL-0612": {
		cause: "The mirror holds another journal's records under this journal's numbers; it is left untouched.",
		remedy: "Keep that medium as evidence, put in an empty one, and run tillctl journal verify on both.",
	},
	"TILL-0613": {
		cause: "The mirror cannot be written or is not complete yet; selling goes on without the second copy.",
		remedy: "Check the second medium: is it in, is it full? The mirror catches up by itself.",
	},
	"TILL-0614": {
		cause: "The files of the journal do not belong together.",
		remedy: "Run tillctl journal verify; recover from the mirror, or adopt the journal.",
	},
	"TILL-0615": {
		cause: "The month may not be deleted: it is open, not the oldest, within the retention time or not all accepted.",
		remedy:
			"Wait until the relay has accepted everything and the retention time is past; delete the oldest month first.",
	},
	"TILL-0616": {
		cause: "The journal cannot be adopted.",
		remedy: "Check that the copy is complete; what is in its way stands in the message.",
	},
	"TILL-0617": { cause: "The journal is closed.", remedy: "This is a fault of the program: report it." },
	"TILL-0618": {
		cause: "The side file of personal data does not hold what was written.",
		remedy: "Report it; no ticket depends on it.",
	},
	"TILL-0620": {
		cause: "A file of the journal cannot be read as a database, or SQLite finds it damaged.",
		remedy: "Recover from the mirror; keep the damaged file.",
	},
	"TILL-0621": {
		cause: "A month of the journal is missing and no record says that it was deleted.",
		remedy: "Find the file, or recover it from the mirror.",
	},
	"TILL-0622": {
		cause: "The tables or triggers of a journal file were changed.",
		remedy: "Somebody changed the file with a tool: keep it, and recover from the mirror.",
	},
	"TILL-0623": { cause: "A record is missing.", remedy: "Keep the file, and recover from the mirror." },
	"TILL-0624": {
		cause: "A record was changed after it was written.",
		remedy: "Keep the file, and recover from the mirror.",
	},
	"TILL-0625": {
		cause: "The chain of records is broken: a record does not follow the one before it.",
		remedy: "Keep the file, and recover from the mirror.",
	},
	"TILL-0626": {
		cause: "A row of the journal says something else than its bytes.",
		remedy: "Keep the file, and recover from the mirror.",
	},
	"TILL-0627": { cause: "A feed message is missing.", remedy: "Keep the file, and recover from the mirror." },
	"TILL-0628": {
		cause: "A feed message was changed after it was written.",
		remedy: "Keep the file, and recover from the mirror; the relay holds the original if it was accepted.",
	},
	"TILL-0629": {
		cause: "The chain of feed messages is broken.",
		remedy: "Keep the file, and recover from the mirror.",
	},
	"TILL-0630": {
		cause: "The index of tickets or days does not agree with the records.",
		remedy: "Keep the file, and recover from the mirror.",
	},
	"TILL-0631": {
		cause: "The journal ends before a record or message that was confirmed outside the box: its end was cut off.",
		remedy: "Recover from the mirror, or adopt the journal.",
	},
	"TILL-0632": {
		cause: "The journal holds another record or message than the one that was confirmed outside the box.",
		remedy: "The journal was rewritten: keep it as evidence, recover from the mirror, or adopt the journal.",
	},
	"TILL-0633": {
		cause: "A month of the journal does not begin where the one before it ended.",
		remedy: "Keep the files, and recover from the mirror.",
	},
	...DEVICE_FAULTS,
	"TILL-0801": {
		cause: "The broker cannot be reached.",
		remedy: "Check the network cable and the broker's address; selling goes on, what is waiting is sent by itself.",
	},
	"TILL-0802": {
		cause: "The broker does not let this box in: wrong user, password or client certificate.",
		remedy: "Check the configured credentials against the broker's.",
	},
	"TILL-0803": {
		cause: "The broker's certificate is not trusted, has expired, or is not yet valid by this box's clock.",
		remedy: "Check the clock of the box, then the configured CA file and the broker's certificate.",
	},
	"TILL-0804": {
		cause: "The broker is another machine and the connection is not encrypted.",
		remedy: "Use mqtts:// in the setting mqtt.url, or write insecure: true and live with the warning.",
	},
	"TILL-0805": {
		cause: "The broker refuses a subscription.",
		remedy: "Compare the broker's access list with the generated one.",
	},
	"TILL-0806": {
		cause: "A file of the broker's credentials cannot be read.",
		remedy: "Check that the file is there and that the service may read it.",
	},
	"TILL-0807": {
		cause: "Something other than a proper message arrived on one of this box's topics; it was left aside.",
		remedy: "Find out who else may write to the broker; the log says on which topic.",
	},
	"TILL-0808": {
		cause: "The relay has not accepted what was sent; it is sent again.",
		remedy: "Check that the relay is running; nothing is lost, it waits in the journal.",
	},
	"TILL-0809": {
		cause: "The journal cannot be read for the feed.",
		remedy: "Run tillctl journal verify; the feed tries again by itself.",
	},
	"TILL-0811": {
		cause: "The relay asks for messages that are no longer on this box.",
		remedy: "Take them from the relay's archive or from an exported feed file.",
	},
	"TILL-0812": {
		cause: "A message from the broker could not be stored; the broker is asked to hand it out again.",
		remedy: "Check the disk and the database of the relay; the log says what failed.",
	},
	"TILL-0813": {
		cause: "The relay holds messages of this journal that the box does not: the journal is a restored copy.",
		remedy: "The till goes on under a new journal id by itself. Check that the box it was copied from stands still.",
	},
	"TILL-0814": {
		cause: "The relay holds another message under a number of this journal: the journal was continued twice.",
		remedy: "Find the other box with the same journal, stop one of them, and adopt the journal on the other.",
	},
	"TILL-0815": {
		cause: "A user name for the broker is empty, stands twice, or holds characters a broker cannot take.",
		remedy: "Use letters, digits, dot, dash and underscore, and each name once.",
	},
	"TILL-0821": {
		cause: "A feed file cannot be read or written.",
		remedy:
			"Check the medium: is it in, is it full, may the service use it? As a service it sees no home directories and no /tmp but its own.",
	},
	"TILL-0822": {
		cause: "The file does not begin as a feed file does, or is of a newer version.",
		remedy: "Check that it is the right file; otherwise update this program.",
	},
	"TILL-0823": {
		cause: "A line of the feed file is not the message that belongs there.",
		remedy: "The file is damaged: nothing was taken in. Export it again from the till.",
	},
	"TILL-0824": {
		cause: "The messages of the feed file do not form an unbroken chain.",
		remedy: "The file is damaged or was changed: nothing was taken in. Export it again from the till.",
	},
	"TILL-0825": {
		cause: "The feed file has no end, or its count or checksum is wrong.",
		remedy: "The copy is incomplete or damaged: nothing was taken in. Copy or export it again.",
	},
	"TILL-0901": {
		cause: "A request failed inside the service.",
		remedy: "This is a fault of the program: report it with the log lines around it.",
	},
	"TILL-0902": { cause: "A control request is not understood.", remedy: "Use the tillctl that came with the service." },
	"TILL-0903": {
		cause: "Another service answers on the control socket.",
		remedy: "Stop it first (systemctl stop tilld, or till-relay), or give each its own controlSocket.",
	},
	"TILL-0904": {
		cause: "The service does not answer on its control socket.",
		remedy:
			"See whether it runs (systemctl status tilld, or till-relay) and whether you are in the group of its socket.",
	},
	"TILL-1001": {
		cause: "The settings file cannot be read.",
		remedy: "Check the path, and that whoever reads the file may: the service, or you (sudo).",
	},
	"TILL-1002": {
		cause: "The settings file is no YAML, or names a setting twice.",
		remedy: "Correct the lines named; blanks at the beginning of a line count, tabs are not allowed there.",
	},
	"TILL-1003": {
		cause: "Settings are wrong, missing or unknown.",
		remedy: "Correct the lines named; src/config/schema/generated lists every setting.",
	},
	"TILL-1004": {
		cause: "The settings file says no version, or one that there never was.",
		remedy: "Write version: 1 as its first line.",
	},
	"TILL-1005": {
		cause: "The settings file is for a newer version of this program.",
		remedy: "Install that version, or restore the settings that came before it (the .bak file beside it).",
	},
	"TILL-1006": {
		cause: "A file that holds a secret cannot be read, is empty or is too long.",
		remedy: "Check the path in the settings, and that the service may read the file.",
	},
	"TILL-1007": {
		cause: "The time zone is unknown.",
		remedy: "Write an IANA name such as Europe/Oslo as timeZone.",
	},
	"TILL-1008": {
		cause: "The settings file could not be brought to this version's form.",
		remedy: "Check that the service may write its directory; the file is as it was.",
	},
	"TILL-1009": {
		cause: "The settings file could not be written; it is as it was.",
		remedy: "Run the command as root (sudo), and check that the disk is neither full nor read-only.",
	},
	"TILL-1010": {
		cause: "The settings file is written in a way that a program cannot add to; it is as it was.",
		remedy: "Add the lines named by hand.",
	},
	"TILL-0905": {
		cause: "The journal belongs to another store or till, or is in another currency, than the configuration says.",
		remedy: "Correct store, till and currency in till.yaml; they are fixed for life.",
	},
	"TILL-0906": {
		cause: "The feed has no message from that number on.",
		remedy: "Everything is accepted already; give --from to export older messages.",
	},
	"TILL-0907": {
		cause: "The control socket cannot be made.",
		remedy: "Check controlSocket in the settings: its folder must be there, and nothing else may lie at that path.",
	},
	"TILL-0908": {
		cause: "As many programs speak to the service over its control socket as it serves at a time.",
		remedy: "Try again in a minute; end commands that hang.",
	},
	"TILL-0909": {
		cause: "The configuration is for another country than this build of the program.",
		remedy: "Install the package of the country that till.yaml names; what a country forbids is not in its package.",
	},
	"TILL-0910": {
		cause: "The till is being stopped, or goes on with another journal.",
		remedy: "Try again in a few seconds.",
	},
} as const satisfies Record<string, CodeText>;
