import type { ControlAnswer } from "../../operator/control/request.ts";

/** The service refused what a command asked on the way, or failed at it. */
export class Refused extends Error {
	readonly answer: Exclude<ControlAnswer, { kind: "ok" }>;

	constructor(answer: Exclude<ControlAnswer, { kind: "ok" }>) {
		super(answer.message);
		this.name = "Refused";
		this.answer = answer;
	}
}
