import { readFileSync } from "node:fs";
import type { MqttConfig } from "../../config/schema/till-config.ts";
import { Fault, messageOf } from "../../runtime/contract/fault.ts";

/** What opens the broker's door: the contents of the configured files. */
export interface BrokerCredentials {
	readonly username?: string;
	readonly password?: string;
	readonly ca?: Buffer;
	readonly cert?: Buffer;
	readonly key?: Buffer;
}

const LOOPBACK = ["127.0.0.1", "localhost", "[::1]"];

/** Whether the connection is unencrypted and leaves the machine. */
export const isInsecure = (mqtt: MqttConfig): boolean => {
	const url = URL.parse(mqtt.url);
	return url?.protocol !== "mqtts:" && !LOOPBACK.includes(url?.hostname ?? "");
};

/**
 * Refuses plain TCP to another machine unless `insecure: true` is written (DESIGN section 7). The configuration's schema
 * says so too; here it holds for every caller.
 *
 * @throws Fault TILL-0804
 */
export const assertSecure = (mqtt: MqttConfig): void => {
	if (isInsecure(mqtt) && !mqtt.insecure) throw new Fault("TILL-0804", `plain TCP to another machine: ${mqtt.url}`);
};

const readCredential = (path: string): Buffer => {
	try {
		return readFileSync(path);
	} catch (thrown) {
		throw new Fault("TILL-0806", `${path}: ${messageOf(thrown)}`, { cause: thrown });
	}
};

/**
 * Reads the credentials. Called for each connection, so that a renewed certificate needs no restart.
 *
 * @throws Fault TILL-0806 with the path of the file that cannot be read
 */
export const readCredentials = (mqtt: MqttConfig): BrokerCredentials => ({
	...(mqtt.username === undefined ? {} : { username: mqtt.username }),
	...(mqtt.passwordFile === undefined
		? {}
		: {
				password: readCredential(mqtt.passwordFile)
					.toString("utf8")
					.replace(/\r?\n$/, ""),
			}),
	...(mqtt.caFile === undefined ? {} : { ca: readCredential(mqtt.caFile) }),
	...(mqtt.certFile === undefined ? {} : { cert: readCredential(mqtt.certFile) }),
	...(mqtt.keyFile === undefined ? {} : { key: readCredential(mqtt.keyFile) }),
});
