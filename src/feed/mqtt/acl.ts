import { Fault } from "../../runtime/contract/fault.ts";
import { MESSAGE_BYTES_MAX } from "../schema/message.ts";
import { type TillAddress, TOPIC_ROOT } from "../schema/topic.ts";

/** Who uses the broker. */
export interface BrokerUsers {
	readonly tills: readonly TillAddress[];
	readonly relay: string;
	/** Head office's programs: they read what the tills publish and what the relay replays, and write nothing. */
	readonly readers: readonly string[];
}

/** How a user proves who it is: a password, or a client certificate whose CN is the user name. */
export type BrokerIdentity = "password" | "certificate";

/** Where the broker's machine keeps its files. */
export interface BrokerFiles {
	readonly aclFile: string;
	/** Used with passwords only. */
	readonly passwordFile: string;
	readonly caFile: string;
	readonly certFile: string;
	readonly keyFile: string;
}

/** The user name of a till; also the CN of its certificate. */
export const tillUser = (address: TillAddress): string => `till-${address.store}-${address.till}`;

/** Nothing that means something in an ACL or password file (space, line break, #, :) or in a topic (+, #, /). */
const USER = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

interface Rule {
	readonly user: string;
	readonly topics: readonly string[];
}

const rulesOf = (users: BrokerUsers): readonly Rule[] => {
	const rules: Rule[] = [
		...users.tills.map((address) => ({
			user: tillUser(address),
			topics: [
				`write ${TOPIC_ROOT}/up/${address.store}/${address.till}/+`,
				`read ${TOPIC_ROOT}/down/${address.store}/${address.till}/+`,
				`read ${TOPIC_ROOT}/down/${address.store}/all/#`,
			],
		})),
		{
			user: users.relay,
			topics: [`read ${TOPIC_ROOT}/up/#`, `write ${TOPIC_ROOT}/down/#`, `write ${TOPIC_ROOT}/replay/#`],
		},
		...users.readers.map((user) => ({ user, topics: [`read ${TOPIC_ROOT}/up/#`, `read ${TOPIC_ROOT}/replay/#`] })),
	];
	const names = rules.map(({ user }) => user);
	const problems = names.filter((user, index) => !USER.test(user) || names.indexOf(user) !== index);
	if (problems.length > 0) {
		throw new Fault("TILL-0815", `broker users: ${JSON.stringify(problems)}`, { problems });
	}
	return rules;
};

/**
 * Mosquitto's `acl_file` (DESIGN section 7): a till writes only its own `up` and reads only its own `down` and what is for
 * all tills of its store; the relay reads every `up` and writes every `down`; head office reads only. Whoever is not
 * named may nothing.
 *
 * @throws Fault TILL-0815 with every user name that cannot stand
 */
export const mosquittoAcl = (users: BrokerUsers): string =>
	rulesOf(users)
		.map(({ user, topics }) => `user ${user}\n${topics.map((topic) => `topic ${topic}\n`).join("")}`)
		.join("\n");

/**
 * The commands that make the password file, one user a line; each asks for the password, so that none stands in a shell's
 * history or in a process list.
 *
 * @throws Fault TILL-0815
 */
export const mosquittoPasswordCommands = (users: BrokerUsers, passwordFile: string): string =>
	rulesOf(users)
		.map(({ user }, index) => `mosquitto_passwd ${index === 0 ? "-c " : ""}${passwordFile} ${user}\n`)
		.join("");

/** What the broker keeps for a relay that is away, in messages: a busy day of a chain. */
const QUEUED_MAX = 100_000;

/** Unacknowledged messages to the relay: as many as it may take in one transaction. */
const RELAY_IN_FLIGHT_MAX = 256;

/** The part of `mosquitto.conf` (version 2) that goes with the ACL: TLS only, no anonymous users. */
export const mosquittoConf = (identity: BrokerIdentity, files: BrokerFiles, port = 8883): string =>
	`listener ${port}
cafile ${files.caFile}
certfile ${files.certFile}
keyfile ${files.keyFile}
${
	identity === "certificate"
		? "require_certificate true\nuse_identity_as_username true"
		: `password_file ${files.passwordFile}`
}
allow_anonymous false
acl_file ${files.aclFile}

# What is dropped here is sent again by the tills; these figures only make that rare.
persistence true
max_queued_messages ${QUEUED_MAX}
max_inflight_messages ${RELAY_IN_FLIGHT_MAX}
message_size_limit ${MESSAGE_BYTES_MAX}
max_packet_size ${MESSAGE_BYTES_MAX * 2}
set_tcp_nodelay true
`;
