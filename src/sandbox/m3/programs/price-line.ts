import { formatDecimal, multiplyDivide, parseDecimal, wholeNumber, ZERO } from "../decimal.ts";
import { type MiCall, type MiOutcome, nok, ok } from "../execute/mi-call.ts";
import { unitFactor } from "../master-data/master-data-book.ts";
import type { M3State } from "../state.ts";
import { companyOf } from "./round-numbers.ts";

/**
 * OIS320MI GetPriceLine (m3.md section 2): the customer's price or the general one, for the ordered quantity (1 when it is
 * not given): SAPR a SACD units, line discount 1 in percent (DIP1) and amount (DIA1), NETP, LNAM, TINC. Rounded to the
 * currency's decimals on the line.
 */
export function getPriceLine(state: M3State, call: MiCall): MiOutcome {
	const { book } = state;
	const [cuno, itno] = [call.record["CUNO"] ?? "", call.record["ITNO"] ?? ""];
	if (book.customer(cuno) === undefined) return nok("XIM0002", "CUNO", "Customer number is invalid");
	const item = book.item(itno);
	if (item === undefined) return nok("OPX1012", "ITNO", `Item number ${itno} does not exist`);
	const alun = call.record["ALUN"] || item.unms;
	const factor = unitFactor(item, alun);
	if (factor === undefined) return nok("OPX1013", "ALUN", `Unit ${alun} is not a unit of ${itno}`);
	const division = book.division(companyOf(call), call.session.divi);
	const cucd = call.record["CUCD"] || (division?.currency ?? "");
	const price = book.price(itno, cucd, cuno);
	if (price === undefined && state.switches.missingPrice === "refused") {
		return nok("OPX4004", "ITNO", `No sales price for ${itno} in ${cucd}`);
	}
	const decimals = book.currency(cucd)?.decimals ?? 2;
	const unit = wholeNumber(1);
	const quantity = parseDecimal(call.record["ORQA"] ?? "") ?? unit;
	const salesPrice = parseDecimal(price?.price ?? "0") ?? ZERO;
	const percent = parseDecimal(price?.discountPercent ?? "0") ?? ZERO;
	const per = wholeNumber(price?.per ?? 1);
	const inSalesUnits = multiplyDivide(quantity, factor, unit, 6);
	const full = multiplyDivide(inSalesUnits, salesPrice, per, decimals);
	const discount = multiplyDivide(full, percent, wholeNumber(100), decimals);
	const netPrice = salesPrice - multiplyDivide(salesPrice, percent, wholeNumber(100), decimals);
	return ok({
		WHLO: call.record["WHLO"] ?? "",
		SAPR: formatDecimal(salesPrice, decimals),
		SACD: String(price?.per ?? 1),
		SPUN: item.unms,
		ORQA: formatDecimal(quantity, 0),
		ALUN: alun,
		CUCD: cucd,
		LNAM: formatDecimal(full - discount, decimals),
		NETP: formatDecimal(netPrice, decimals),
		DIA1: formatDecimal(discount, decimals),
		DIP1: formatDecimal(percent, 2),
		TINC: price?.vatIncluded === true ? "1" : "0",
		NTCD: "0",
	});
}
