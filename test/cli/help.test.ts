import { describe, expect, it } from "vitest";
import { tillRelay } from "../../src/cli/relay/program.ts";
import { tillctl } from "../../src/cli/tillctl/program.ts";
import { VERSION } from "../../src/cli/version.ts";
import type { DeviceClass, DeviceCondition, DeviceState } from "../../src/devices/contract/devices.ts";
import { FAULTS, REFUSALS } from "../../src/events/codes.ts";
import { CONDITIONS } from "../../src/events/conditions.ts";
import { RELAY_CODES } from "../../src/relay/codes.ts";
import { readinessOf, type Surroundings } from "../../src/till/readiness.ts";
import { EMPTY_STATE } from "../../src/till/state.ts";
import { stampAt } from "../support/ticket-fixture.ts";
import { collecting, type Told } from "./support/commander.ts";

const PROGRAMS = {
	tillctl: (...args: readonly string[]): Promise<Told> => collecting((streams) => tillctl(args, streams)),
	"till-relay": (...args: readonly string[]): Promise<Told> => collecting((streams) => tillRelay(args, streams)),
};

type ProgramName = keyof typeof PROGRAMS;

/** Names of the commands in a help text. */
const commandsOf = (help: string): string[] => {
	const section = /\nCommands:\n([\s\S]*?)(\n\n|$)/.exec(help)?.[1] ?? "";
	return [...section.matchAll(/^ {2}([a-z][a-z0-9-]*)/gm)]
		.map((match) => match[1] ?? "")
		.filter((name) => name !== "help");
};

/** Every verb of a program with its help: walked as a person would, from help to help. */
const verbsOf = async (
	program: ProgramName,
	path: readonly string[] = [],
): Promise<{ path: readonly string[]; help: string }[]> => {
	const { code, out } = await PROGRAMS[program](...path, "--help");
	expect({ path, code }).toEqual({ path, code: 0 });
	// A name that is no command is answered with the help of the one above it.
	expect(out).toContain(`Usage: ${[program, ...path].join(" ")} [`);
	const commands = commandsOf(out);
	if (commands.length === 0) return [{ path, help: out }];
	const below = await Promise.all(commands.map((name) => verbsOf(program, [...path, name])));
	return below.flat();
};

/** Words behind a term in a help text's list; undefined when the term is not listed, "" when nothing is said of it. */
const wordsOn = (help: string, term: string): string | undefined => {
	const escaped = term.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
	return new RegExp(`^ {2}(?:-[a-zA-Z], )?${escaped}(?: [^ ]+)?(?: {2,}|\\n {3,})?(.*)$`, "m").exec(help)?.[1];
};

/** What a verb's help does not say. */
const lacksOf = (verb: string, help: string): string[] => {
	const usage = (/^Usage: (.*)$/m.exec(help)?.[1] ?? "").replace("[options]", "");
	const argumentNames = [...usage.matchAll(/[<[]([a-zA-Z]+)[>\]]/g)].map((match) => match[1] ?? "");
	const options = [...help.matchAll(/^ {2}(?:-[a-zA-Z], )?(--[a-z-]+)/gm)].map((match) => match[1] ?? "");
	return [
		...(/^Usage: .*\n\n[a-z].{10,}/.test(help) ? [] : [`${verb}: what it does`]),
		...(help.includes("Exit codes: 0 done") ? [] : [`${verb}: its exit codes`]),
		...["--help", "--json"].filter((option) => !options.includes(option)).map((option) => `${verb}: ${option}`),
		...[...argumentNames, ...options]
			.filter((term) => !/\w/.test(wordsOn(help, term) ?? ""))
			.map((term) => `${verb}: ${term}`),
	];
};

describe.each(["tillctl", "till-relay"] as const)("the help of %s", (program) => {
	it("says of every verb what it does, of every argument and option what it is, and what exit codes mean", async () => {
		const verbs = await verbsOf(program);
		expect(verbs.length).toBeGreaterThan(8);
		expect(verbs.flatMap(({ path, help }) => lacksOf([program, ...path].join(" "), help))).toEqual([]);
	});

	it("says its version", async () => {
		expect(await PROGRAMS[program]("--version")).toEqual({ code: 0, out: `${VERSION}\n`, err: "" });
	});

	it.each([
		["a verb that there is not", ["sell"]],
		["an option that there is not", ["status", "--loud"]],
		["one argument too many", ["status", "now"]],
	])("leads on from %s", async (_name, args) => {
		const { code, out, err } = await PROGRAMS[program](...args);
		expect({ code, out }).toEqual({ code: 2, out: "" });
		expect(err).toContain(`(${program} --help tells more)`);
	});
});

describe("a command line that is not understood ends with 2, before anybody is asked:", () => {
	it.each([
		["tillctl", ["tender"]],
		["tillctl", ["receipt", "copy", "0"]],
		["tillctl", ["receipt", "copy", "1.5"]],
		["tillctl", ["receipt", "copy", "-1"]],
		["tillctl", ["ticket", "show", "1", "--series", "invoice"]],
		["tillctl", ["doubt", "settle", "job", "forget"]],
		["tillctl", ["journal", "show", "--limit", "1001"]],
		["tillctl", ["journal", "show", "--type", "Sale"]],
		["tillctl", ["scan", "BEER", "-q", "1".repeat(21)]],
		["tillctl", ["catalog", "import", "file.csv", "--effective-from", "2026-12-01"]],
		["tillctl", ["catalog", "import", "file.csv", "--effective-from", "tomorrow"]],
		["till-relay", ["reconciliation", "--limit", "1001"]],
		["till-relay", ["reconciliation", "--store", "MUCH-TOO-LONG"]],
		["till-relay", ["m3", "round", "1", "perhaps"]],
		["till-relay", ["m3", "ticket", "1", "forget"]],
		["till-relay", ["power-office", "release", "OSLO1", "1", "Z1"]],
		["till-relay", ["broker", "--identity", "face"]],
	] as const)("%s %j", async (program, args) => {
		const { code, out, err } = await PROGRAMS[program](...args);
		expect({ code, out }).toEqual({ code: 2, out: "" });
		expect(err).not.toBe("");
		expect(err).not.toContain("TILL-");
	});
});

describe("tillctl explain", () => {
	it("knows every code of the program, typed as one likes", async () => {
		for (const [code, { cause, remedy }] of Object.entries({ ...REFUSALS, ...FAULTS, ...RELAY_CODES, ...CONDITIONS })) {
			expect(await PROGRAMS.tillctl("explain", code.toLowerCase())).toEqual({
				code: 0,
				out: `${code}\nCause:  ${cause}\nRemedy: ${remedy}\n`,
				err: "",
			});
		}
	});

	it("knows everything that the status can name", async () => {
		const conditions: DeviceCondition[] = ["CoverOpen", "RecEmpty", "RecNearEnd", "CutterError", "HeadHot", "Error"];
		const device = (deviceClass: DeviceClass, power: DeviceState["power"]): Surroundings["devices"] =>
			new Map([[deviceClass, { deviceClass, state: { power, conditions: [], detail: null } }]]);
		const printer: Surroundings["devices"] = new Map([
			["p", { deviceClass: "POSPrinter", state: { power: "online", conditions, detail: null } }],
		]);
		const around = (devices: Surroundings["devices"], mirrorTrouble: string): Surroundings => ({
			devices,
			mirrorTrouble,
			stuckDrawers: new Set(["d"]),
			hasCatalog: false,
			isDiskLow: true,
			isBrokerConnected: false,
			isFeedInsecure: true,
			isRecovery: true,
			isLogoUnusable: true,
		});
		const doubt = { jobId: "j", what: "print", since: "unknown", number: null, paper: null } as const;
		const all = [
			...(["steppedBack", "behindLastRecord", "farAhead", "unsynchronised"] as const).map((clockDoubt) =>
				readinessOf({ ...EMPTY_STATE, clockDoubt, doubts: [doubt] }, around(new Map(), "none")),
			),
			...(["POSPrinter", "CashDrawer", "LineDisplay", "Scanner"] as const).map((name) =>
				readinessOf(EMPTY_STATE, around(device(name, "offline"), "TILL-0613")),
			),
			readinessOf(EMPTY_STATE, around(printer, "none")),
			readinessOf(
				{
					...EMPTY_STATE,
					notPrinted: [{ paper: "receipt", number: 1 }],
					drawers: { d: { isOpen: true, since: stampAt(), isTooLong: true } },
				},
				around(
					new Map([
						[
							"d",
							{
								deviceClass: "CashDrawer",
								state: { power: "online", conditions: ["DrawerOpened", "Error"], detail: null },
							},
						],
					]),
					"none",
				),
			),
		];
		const named = new Set(
			all.flatMap((one) => [
				...[one.sell, one.takeCash, one.print, one.close].flatMap(({ codes }) => codes),
				...one.warnings,
			]),
		);
		expect(named.size).toBeGreaterThan(26);
		for (const code of named)
			expect({ code, exit: (await PROGRAMS.tillctl("explain", code)).code }).toEqual({ code, exit: 0 });
	});

	it("knows a code by its digits alone", async () => {
		expect((await PROGRAMS.tillctl("explain", "0412")).out).toMatch(/^TILL-0412\n/);
		expect((await PROGRAMS.tillctl("explain", "2301")).out).toMatch(/^RELAY-2301\n/);
	});

	it("answers in JSON too", async () => {
		const { out } = await PROGRAMS.tillctl("--json", "explain", "TILL-0412");
		expect(JSON.parse(out)).toEqual({ code: "TILL-0412", ...REFUSALS["TILL-0412"] });
	});

	it.each(["TILL-9999", "constructor", "__proto__", ""])("does not know %j", async (code) => {
		expect((await PROGRAMS.tillctl("explain", code)).code).toBe(3);
		const { code: exitCode, out } = await PROGRAMS.tillctl("explain", code, "--json");
		expect({ exitCode, ok: (JSON.parse(out) as { ok: boolean }).ok }).toEqual({ exitCode: 3, ok: false });
	});

	it("names only commands that there are", async () => {
		const remedies = Object.values({ ...REFUSALS, ...FAULTS, ...RELAY_CODES, ...CONDITIONS }).map(
			({ remedy }) => remedy,
		);
		const verbs = {
			tillctl: (await verbsOf("tillctl")).map(({ path }) => path.join(" ")),
			"till-relay": (await verbsOf("till-relay")).map(({ path }) => path.join(" ")),
		};
		const named = remedies.flatMap((remedy) =>
			[...remedy.matchAll(/\b(tillctl|till-relay) ((?:[a-z][a-z0-9-]*\b ?)+)/g)].map((match) => ({
				program: match[1] as ProgramName,
				words: (match[2] ?? "").trim(),
			})),
		);
		expect(named.length).toBeGreaterThan(5);
		const missing = named.filter(
			({ program, words }) =>
				!words.startsWith("that") && !verbs[program].some((verb) => words === verb || words.startsWith(`${verb} `)),
		);
		expect(missing).toEqual([]);
	});
});
