import { z } from "zod";
import { RelayFault } from "../relay-fault.ts";

/** An address that secrets may be sent to: encrypted, or on this machine. */
const safeUrl = z
	.url()
	.refine(
		(url) => /^(https:|http:\/\/(127\.0\.0\.1|localhost|\[::1\])(?=[:/]|$))/.test(url),
		"secrets travel by https:// only",
	);

/**
 * The keys of an .ionapi file that the relay uses (m3.md section 4, ".ionapi + OAuth2"). saak and sask are there only when
 * the Backend Service app was downloaded with a service account.
 */
const ionapiSchema = z.object({
	/** Tenant. */
	ti: z.string().min(1),
	/** Client id and secret. */
	ci: z.string().min(1),
	cs: z.string().min(1),
	/** ION API base address. */
	iu: safeUrl,
	/** Address of the authorization server, with a slash at its end; `ot` is the token endpoint under it. */
	pu: safeUrl,
	ot: z.string().min(1),
	/** Service account: access key (it already holds the tenant: used verbatim) and secret key. */
	saak: z.string().min(1),
	sask: z.string().min(1),
});

/** What an .ionapi file says. */
export type IonApiFile = z.output<typeof ionapiSchema>;

/** Reads the content of an .ionapi file. Throws RELAY-2306 when it is not one of a service account. Never repeats a secret. */
export const parseIonApi = (text: string): IonApiFile => {
	let json: unknown;
	try {
		json = JSON.parse(text);
	} catch {
		throw new RelayFault("RELAY-2306", "the .ionapi file is no JSON");
	}
	const read = ionapiSchema.safeParse(json);
	if (read.success) return read.data;
	const keys = read.error.issues.map((issue) => issue.path.join(".")).join(", ");
	throw new RelayFault("RELAY-2306", `missing or wrong in the .ionapi file: ${keys}`);
};

/** Base address of m3api-rest in the cloud, without the version. */
export const cloudBaseUrl = ({ iu, ti }: IonApiFile): string => `${iu.replace(/\/$/, "")}/${ti}/M3/m3api-rest`;
