import { type MiCall, type MiOutcome, nok, ok } from "../execute/mi-call.ts";
import { findTransaction } from "../metadata/programs.ts";
import type { M3State } from "../state.ts";

/** MMS200MI GetItmBasic: an item's name, units and VAT code (m3.md section 3). */
export function getItmBasic(state: M3State, call: MiCall): MiOutcome {
	const itno = call.record["ITNO"] ?? "";
	const item = state.book.item(itno);
	if (item === undefined) return nok("OPX1012", "ITNO", `Item number ${itno} does not exist`);
	return ok({ STAT: "20", ITNO: itno, ITDS: item.itds, UNMS: item.unms, VTCS: item.vtcs, SPUN: item.unms, SALE: "1" });
}

/** MNS150MI GetUserData: company, division, facility, warehouse and formats of a user, the caller when USID is empty. */
export function getUserData(state: M3State, call: MiCall): MiOutcome {
	const usid = call.record["USID"] || call.session.usid;
	const user = state.book.user(usid);
	if (user === undefined) return nok("OPX4005", "USID", `User ${usid} does not exist`);
	const { cono, divi, faci, whlo, name } = user;
	const currency = state.book.division(cono, divi);
	return ok({
		USID: usid,
		NAME: name,
		CONO: cono,
		DIVI: divi,
		FACI: faci,
		WHLO: whlo,
		LANC: "GB",
		DTFM: "YMD",
		DCFM: ".",
		TIZO: "UTC",
		CONM: currency?.name ?? "",
		USTA: "20",
	});
}

/** GetUserInfo, which every MI program has: the cheap "am I logged in, which CONO/DIVI" probe (m3.md section 1). */
export function getUserInfo(state: M3State, call: MiCall): MiOutcome {
	const user = state.book.user(call.session.usid);
	return ok({
		ZZUSID: call.session.usid,
		ZDCONO: call.session.cono,
		ZDDIVI: call.session.divi,
		ZDFACI: user?.faci ?? "",
		ZZWHLO: user?.whlo ?? "",
		ZDLANC: "GB",
		ZDDTFM: "YMD",
		DSEP: ".",
		TSEP: "",
		TIZO: "UTC",
		USFN: user?.name ?? "",
	});
}

/** GetServerTime, which every MI program has: date yyyyMMdd, time HHmmss and milliseconds since 1970, in UTC. */
export function getServerTime(state: M3State): MiOutcome {
	const milliseconds = state.now();
	const digits = new Date(milliseconds).toISOString().replace(/\D/g, "");
	return ok({ DATE: digits.slice(0, 8), TIME: digits.slice(8, 14), LMTS: String(milliseconds) });
}

/** First position after the 15 characters of the transaction's name in the fixed-width form (m3.md section 5). */
const FIRST_POSITION = 16;

/** MRS001MI LstFields: the fields of a transaction's input (I) or output (O) from the embedded metadata (m3.md section 3). */
export function lstFields(call: MiCall): MiOutcome {
	const [minm, trnm, trtp] = [call.record["MINM"] ?? "", call.record["TRNM"] ?? "", call.record["TRTP"] ?? ""];
	const transaction = findTransaction(minm, trnm);
	if (transaction === undefined) return nok("OPX4006", "TRNM", `Transaction ${trnm} of ${minm} does not exist`);
	if (trtp !== "I" && trtp !== "O") return nok("OPX4007", "TRTP", "Layout type must be I or O");
	let position = FIRST_POSITION;
	const records = (trtp === "I" ? transaction.input : transaction.output).map((field) => {
		const from = position;
		position += field.length;
		return {
			MINM: minm,
			TRNM: trnm,
			TRTP: trtp,
			FLNM: field.name,
			FLDS: field.description,
			FRPO: String(from),
			TOPO: String(position - 1),
			LENG: String(field.length),
			TYPE: field.type,
			MAND: field.mandatory ? "1" : "0",
		};
	});
	return { kind: "ok", records };
}
