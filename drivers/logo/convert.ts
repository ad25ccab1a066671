/** The program of a process of its own (`read-logo-apart.ts`): a file and a width in, one line of JSON out. */
import { messageOf } from "../../src/runtime/contract/fault.ts";
import { readLogo } from "./read-logo.ts";

const [path = "", widthDots = ""] = process.argv.slice(2);
try {
	const { bits, ...size } = await readLogo(path, Number(widthDots));
	console.log(JSON.stringify({ ...size, bits: Buffer.from(bits).toString("base64") }));
} catch (thrown) {
	// The code is put before it again by whoever asked.
	const fault = messageOf(thrown).replace(/^TILL-0703 /, "");
	console.log(JSON.stringify({ fault }));
}
