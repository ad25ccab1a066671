import { describe, expect, it } from "vitest";
import { relayConfigSchema } from "../../../src/config/schema/relay-config.ts";

const STORE = { company: "shop", cono: 100, divi: "AAA", whlo: "001" };
const MQTT = { url: "mqtt://127.0.0.1:1883" };

const problemsOf = (config: object): string[] => {
	const read = relayConfigSchema.safeParse({ version: 1, mqtt: MQTT, ...config });
	return read.success ? [] : read.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
};

describe("relay.yaml", () => {
	it("needs no more than the broker; M3's own codes have their defaults", () => {
		const { mapping, m3, powerOffice } = relayConfigSchema.parse({ version: 1, mqtt: MQTT });
		expect([m3, powerOffice]).toEqual([undefined, undefined]);
		expect(mapping.m3.recordTypes.sale.xrcd).toBe("1000");
		expect(mapping.m3.paymentRecordTypes.cashSale).toBe("1990");
		expect(mapping.m3.roundingPaymentMethod).toBe("RND");
	});

	it("refuses a warehouse that two stores share, since M3's ticket reference is unique per warehouse only", () => {
		const stores = { S1: STORE, S2: STORE, S3: { ...STORE, cono: 200 } };
		expect(problemsOf({ mapping: { stores } })).toEqual(["mapping.stores.S2.whlo: is the warehouse of store S1"]);
	});

	it("refuses a tender with the payment method of cash rounding: in M3 its sum would never be that of the till", () => {
		const tenders = { cash: { paymentMethod: "CSH" }, coin: { paymentMethod: "RND" } };
		expect(problemsOf({ mapping: { tenders } })).toEqual([
			"mapping.tenders.coin.paymentMethod: is that of cash rounding: M3 could not tell them apart",
		]);
		expect(problemsOf({ mapping: { tenders, m3: { roundingPaymentMethod: "ROU" } } })).toEqual([]);
	});

	it("sends secrets by https only, but for this machine", () => {
		const m3 = (baseUrl: string) => ({ m3: { access: { kind: "basic", baseUrl, user: "u", passwordFile: "f" } } });
		expect(problemsOf(m3("http://127.0.0.1:8080/m3api-rest"))).toEqual([]);
		expect(problemsOf(m3("https://m3.example/m3api-rest"))).toEqual([]);
		expect(problemsOf(m3("http://m3.example/m3api-rest"))).toHaveLength(1);
		expect(problemsOf(m3("http://localhost.example/m3api-rest"))).toHaveLength(1);
	});

	it("names every problem at once, each with its path", () => {
		const found = problemsOf({
			colour: "blue",
			mqtt: { url: "mqtt://10.0.0.1" },
			mapping: {
				stores: { s1: STORE, S2: { ...STORE, whlo: "TOOLONG" } },
				tenders: { cash: { paymentMethod: "CASH" } },
			},
		});
		expect(found.map((problem) => problem.split(":")[0]).toSorted()).toEqual([
			"",
			"mapping.stores.S2.whlo",
			"mapping.stores.s1",
			"mapping.tenders.cash.paymentMethod",
		]);
	});
});
