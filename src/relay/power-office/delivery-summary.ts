import type { DeliverySummary, TillBacklog } from "../delivery.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { deliveryFromJson } from "./delivery-schema.ts";
import type { Delivery } from "./delivery-state.ts";

/** Held Zs named per till; the rest is in the counts. */
const HELD_PER_TILL_MAX = 20;

interface OpenZ {
	readonly store: string;
	readonly till: string;
	readonly z: number;
	readonly delivery: Delivery;
}

const openZs = (ledger: Ledger): OpenZ[] =>
	ledger
		.statement<{ store: string; till: string; z: number; json: string }>(
			`SELECT store, till, z, delivery AS json FROM power_office_voucher
			WHERE state NOT IN ('booked', 'reversed', 'nothing') ORDER BY store, till, z`,
		)
		.all()
		.map(({ json, ...key }) => ({ ...key, delivery: deliveryFromJson(json) }));

const backlogOf = (store: string, till: string, zs: readonly OpenZ[]): TillBacklog => {
	const isHeld = ({ delivery }: OpenZ): boolean => delivery.state.name === "held";
	const waiting = zs.filter((z) => !isHeld(z)).flatMap(({ delivery }) => delivery.reasons);
	const counted = Map.groupBy(waiting, ({ code, detail }) => `${code} ${detail}`);
	return {
		store,
		till,
		waiting: [...counted.values()].flatMap((same) =>
			same.slice(0, 1).map(({ code, detail }) => ({ code, reason: detail, count: same.length })),
		),
		quarantined: zs
			.filter(isHeld)
			.slice(0, HELD_PER_TILL_MAX)
			.map(({ z, delivery }) => ({
				key: `Z ${z}`,
				code: delivery.reasons[0]?.code ?? null,
				reason: delivery.reasons.map(({ detail }) => detail).join("; "),
			})),
	};
};

/** Where the delivery to PowerOffice Go stands. */
export const powerOfficeSummary = (ledger: Ledger): DeliverySummary => {
	const states = ledger
		.statement<{ state: string; n: number }>("SELECT state, count(*) AS n FROM power_office_voucher GROUP BY state")
		.all();
	const open = openZs(ledger);
	const byTill = Map.groupBy(open, ({ store, till }) => `${store}/${till}`);
	const denied = open.flatMap(({ delivery }) => delivery.reasons).find(({ code }) => code === "RELAY-3016");
	return {
		states: Object.fromEntries(states.map(({ state, n }) => [state, n])),
		tills: [...byTill].map(([name, zs]) => {
			const [store = "", till = ""] = name.split("/");
			return backlogOf(store, till, zs);
		}),
		unknown: open
			.filter(({ delivery }) => delivery.reasons.some(({ code }) => code === "RELAY-3013"))
			.map(({ store, till, z, delivery }) => ({
				key: `${store}/${till} Z ${z}`,
				detail: delivery.reasons.map(({ detail }) => detail).join("; "),
			})),
		pausedBy: denied?.detail ?? null,
	};
};
