import { connect } from "node:net";
import { createInterface } from "node:readline";
import { Fault, messageOf } from "../../runtime/contract/fault.ts";
import type { ControlAnswer, ControlProgress } from "./request.ts";

/** Asks the service one thing. Throws a Fault when it is not there or goes away before it answers. */
export const callControl = (
	path: string,
	request: object,
	onProgress: (text: string) => void = () => undefined,
): Promise<ControlAnswer> =>
	new Promise((resolve, reject) => {
		const socket = connect(path);
		const gone = (why: string): void =>
			reject(new Fault("TILL-0904", `the service does not answer on ${path}: ${why}`));
		socket.once("error", (error) => gone(messageOf(error)));
		socket.once("connect", () => socket.write(`${JSON.stringify(request)}\n`));
		const lines = createInterface({ input: socket });
		lines.on("error", (error: unknown) => gone(messageOf(error)));
		lines.on("line", (line) => {
			const answer = JSON.parse(line) as ControlAnswer | ControlProgress;
			if (answer.kind === "progress") return onProgress(answer.text);
			socket.end();
			return resolve(answer);
		});
		socket.once("close", () => gone("it hung up"));
	});
