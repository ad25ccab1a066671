import { describe, expect, it } from "vitest";
import type { GoClient, GoVatCode } from "../../../src/relay/power-office/go-client.ts";
import { makeVoucher } from "../../../src/relay/power-office/make-voucher.ts";
import { masterData } from "../../../src/relay/power-office/master-data.ts";
import { manualClock } from "../../support/manual-runtime.ts";
import { voucherMappingOf } from "./support/mapping.ts";
import { dayOf } from "./support/tickets.ts";

const code = (id: string, name: string, validTo: string | null = null, validFrom = "2010-01-01"): GoVatCode => ({
	id,
	code: name,
	validFrom,
	validTo,
});

const voucherOf = (businessDate: string) => {
	const { report, tickets } = dayOf([{ lines: [{ group: "FOOD", gross: 100 }], tenders: [["visa", 100]] }], {
		businessDate,
	});
	const made = makeVoucher({ day: report, tickets, mapping: voucherMappingOf(), revision: 1 });
	if (made.kind !== "voucher") throw new Error("the day makes a voucher");
	return made.voucher;
};

describe("what is known of a client's master data", () => {
	it("is asked for again after an hour: a VAT rate that ended meanwhile is not posted with its old id", async () => {
		const clock = manualClock();
		let vatCodes = [code("1", "0"), code("2", "3")];
		const client: Pick<GoClient, "accounts" | "vatCodes"> = {
			accounts: (numbers) => Promise.resolve({ kind: "ok", value: new Map(numbers.map((no) => [String(no), "9"])) }),
			vatCodes: () => Promise.resolve({ kind: "ok", value: vatCodes }),
		};
		const master = masterData(client as GoClient, clock);
		const idOf = async (businessDate: string): Promise<string | undefined> => {
			const resolution = await master.resolve(voucherOf(businessDate));
			return resolution.kind === "resolved" ? resolution.ids.vatCodes.get("3") : resolution.kind;
		};
		expect(await idOf("2026-12-30")).toBe("2");
		vatCodes = [code("1", "0"), code("2", "3", "2026-12-31"), code("3", "3", null, "2027-01-01")];
		clock.advance(2 * 86_400_000);
		expect(await idOf("2026-12-31")).toBe("2");
		expect(await idOf("2027-01-01")).toBe("3");
	});
});
