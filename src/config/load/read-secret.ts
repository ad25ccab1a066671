import { readFileSync, statSync } from "node:fs";
import { Fault, messageOf } from "../../runtime/contract/fault.ts";

/** The largest secret: a certificate chain with its key stays far below. */
const SECRET_BYTES_MAX = 64 * 1024;

/**
 * Reads a secret from its file (a systemd credential): UTF-8, without the one line feed that editors put at the end.
 * Fault TILL-1006 when it cannot be read, is empty or too long; the secret itself stands in no message.
 */
export const readSecret = (path: string): string => {
	const secret = secretText(path);
	if (secret.trim() === "") throw new Fault("TILL-1006", `${path} is empty`);
	return secret;
};

const secretText = (path: string): string => {
	try {
		const { size } = statSync(path);
		if (size > SECRET_BYTES_MAX) throw new Error(`${size} bytes are too many for a secret`);
		return new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(path)).replace(/\r?\n$/, "");
	} catch (thrown) {
		throw new Fault("TILL-1006", `${path}: ${messageOf(thrown)}`, { cause: thrown });
	}
};
