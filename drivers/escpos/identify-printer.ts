import type { DriverServices } from "../../src/devices/contract/driver.ts";
import type { MakePort, Port } from "../transport/port.ts";
import {
	ASB_ON,
	type IdentityQuestion,
	INITIALISE,
	type RealTimeQuestion,
	realTimeStatus,
	transmitIdentity,
} from "./commands.ts";
import { conditionsOf, type PrinterStatus, STATUS_UNKNOWN, statusOfAsb, withRealTime } from "./printer-status.ts";
import { READER_IDLE, type ReaderState, type Reply, readReplies } from "./reply-reader.ts";

/** How long a port may take to open. */
const OPEN_TIMEOUT_MS = 5_000;

/** How long the first question may take: a printer that is busy with its paper answers late. */
const FIRST_ANSWER_TIMEOUT_MS = 1_500;

/** How long each further one may take: who answers at all answers real-time questions at once. */
const ANSWER_TIMEOUT_MS = 700;

/** How long the last command may take to leave. */
const FAREWELL_TIMEOUT_MS = 1_000;

const REAL_TIME: readonly RealTimeQuestion[] = [1, 2, 3, 4];

/** What a printer said of itself; null where it said nothing. */
export interface PrinterIdentity {
	readonly maker: string | null;
	readonly model: string | null;
	readonly firmware: string | null;
	/** How many of the four questions of DLE EOT it answered. */
	readonly dleEotAnswers: number;
	/** Whether GS a turns automatic status back on. */
	readonly asb: boolean;
	/** UnifiedPOS conditions that hold now. */
	readonly conditions: ReturnType<typeof conditionsOf>;
	/** Level of the drawer connector's pin 3. */
	readonly connector: PrinterStatus["connector"];
}

/**
 * What came of asking. `closed`: the port could not be had. `silent`: not a byte came back. `garbage`: bytes that no
 * printer sends, as with a wrong baud rate or another kind of device.
 */
export type Identification =
	| { readonly outcome: "identified"; readonly identity: PrinterIdentity }
	| { readonly outcome: "closed"; readonly detail: string }
	| { readonly outcome: "silent" }
	| { readonly outcome: "garbage"; readonly bytes: number };

/**
 * Asks the printer on a port who it is: DLE EOT 1 to 4, GS I 66, 67 and 65, GS a. Nothing is printed by a printer that
 * knows ESC/POS; what another one took for text is thrown away by ESC @ at the end, which also turns automatic status off
 * again. Ends within 12 s whatever happens; the port is closed then.
 */
export const identifyPrinter = async (
	makePort: MakePort,
	services: Pick<DriverServices, "timers">,
): Promise<Identification> => {
	const line = new QuestionLine(makePort, services.timers);
	try {
		const failure = await line.open();
		if (failure !== null) return { outcome: "closed", detail: failure };
		return await interview(line);
	} finally {
		await line.close();
	}
};

const interview = async (line: QuestionLine): Promise<Identification> => {
	let status = STATUS_UNKNOWN;
	let dleEotAnswers = 0;
	for (const question of REAL_TIME) {
		const byte = await line.ask(
			realTimeStatus(question),
			(reply) => (reply.kind === "realTime" ? reply.byte : null),
			question === 1 ? FIRST_ANSWER_TIMEOUT_MS : ANSWER_TIMEOUT_MS,
		);
		// One that does not know the first does not know the others.
		if (byte === null && dleEotAnswers === 0) break;
		if (byte !== null) {
			dleEotAnswers += 1;
			status = withRealTime(status, question, byte);
		}
	}
	if (dleEotAnswers === 0 && line.garbageBytes > 0) return { outcome: "garbage", bytes: line.garbageBytes };
	const text = (question: IdentityQuestion): Promise<string | null> =>
		line.ask(
			transmitIdentity(question),
			(reply) => (reply.kind === "block" && reply.header === 0x5f ? reply.text : null),
			ANSWER_TIMEOUT_MS,
		);
	const model = await text(67);
	const maker = await text(66);
	const firmware = await text(65);
	const asb = await line.ask(ASB_ON, (reply) => (reply.kind === "asb" ? reply.bytes : null), ANSWER_TIMEOUT_MS);
	if (asb !== null) status = statusOfAsb(asb);
	if (dleEotAnswers === 0 && model === null && maker === null && firmware === null && asb === null)
		return line.garbageBytes > 0 ? { outcome: "garbage", bytes: line.garbageBytes } : { outcome: "silent" };
	return {
		outcome: "identified",
		identity: {
			maker,
			model,
			firmware,
			dleEotAnswers,
			asb: asb !== null,
			conditions: conditionsOf(status),
			connector: status.connector,
		},
	};
};

/** A port that is asked one thing at a time. */
class QuestionLine {
	readonly #timers: DriverServices["timers"];
	readonly #port: Port;
	#reader: ReaderState = READER_IDLE;
	#listener: (reply: Reply) => void = () => undefined;
	#opened: (failure: string | null) => void = () => undefined;
	/** Bytes that no printer sends. */
	garbageBytes = 0;

	constructor(makePort: MakePort, timers: DriverServices["timers"]) {
		this.#timers = timers;
		this.#port = makePort({
			onOpen: () => this.#opened(null),
			onData: (bytes) => this.#received(bytes),
			onClose: (detail) => this.#opened(detail),
		});
	}

	/** Opens the port; why not, or null when it stands. */
	open(): Promise<string | null> {
		return new Promise((resolve) => {
			const cancel = this.#timers.after(`${this.#port.name} open`, OPEN_TIMEOUT_MS, () =>
				this.#opened(`not open within ${OPEN_TIMEOUT_MS} ms`),
			);
			this.#opened = (failure) => {
				cancel();
				this.#opened = () => undefined;
				resolve(failure);
			};
			this.#port.open();
		});
	}

	/** Sends a question and waits for the first reply that answers it; null when none does in time. */
	async ask<T>(question: Buffer, answerOf: (reply: Reply) => T | null, timeoutMs: number): Promise<T | null> {
		const answer = new Promise<T | null>((resolve) => {
			const cancel = this.#timers.after(`${this.#port.name} answer`, timeoutMs, () => resolve(null));
			this.#listener = (reply) => {
				const found = answerOf(reply);
				if (found === null) return;
				cancel();
				resolve(found);
			};
		});
		void this.#port.write(question);
		const found = await answer;
		this.#listener = () => undefined;
		return found;
	}

	/** Leaves the printer as one that was just switched on, unless the line is stalled. */
	async close(): Promise<void> {
		if (this.#port.isOpen()) {
			await new Promise<void>((resolve) => {
				const cancel = this.#timers.after(`${this.#port.name} farewell`, FAREWELL_TIMEOUT_MS, resolve);
				void this.#port.write(INITIALISE).finally(() => {
					cancel();
					resolve();
				});
			});
		}
		await this.#port.close();
	}

	#received(bytes: Uint8Array): void {
		const { state, replies } = readReplies(this.#reader, bytes);
		this.#reader = state;
		for (const reply of replies) {
			if (reply.kind === "unexpected") this.garbageBytes += 1;
			this.#listener(reply);
		}
	}
}
