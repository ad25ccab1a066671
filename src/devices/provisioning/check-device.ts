import { visibleText } from "../../catalog/core/visible-text.ts";
import type { Timers } from "../../runtime/contract/clock.ts";
import type { FaultCode } from "../../runtime/contract/fault.ts";
import type { DeviceState } from "../contract/devices.ts";
import type {
	CheckId,
	CheckResult,
	DeviceBench,
	DisplayBench,
	DrawerBench,
	PrinterBench,
	ScannerBench,
	Talk,
} from "./device-bench.ts";
import { judgeSense, type SeenDrawer, seenDrawer } from "./judge-sense.ts";

/** How long a device may take to report itself. */
const ONLINE_TIMEOUT_MS = 8_000;

/** How long a drawer's switch may take to be reported: a printer without automatic status is asked every 5 s. */
const SENSE_TIMEOUT_MS = 7_000;

/** How often a device that is waited for is looked at. */
const LOOK_PERIOD_MS = 100;

/** What the checks take from outside. */
export interface CheckParts {
	readonly talk: Talk;
	readonly timers: Timers;
	/** How long a scan is waited for, in milliseconds. */
	readonly scanTimeoutMs: number;
}

/** Tries a device: first whether it is there, then everything its class can do. Never throws for what the device does. */
export const checkDevice = async (bench: DeviceBench, parts: CheckParts): Promise<readonly CheckResult[]> => {
	const state = await waitFor(bench, parts.timers, ONLINE_TIMEOUT_MS, ({ power }) => power === "online");
	const online = result("online", state.power === "online", `${state.power}${detailText(state)}`, "TILL-0724");
	if (state.power !== "online") return [online];
	switch (bench.deviceClass) {
		case "POSPrinter":
			return [online, ...(await checkPrinter(bench, state, parts))];
		case "CashDrawer":
			return [online, ...(await checkDrawer(bench, parts))];
		case "LineDisplay":
			return [online, ...(await checkDisplay(bench, parts))];
		case "Scanner":
			return [online, ...(await checkScanner(bench, parts))];
	}
};

const detailText = ({ detail }: DeviceState): string => (detail === null ? "" : `: ${detail}`);

const result = (check: CheckId, passed: boolean, detail: string, code: FaultCode): CheckResult => ({
	check,
	result: passed ? "passed" : "failed",
	detail,
	answer: null,
	code: passed ? null : code,
});

/** What a person says; not known when nobody was asked. `detail` stands in the report where the question may not. */
const seen = async (
	talk: Talk,
	check: CheckId,
	question: string,
	code: FaultCode,
	detail = question,
): Promise<CheckResult> => {
	const answer = await talk.confirm(question);
	if (answer === null) return { check, result: "notKnown", detail, answer, code: null };
	return { ...result(check, answer, detail, code), answer };
};

/** What stops a printer from printing; a roll that is near its end does not. */
const conditions = (state: DeviceState): CheckResult => {
	const wrong = state.conditions.filter(
		(condition) => !["RecNearEnd", "DrawerOpened", "DrawerClosed"].includes(condition),
	);
	return result("conditions", wrong.length === 0, wrong.length === 0 ? "none" : wrong.join(", "), "TILL-0725");
};

const checkPrinter = async (
	bench: PrinterBench,
	state: DeviceState,
	{ talk }: CheckParts,
): Promise<readonly CheckResult[]> => {
	const able = conditions(state);
	if (able.result === "failed") talk.tell(`The printer says ${able.detail}. Put it right: the page waits for it.`);
	const { outcome, confirmation, detail } = await bench.print();
	const words = `${outcome}${confirmation === null ? "" : `, by ${confirmation}`}${detail === null ? "" : `: ${detail}`}`;
	const print = result("print", outcome === "confirmed" || outcome === "written", words, "TILL-0725");
	if (outcome === "failed") return [able, print];
	const results = [
		able,
		print,
		await seen(
			talk,
			"paper",
			"Is the test page out, with the row of digits reaching the edge and not broken?",
			"TILL-0725",
		),
	];
	for (const { slot, encoding, letters } of bench.letters) {
		const question = `Below "ESC t ${slot} = ${encoding}": does it read  ${letters}  ?`;
		results.push(await seen(talk, "letters", question, "TILL-0726"));
	}
	if (bench.profile.capabilities.CapRecBarCode)
		results.push(await seen(talk, "codes", "Are bar codes and QR code whole?", "TILL-0727"));
	if (bench.profile.capabilities.CapRecPapercut)
		results.push(await seen(talk, "cut", "Is the paper cut below its last line?", "TILL-0728"));
	return results;
};

const checkDrawer = async (bench: DrawerBench, { talk, timers }: CheckParts): Promise<readonly CheckResult[]> => {
	const isShut = await talk.confirm("Push the drawer shut. Is it shut?");
	// A printer whose port was just opened has not said anything yet.
	const isToBeShut = isShut === true && bench.senses === "meaning";
	if (bench.senses !== "nothing")
		await waitFor(bench, timers, SENSE_TIMEOUT_MS, (state) =>
			isToBeShut ? seenDrawer(state) === "closed" : seenDrawer(state) !== "unknown",
		);
	const before = seenDrawer(await bench.state());
	const { outcome, detail } = await bench.pulse();
	const pulse = result("pulse", outcome === "sent", `${outcome}${detail === null ? "" : `: ${detail}`}`, "TILL-0729");
	if (outcome !== "sent") return [pulse];
	const after = await changed(bench, timers, before);
	const opened = await seen(talk, "opened", "Did the drawer open?", "TILL-0729");
	const verdict = judgeSense({ before, after, opened: opened.answer, senses: bench.senses });
	return [pulse, opened, { check: "sense", ...verdict, answer: null }];
};

/** The switch once it says something else than before, or what it still says. */
const changed = async (bench: DrawerBench, timers: Timers, before: SeenDrawer): Promise<SeenDrawer> =>
	before === "unknown"
		? before
		: seenDrawer(await waitFor(bench, timers, SENSE_TIMEOUT_MS, (state) => seenDrawer(state) !== before));

const checkDisplay = async (bench: DisplayBench, { talk }: CheckParts): Promise<readonly CheckResult[]> => {
	const { outcome, rows } = await bench.show();
	const show = result("show", outcome === "written", outcome, "TILL-0731");
	if (outcome !== "written") return [show];
	for (const row of rows) talk.tell(`  [${row}]`);
	return [show, await seen(talk, "read", "Does the display show exactly these rows?", "TILL-0731")];
};

const checkScanner = async (
	bench: ScannerBench,
	{ talk, scanTimeoutMs }: CheckParts,
): Promise<readonly CheckResult[]> => {
	talk.tell(`Scan any bar code within ${Math.round(scanTimeoutMs / 1_000)} s; nothing is sold.`);
	const read = await bench.scan(scanTimeoutMs);
	if (read === null) return [result("scan", false, "no read came", "TILL-0732")];
	const shown = visibleText(read.data);
	talk.tell(`Read: ${shown}`);
	const scan = result("scan", true, `${read.symbology}, ${read.data.length} characters`, "TILL-0732");
	return [
		scan,
		await seen(talk, "read", `Is this what the code says: ${shown}`, "TILL-0733", "compared with the label"),
	];
};

/** Looks at a device until it is as wanted or the time is over; answers how it is then. */
const waitFor = async (
	bench: DeviceBench,
	timers: Timers,
	timeoutMs: number,
	isWanted: (state: DeviceState) => boolean,
): Promise<DeviceState> => {
	for (let waitedMs = 0; ; waitedMs += LOOK_PERIOD_MS) {
		const state = await bench.state();
		if (isWanted(state) || waitedMs >= timeoutMs) return state;
		await new Promise<void>((resolve) => timers.after("device check", LOOK_PERIOD_MS, resolve));
	}
};
