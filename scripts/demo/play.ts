import type { ShopTill } from "../shop/shop.ts";

/** Item A of Infor's page. */
const ITEM_A = "7038010001659";
const DINNER = "7038010000010";
const TAKE_AWAY = "7038010000027";
const BEER = "7038010000034";
const SODA = "7038010000041";

/** Receipt number of till 1's ticket, by the start value of its series. */
export const FIRST_RECEIPT = 123_456;

/** How many guests eat in, and how many take away: 25 x 700.00 and 10 x 115.00 make the page's 18 650.00. */
const DINERS = 25;
const TAKE_AWAYS = 10;

/** Of the diners, those who pay all in cash: 7 x 700.00; the next one pays 100.00 in cash and the rest by Visa. */
const CASH_DINERS = 7;

const scan = (till: ShopTill, code: string, times = 1): void => {
	const scanner = till.bench.scanners.get("scanner");
	if (scanner === undefined) throw new Error("the till has no virtual scanner");
	for (let count = 0; count < times; count += 1) scanner.scan(code);
};

const tender = (till: ShopTill, tenderType: string, amountText: string | null = null): void => {
	const { refusal } = till.running.submit("operator", { type: "Tendered", tenderType, amountText, currency: null });
	if (refusal !== undefined) throw new Error(`${refusal.code} for ${tenderType} ${amountText ?? "(the rest)"}`);
};

/** Waits until the till's printer has cut off the paper of the last ticket: no guest is served before. */
export type PaperOut = () => Promise<void>;

/** The ticket of the M3 document: Item A, 500.00 by Master Card, 400.00 back in cash. */
export const playCashSale = async (till: ShopTill, paperOut: PaperOut): Promise<void> => {
	scan(till, ITEM_A);
	tender(till, "mc", "500.00");
	await paperOut();
};

/** The Friday night of the PowerOffice document, guest by guest. */
export const playFridayNight = async (till: ShopTill, paperOut: PaperOut): Promise<void> => {
	for (let guest = 0; guest < DINERS; guest += 1) {
		scan(till, DINNER, 4);
		scan(till, BEER);
		scan(till, SODA, 2);
		if (guest < CASH_DINERS) tender(till, "cash");
		else if (guest === CASH_DINERS) {
			tender(till, "cash", "100");
			tender(till, "visa");
		} else tender(till, "visa");
		await paperOut();
	}
	for (let guest = 0; guest < TAKE_AWAYS; guest += 1) {
		scan(till, TAKE_AWAY);
		tender(till, "visa");
		await paperOut();
	}
};
