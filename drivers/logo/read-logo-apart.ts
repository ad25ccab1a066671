import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { z } from "zod";
import type { RasterImage } from "../../src/devices/contract/devices.ts";
import { Fault, messageOf } from "../../src/runtime/contract/fault.ts";

const PROGRAM = fileURLToPath(new URL("./convert.ts", import.meta.url));

/** Far more than a small box takes for the largest file that is read. */
const TIMEOUT_MS = 30_000;

const answerSchema = z.union([
	z.strictObject({ fault: z.string() }),
	z.strictObject({
		kind: z.literal("image"),
		widthDots: z.int().min(1),
		rows: z.int().min(1),
		bits: z.base64(),
	}),
]);

/**
 * As `readLogo`, in a process of its own: decoding costs 28 MB that a process does not give back (measured on Linux x64),
 * a quarter of what a till may take, and a file that breaks the decoder then breaks no till.
 * @throws Fault TILL-0703 when the logo cannot be used.
 */
export const readLogoApart = async (path: string, widthDots: number): Promise<RasterImage> => {
	const run = promisify(execFile)(process.execPath, [PROGRAM, path, widthDots.toString()], { timeout: TIMEOUT_MS });
	const answer = await run.then(
		({ stdout }) => answerSchema.parse(JSON.parse(stdout)),
		(thrown: unknown) => ({ fault: `${path} could not be decoded: ${messageOf(thrown)}` }),
	);
	if ("fault" in answer) throw new Fault("TILL-0703", answer.fault);
	return { ...answer, bits: Buffer.from(answer.bits, "base64") };
};
