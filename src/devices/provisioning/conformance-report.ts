import { z } from "zod";
import { FAULTS } from "../../events/codes.ts";
import type { CheckResult } from "./device-bench.ts";

const words = z.string().max(400);

const checkSchema = z.strictObject({
	check: z
		.enum([
			"online",
			"conditions",
			"print",
			"paper",
			"letters",
			"codes",
			"cut",
			"pulse",
			"opened",
			"sense",
			"show",
			"read",
			"scan",
		])
		.describe("What was tried"),
	result: z.enum(["passed", "failed", "notKnown"]).describe("notKnown: nobody looked, or the device cannot tell"),
	detail: words.describe("What was found, or what the person was asked"),
	answer: z.boolean().nullable().describe("What the person answered; null when nobody was asked"),
	code: z.string().nullable().describe("Of a failed check: tillctl explain knows it"),
});

/** What a technician files about one device: what it is, what was tried, what a person saw. Nothing of persons or sales. */
export const conformanceReportSchema = z
	.strictObject({
		form: z.literal("tilld-conformance"),
		version: z.literal(1),
		at: z.string().describe("When it was tried: ISO 8601 with the box's offset"),
		program: z.strictObject({ version: words, node: words, platform: words }),
		device: z.strictObject({
			id: words,
			deviceClass: z.enum(["POSPrinter", "CashDrawer", "LineDisplay", "Scanner"]),
			/** Of a drawer: the profile of the printer it hangs on. */
			profile: words,
			vendor: words,
			model: words,
			evidence: z.strictObject({ level: z.enum(["verified", "manual", "unverified"]), source: words }),
			transport: words.describe("Kind of the port"),
			usb: words.nullable().describe("Vendor and product id, where it is plugged into USB"),
		}),
		through: z.enum(["service", "port"]).describe("Whether the running till tried it, or the command itself"),
		reported: z
			.strictObject({ maker: words.nullable(), model: words.nullable(), firmware: words.nullable() })
			.nullable()
			.describe("What the printer says of itself; null when it could not be asked"),
		checks: z.array(checkSchema),
		verdict: z
			.enum(["passed", "failed", "incomplete"])
			.describe("failed: at least one check; incomplete: none failed, some are not known"),
	})
	.describe("Conformance report of one device");

/** See {@link conformanceReportSchema}. */
export type ConformanceReport = z.output<typeof conformanceReportSchema>;

/** What all checks together come to. */
export const verdictOf = (checks: readonly CheckResult[]): ConformanceReport["verdict"] => {
	if (checks.some(({ result }) => result === "failed")) return "failed";
	return checks.some(({ result }) => result === "notKnown") ? "incomplete" : "passed";
};

const RESULTS: Readonly<Record<CheckResult["result"], string>> = {
	passed: "ok",
	failed: "FAILED",
	notKnown: "not known",
};

const VERDICTS: Readonly<Record<ConformanceReport["verdict"], string>> = {
	passed: "Everything that was tried works.",
	failed: "Something does not work.",
	incomplete: "Nothing failed; what is not known was not looked at, or the device cannot tell.",
};

const checkText = ({ check, result, detail, answer, code }: ConformanceReport["checks"][number]): string[] => {
	const said = answer === null ? "" : `  - the person said ${answer ? "yes" : "no"}`;
	const fault = code === null ? undefined : FAULTS[code as keyof typeof FAULTS];
	return [
		`  ${RESULTS[result].padEnd(10)} ${check.padEnd(11)} ${detail}${said}`,
		...(fault === undefined ? [] : [`             ${code ?? ""}: ${fault.cause} ${fault.remedy}`]),
	];
};

/** The checks in words, each failed one with cause and remedy. */
export const checksText = ({ checks, verdict }: Pick<ConformanceReport, "checks" | "verdict">): string =>
	[...checks.flatMap(checkText), VERDICTS[verdict]].join("\n");

/** The report as text to be filed. */
export const conformanceText = (report: ConformanceReport): string => {
	const { device, program, reported } = report;
	const said =
		reported === null ? "not asked" : [reported.maker, reported.model, reported.firmware].map((one) => one ?? "-");
	return [
		"tilld conformance report",
		"",
		`time       ${report.at}`,
		`program    tilld ${program.version}, Node ${program.node}, ${program.platform}`,
		`device     ${device.id}, ${device.deviceClass}`,
		`model      ${device.vendor} ${device.model}`,
		`profile    ${device.profile} (${device.evidence.level}: ${device.evidence.source})`,
		`port       ${device.transport}${device.usb === null ? "" : `, USB ${device.usb}`}`,
		`tried by   ${report.through === "service" ? "the running till" : "the command, with no till running"}`,
		`says       ${Array.isArray(said) ? said.join(", ") : said}`,
		"",
		checksText(report),
		"",
	].join("\n");
};
