import { type Command, Option } from "commander";
import type { RelayConfig } from "../../config/schema/relay-config.ts";
import {
	type BrokerIdentity,
	type BrokerUsers,
	mosquittoAcl,
	mosquittoConf,
	mosquittoPasswordCommands,
} from "../../feed/mqtt/acl.ts";
import { show } from "../tillctl/output.ts";
import type { RelayShell } from "./ask.ts";

/** Where the broker's files are on a Debian machine. */
const FILES = {
	confFile: "/etc/mosquitto/conf.d/tilld.conf",
	aclFile: "/etc/mosquitto/tilld.acl",
	passwordFile: "/etc/mosquitto/tilld.passwd",
	caFile: "/etc/mosquitto/certs/ca.pem",
	certFile: "/etc/mosquitto/certs/server.pem",
	keyFile: "/etc/mosquitto/certs/server.key",
};

const usersOf = ({ mapping, mqtt }: RelayConfig, readers: readonly string[]): BrokerUsers => ({
	tills: Object.entries(mapping.stores).flatMap(([store, { tills }]) => (tills ?? []).map((till) => ({ store, till }))),
	relay: mqtt.username ?? "relay",
	readers,
});

/** Stores whose tills nobody can list, because the mapping takes every till that names them. */
const unlisted = ({ mapping }: RelayConfig): string[] =>
	Object.entries(mapping.stores).flatMap(([store, { tills }]) =>
		tills === undefined
			? [`# Store ${store}: no till is named in mapping.stores.${store}.tills, so none may come in.`]
			: [],
	);

/** `broker`. */
export const addBrokerCommand = (program: Command, shell: RelayShell): void => {
	program
		.command("broker")
		.description(
			"print what a Mosquitto needs: its configuration, the ACL of every till in the mapping, how to make passwords",
		)
		.addOption(
			new Option("--identity <kind>", "how a user proves who it is")
				.choices(["password", "certificate"])
				.default("password"),
		)
		.option("--reader <user...>", "head office's users, who may only read", [])
		.action((options: { identity: BrokerIdentity; reader: string[] }) => {
			const config = shell.config();
			const users = usersOf(config, options.reader);
			const hasPasswords = options.identity === "password";
			const conf = mosquittoConf(options.identity, FILES);
			const acl = [...unlisted(config).map((line) => `${line}\n`), mosquittoAcl(users)].join("");
			const passwordCommands = hasPasswords ? mosquittoPasswordCommands(users, FILES.passwordFile) : null;
			show(shell.output(), { conf, acl, passwordCommands }, () =>
				[
					`# ${FILES.confFile}`,
					conf,
					`# ${FILES.aclFile}`,
					acl,
					...(passwordCommands === null ? [] : ["# run once, each asks for a password", passwordCommands]),
				].join("\n"),
			);
		});
};
