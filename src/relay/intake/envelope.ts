import type { z } from "zod";
import { MESSAGE_BYTES_MAX, tolerantEnvelopeSchema } from "../../feed/schema/message.ts";
import type { RelayCode } from "../codes.ts";

/** The envelope as the relay reads it. */
export type IntakeEnvelope = z.output<typeof tolerantEnvelopeSchema>;

/** A message that can be placed, or why it cannot. */
export type EnvelopeReading =
	| { readonly readable: true; readonly envelope: IntakeEnvelope; readonly body: unknown }
	| { readonly readable: false; readonly code: RelayCode; readonly reason: string };

const MAJOR = 1;

/** A zod error in one line: "kindSeq: expected number; prev: ..." */
export const issuesText = (error: z.ZodError): string =>
	error.issues
		.slice(0, 5)
		.map((issue) => `${issue.path.join(".") || "message"}: ${issue.message}`)
		.join("; ");

const unreadable = (code: RelayCode, reason: string): EnvelopeReading => ({ readable: false, code, reason });

/** Reads the envelope of a message from its bytes: RELAY-1101 too large, RELAY-1102 no message, RELAY-1103 of another major version. */
export const readEnvelope = (bytes: Uint8Array): EnvelopeReading => {
	if (bytes.byteLength > MESSAGE_BYTES_MAX) {
		return unreadable("RELAY-1101", `${bytes.byteLength} bytes, at most ${MESSAGE_BYTES_MAX}`);
	}
	let json: unknown;
	try {
		json = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
	} catch {
		return unreadable("RELAY-1102", "no JSON text in UTF-8");
	}
	if (typeof json !== "object" || json === null) return unreadable("RELAY-1102", "no JSON object");
	if ("v" in json && typeof json.v === "number" && json.v !== MAJOR) {
		return unreadable("RELAY-1103", `version ${json.v}, this relay knows ${MAJOR}`);
	}
	const envelope = tolerantEnvelopeSchema.safeParse(json);
	if (!envelope.success) return unreadable("RELAY-1102", issuesText(envelope.error));
	return { readable: true, envelope: envelope.data, body: "body" in json ? json.body : undefined };
};
