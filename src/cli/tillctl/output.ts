import { createInterface } from "node:readline";
import { InvalidArgumentError } from "commander";
import { z } from "zod";
import { visibleText } from "../../catalog/core/visible-text.ts";
import { callControl } from "../../operator/control/client.ts";
import { type ControlCall, controlRequestSchema } from "../../operator/control/request.ts";
import { Fault, messageOf } from "../../runtime/contract/fault.ts";
import { troubleLines } from "./code-text.ts";
import { EXIT_CODES, type ExitCode } from "./exit-code.ts";
import { Refused } from "./refused.ts";

/** Where a program writes: results, and what it has to say beside them. */
export interface Streams {
	readonly out: (text: string) => void;
	readonly err: (text: string) => void;
	/** Asks the person at the terminal; null when they end it instead (Ctrl-C, Ctrl-D). Left out where there is none. */
	readonly answer?: (question: string) => Promise<string | null>;
}

/** Asks on the standard error output, so that a result on the standard output stays whole. */
const askTerminal = (question: string): Promise<string | null> =>
	new Promise((resolve) => {
		const lines = createInterface({ input: process.stdin, output: process.stderr });
		const ended = (): void => {
			process.stderr.write("\n");
			resolve(null);
		};
		lines.once("close", ended);
		lines.question(question, (text) => {
			lines.off("close", ended);
			lines.close();
			resolve(text);
		});
	});

/** The process's own streams. */
export const STANDARD_STREAMS: Streams = {
	out: (text) => process.stdout.write(text),
	err: (text) => process.stderr.write(text),
	...(process.stdin.isTTY && process.stderr.isTTY ? { answer: askTerminal } : {}),
};

/** Where a command writes and how. */
export interface Output {
	readonly json: boolean;
	/** A line for whoever asked. */
	readonly say: (text: string) => void;
	/** A line about what went wrong or is going on. */
	readonly note: (text: string) => void;
}

/**
 * Where commands write, in words or in JSON. Words may hold what a label, a printer or a USB device said of itself, none of
 * which is to be a command of the terminal; JSON escapes it.
 */
export const outputTo = ({ out, err }: Pick<Streams, "out" | "err">, json: boolean): Output => {
	const line = (text: string): string => `${json ? text : text.split("\n").map(visibleText).join("\n")}\n`;
	return { json, say: (text) => out(line(text)), note: (text) => err(line(text)) };
};

/** Writes a result: as JSON when asked, else in words. */
export const show = (output: Output, result: unknown, words: () => string): void =>
	output.say(output.json ? JSON.stringify(result, null, 2) : words());

/** Writes what went wrong and what to do; in JSON on the same stream as results, so that a program reads one thing. */
export const fail = (output: Output, code: string, message: string, problems: readonly string[] = []): void => {
	if (output.json) output.say(JSON.stringify({ ok: false, code, message, problems }, null, 2));
	else for (const line of troubleLines(code, message, problems)) output.note(line);
};

/** The exit code of something thrown, after writing it. */
export const failed = (output: Output, thrown: unknown): ExitCode => {
	if (thrown instanceof Refused) {
		const { answer } = thrown;
		fail(output, answer.code, answer.message, answer.kind === "fault" ? answer.problems : []);
		return answer.kind === "fault" ? EXIT_CODES.fault : EXIT_CODES.refused;
	}
	if (thrown instanceof Fault) {
		fail(output, thrown.code, thrown.message, thrown.problems);
		return thrown.code === "TILL-0904" ? EXIT_CODES.noService : EXIT_CODES.fault;
	}
	fail(output, "TILL-0901", messageOf(thrown));
	return EXIT_CODES.fault;
};

/** Asks the service and writes the answer. What no request may hold is a usage error. */
export const ask = async <T>(
	output: Output,
	socket: string,
	request: ControlCall,
	words: (result: T) => string,
): Promise<ExitCode> => {
	const checked = controlRequestSchema.safeParse(request);
	if (!checked.success) throw new InvalidArgumentError(z.prettifyError(checked.error));
	try {
		const answer = await callControl(socket, request, (text) => output.note(text));
		switch (answer.kind) {
			case "ok":
				show(output, answer.result, () => words(answer.result as T));
				return EXIT_CODES.ok;
			case "refused":
				fail(output, answer.code, answer.message);
				return EXIT_CODES.refused;
			case "fault":
				fail(output, answer.code, answer.message, answer.problems);
				return EXIT_CODES.fault;
		}
	} catch (thrown) {
		return failed(output, thrown);
	}
};
