import type { CatalogItem } from "../catalog/core/item.ts";
import type { LabelValue } from "../catalog/core/label-value.ts";
import type { ScanCode } from "../events/ticket-document.ts";

/** Sell an item that was found in the catalog. */
export interface SellItem {
	readonly command: "SellItem";
	readonly item: CatalogItem;
	readonly catalogVersion: string;
	readonly scanCode: ScanCode;
	/** As typed, in the item's unit; null for one. */
	readonly quantityText: string | null;
	/** What the code says of quantity and price; null when it says nothing. */
	readonly label: LabelValue | null;
}

/** Take a tender. */
export interface TakeTender {
	readonly command: "TakeTender";
	readonly tenderType: string;
	/** As typed; null for what is left. */
	readonly amountText: string | null;
	/** Currency typed with the amount; null for the till's own. */
	readonly currency: string | null;
}

/** Close a ticket that needs no (more) tender. */
export interface CloseTicket {
	readonly command: "CloseTicket";
}

/** What an operator can want of the open ticket. */
export type TicketCommand = SellItem | TakeTender | CloseTicket;
