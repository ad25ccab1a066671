import { connect } from "node:net";
import { createInterface } from "node:readline";
import { z } from "zod";
import { Fault, messageOf } from "../../runtime/contract/fault.ts";
import type { ControlAnswer, ControlProgress } from "./request.ts";

/** Enough of an answer to know it for one; what a command answers is between it and its service. */
const answerSchema: z.ZodType<ControlAnswer | ControlProgress> = z.discriminatedUnion("kind", [
	z.looseObject({ kind: z.literal("ok"), result: z.unknown() }),
	z.looseObject({
		kind: z.literal("refused"),
		code: z.string(),
		message: z.string(),
		details: z.record(z.string(), z.string()),
	}),
	z.looseObject({
		kind: z.literal("fault"),
		code: z.string(),
		message: z.string(),
		problems: z.array(z.string()),
	}),
	z.looseObject({ kind: z.literal("progress"), text: z.string() }),
]);

/** What a connection fails with when no process listens: there is no socket file, or a killed service left it. */
const NOBODY = ["ENOENT", "ECONNREFUSED"];

/**
 * Whether a call failed because no service is running at all. Otherwise one is, and may have done what it was asked:
 * nobody else may then do it in its place.
 */
export const isNobodyThere = (thrown: unknown): boolean =>
	thrown instanceof Fault &&
	thrown.cause instanceof Error &&
	NOBODY.includes((thrown.cause as NodeJS.ErrnoException).code ?? "");

/** Asks the service one thing. Throws a Fault, TILL-0904, when it is not there or goes away before it answers. */
export const callControl = (
	path: string,
	request: object,
	onProgress: (text: string) => void = () => undefined,
): Promise<ControlAnswer> =>
	new Promise((resolve, reject) => {
		const socket = connect(path);
		const gone = (why: string, cause?: unknown): void => {
			socket.destroy();
			reject(new Fault("TILL-0904", `the service does not answer on ${path}: ${why}`, { cause }));
		};
		socket.once("error", (error) => gone(messageOf(error), error));
		socket.once("connect", () => socket.write(`${JSON.stringify(request)}\n`));
		const lines = createInterface({ input: socket });
		lines.on("error", (error: unknown) => gone(messageOf(error), error));
		lines.on("line", (line) => {
			let answer: ControlAnswer | ControlProgress;
			try {
				answer = answerSchema.parse(JSON.parse(line));
			} catch {
				return gone("what came is no answer");
			}
			if (answer.kind === "progress") return onProgress(answer.text);
			socket.end();
			return resolve(answer);
		});
		socket.once("close", () => gone("it hung up"));
	});
