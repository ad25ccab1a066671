import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";

/** mosquitto lies in sbin, which is in no ordinary user's PATH. */
const ENVIRONMENT = { ...process.env, PATH: `${process.env["PATH"]}:/usr/sbin:/sbin` };

/** A port that was free a moment ago. */
const freePort = async (): Promise<number> => {
	const server = createServer();
	server.listen(0, "127.0.0.1");
	await once(server, "listening");
	const address = server.address();
	server.close();
	await once(server, "close");
	if (address === null || typeof address === "string") throw new Error("no port");
	return address.port;
};

/** A certificate and its key, as files. */
export interface KeyPair {
	readonly certFile: string;
	readonly keyFile: string;
}

/** A certificate authority of the test's own. */
export interface TestAuthority {
	readonly caFile: string;
	/** A certificate for 127.0.0.1, or for a client whose user name is the CN. */
	readonly issue: (name: string) => KeyPair;
}

const openssl = (...args: string[]): void => {
	execFileSync("openssl", args, { stdio: "pipe" });
};

const EC_KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];

/** Makes an authority in `directory`. */
export const makeAuthority = (directory: string, authorityName = "ca"): TestAuthority => {
	const file = (name: string, ending: string): string => join(directory, `${authorityName}-${name}.${ending}`);
	const caFile = file("root", "crt");
	const subject = ["-subj", `/CN=${authorityName}`];
	openssl("req", "-x509", ...EC_KEY, "-keyout", file("root", "key"), "-out", caFile, "-days", "2", ...subject);
	const issue = (name: string): KeyPair => {
		const [request, keyFile, certFile, extensions] = ["csr", "key", "crt", "ext"].map((ending) => file(name, ending));
		if (request === undefined || keyFile === undefined || certFile === undefined || extensions === undefined) {
			throw new Error("no file names");
		}
		openssl("req", "-new", ...EC_KEY, "-keyout", keyFile, "-out", request, "-subj", `/CN=${name}`);
		writeFileSync(extensions, "subjectAltName=IP:127.0.0.1\n");
		const by = ["-CA", caFile, "-CAkey", file("root", "key"), "-CAcreateserial"];
		openssl("x509", "-req", "-in", request, ...by, "-out", certFile, "-days", "2", "-extfile", extensions);
		return { certFile, keyFile };
	};
	return { caFile, issue };
};

/** Makes a password file with mosquitto_passwd. */
export const makePasswordFile = (path: string, passwords: Readonly<Record<string, string>>): void => {
	writeFileSync(path, "", { mode: 0o600 });
	for (const [user, password] of Object.entries(passwords)) {
		execFileSync("mosquitto_passwd", ["-b", path, user, password], { env: ENVIRONMENT, stdio: "pipe" });
	}
};

const accepts = (port: number): Promise<boolean> =>
	new Promise((resolve) => {
		const socket = connect(port, "127.0.0.1");
		socket.once("connect", () => {
			socket.destroy();
			resolve(true);
		});
		socket.once("error", () => resolve(false));
	});

/** A broker that a test stops, kills and starts again on its port. */
export interface TestBroker {
	readonly url: string;
	readonly port: number;
	/** Starts it again; its memory is empty. Resolves when it listens. */
	start(): Promise<void>;
	/** Ends it in order. */
	stop(): Promise<void>;
	/** Ends it as a power cut would: SIGKILL, or every socket cut. */
	kill(): Promise<void>;
	/** Stops it and removes its files. */
	dispose(): Promise<void>;
}

/** What a test changes about Mosquitto. */
export interface MosquittoOptions {
	/** The configuration after the listener's line; default: anybody may do anything. */
	readonly conf?: (directory: string, port: number) => string;
	/** The whole configuration instead. */
	readonly wholeConf?: (directory: string, port: number) => string;
	readonly scheme?: "mqtt" | "mqtts";
}

/** Starts a real Mosquitto on a free port of the loopback interface, nothing kept on disk. */
export const startMosquitto = async (options: MosquittoOptions = {}): Promise<TestBroker> => {
	const directory = mkdtempSync(join(tmpdir(), "tilld-mosquitto-"));
	const port = await freePort();
	const confFile = join(directory, "mosquitto.conf");
	const conf =
		options.wholeConf?.(directory, port) ??
		`listener ${port} 127.0.0.1\n${options.conf?.(directory, port) ?? "allow_anonymous true"}\npersistence false\n`;
	// Started as root, Mosquitto would become a user that cannot read the test's files.
	writeFileSync(confFile, `user ${userInfo().username}\n${conf}`);
	let child: ChildProcess | undefined;
	let said = "";
	const end = async (signal: NodeJS.Signals): Promise<void> => {
		const running = child;
		child = undefined;
		if (running === undefined || running.exitCode !== null || running.signalCode !== null) return;
		const exited = once(running, "exit");
		running.kill(signal);
		await exited;
	};
	const start = async (): Promise<void> => {
		const started = spawn("mosquitto", ["-c", confFile], { env: ENVIRONMENT, stdio: ["ignore", "pipe", "pipe"] });
		child = started;
		const listen = (chunk: Buffer): void => {
			said = `${said}${chunk.toString()}`.slice(-10_000);
		};
		started.stdout?.on("data", listen);
		started.stderr?.on("data", listen);
		let failure: Error | undefined;
		started.once("error", (error) => {
			failure = error;
		});
		while (!(await accepts(port))) {
			if (failure !== undefined)
				throw new Error("mosquitto is missing: scripts/install-test-tools.sh", { cause: failure });
			if (started.exitCode !== null) throw new Error(`mosquitto ended:\n${said}`);
			await new Promise((resolve) => setTimeout(resolve, 10));
		}
	};
	await start();
	return {
		url: `${options.scheme ?? "mqtt"}://127.0.0.1:${port}`,
		port,
		start,
		stop: () => end("SIGTERM"),
		kill: () => end("SIGKILL"),
		dispose: async () => {
			await end("SIGKILL");
			rmSync(directory, { recursive: true, force: true });
		},
	};
};
