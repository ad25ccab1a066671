import { Fault, type FaultCode } from "../../runtime/contract/fault.ts";

/** CONNACK return codes 2, 4 and 5 of MQTT 3.1.1: identifier rejected, bad user or password, not authorized. */
const REFUSED = new Set<unknown>([2, 4, 5]);

/** Node's names for a server certificate it does not accept (tls, X509 certificate error codes). */
const UNTRUSTED =
	/^(ERR_TLS_CERT|CERT_|SELF_SIGNED_CERT|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_|INVALID_CA|HOSTNAME_MISMATCH|CRL_)/;

/** An alert from the broker's TLS: it does not want our certificate, or none of our versions. */
const TLS_ALERT = /^ERR_SSL_/;

/** Which fault a failed or lost connection is: what the technician must look at differs. */
export const troubleOf = (thrown: unknown): FaultCode => {
	if (thrown instanceof Fault) return thrown.code;
	const code = thrown instanceof Error && "code" in thrown ? thrown.code : undefined;
	if (REFUSED.has(code)) return "TILL-0802";
	if (typeof code !== "string") return "TILL-0801";
	if (UNTRUSTED.test(code)) return "TILL-0803";
	return TLS_ALERT.test(code) ? "TILL-0802" : "TILL-0801";
};
