import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { dotsPng } from "../../../drivers/paper/picture/dots-png.ts";
import { drivers } from "../../../drivers/registry.ts";
import { createVirtualBench } from "../../../drivers/virtual/virtual-bench.ts";
import { norway } from "../../../src/cli/compose.no.ts";
import { type RunningTill, runTill } from "../../../src/cli/till/run-till.ts";
import { tillConfigSchema } from "../../../src/config/schema/till-config.ts";
import { createClock } from "../../../src/runtime/node/clock.ts";
import { createEntropy } from "../../../src/runtime/node/entropy.ts";
import { createTimers } from "../../../src/runtime/node/timers.ts";
import { boxConfig, catalogFile } from "../../faults/support/box-config.ts";
import { recordingLogger } from "../../support/manual-runtime.ts";
import { tempDir } from "../../support/temp-dir.ts";

/** A till with a virtual printer of that profile and a logo; the papers it cut off. */
const tillWithLogo = async (
	logo: string,
	profile = "virtual-printer",
): Promise<{ till: RunningTill; papers: Promise<readonly string[]>; logger: ReturnType<typeof recordingLogger> }> => {
	const directory = tempDir();
	const { promise: papers, resolve } = Promise.withResolvers<readonly string[]>();
	const bench = createVirtualBench({ onPaper: (_, lines) => resolve(lines) });
	const logger = recordingLogger();
	const devices = [{ deviceClass: "POSPrinter", id: "printer", profile, port: { transport: "virtual" } }];
	const till = await runTill({
		config: tillConfigSchema.parse(boxConfig(directory, "mqtt://127.0.0.1:1", {}, { devices, receipt: { logo } })),
		country: norway,
		drivers: [...bench.drivers, ...drivers],
		clock: createClock({ timeZone: "Europe/Oslo" }),
		timers: createTimers(),
		entropy: createEntropy(),
		logger,
		onAlive: () => undefined,
	});
	onTestFinished(() => till.stop("the test is over"));
	await till.importCatalog(catalogFile(directory), undefined, () => undefined);
	till.submit("operator", { type: "DayOpenRequested", businessDate: null });
	till.submit("operator", { type: "Typed", code: "BEER", quantityText: null });
	till.submit("operator", { type: "Tendered", tenderType: "cash", amountText: "100", currency: null });
	return { till, papers, logger };
};

const logoFile = (widthDots: number): string => {
	const path = join(tempDir(), "logo.png");
	writeFileSync(path, dotsPng({ widthDots, rows: 40, bits: new Uint8Array((widthDots / 8) * 40).fill(0xff) }));
	return path;
};

describe("a till with a logo", () => {
	it("prints it at the head of the receipt, fitted to the paper", async () => {
		const { till, papers } = await tillWithLogo(logoFile(1_008));
		expect((await papers).slice(0, 3)).toEqual(["[picture of 504 x 20 dots]", "", "Sales receipt"]);
		expect(till.status().warnings).not.toContain("Logo.Unusable");
	});

	it.each([
		["cannot be read", "/nowhere/logo.png", "virtual-printer", "/nowhere/logo.png cannot be read: ENOENT"],
		[
			"the printer has no pictures",
			"/nowhere/logo.png",
			"generic-escpos-58mm",
			"Generic ESC/POS 58 mm prints no pictures",
		],
	])("whose logo %s says so and sells without it", async (_, logo, profile, why) => {
		const { till, papers, logger } = await tillWithLogo(logo, profile);
		// The small printer has no cutter: its paper ends with the next one.
		if (profile === "generic-escpos-58mm") till.submit("operator", { type: "CopyRequested", receiptNumber: 1 });
		expect((await papers)[0]).toBe("Sales receipt");
		expect(till.status().warnings).toContain("Logo.Unusable");
		expect(logger.lines).toContainEqual(
			expect.objectContaining({
				level: "warn",
				fields: expect.objectContaining({ code: "TILL-0703", why: expect.stringContaining(why) }),
			}),
		);
	});
});
