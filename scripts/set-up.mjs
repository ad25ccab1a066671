// @ts-check
/**
 * `node scripts/set-up.mjs`: brings a fresh clone to the state the scripts of package.json need, and does nothing where
 * that state is there. It runs before them, so it is plain JavaScript for whatever Node from 18 on the machine has.
 *
 * 1. The pinned Node and npm are fetched into a folder of their own with the machine's npm. npm skips optional packages
 *    whose `engines` the running Node does not meet, so the native parts of the tools are missing wherever the packages
 *    are installed by an older Node; and a distribution's npm runs on the distribution's Node only.
 * 2. They install what package-lock.json says. No install script of any package runs, so nothing is compiled.
 * 3. What can only be wrong on this machine is tried: the pinned Node starts and the native parts load in it.
 */
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";

const OLDEST_NODE = 18;
const HEARTBEAT_MS = 10_000;

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const installed = join(root, "node_modules");
const stage = join(root, ".set-up");
const pinnedNode = join(installed, ".bin", "node");
const stampFile = join(installed, ".set-up-stamp");
const startedMs = Date.now();

/** A failure with what the reader can do about it; everything else that is thrown here is a bug. */
class SetUpError extends Error {}

/** Loaded in the pinned Node: each part that is machine code, used once. */
const TRIAL = `
const parts = {
	"better-sqlite3": async () => new (await import("better-sqlite3")).default(":memory:").close(),
	serialport: () => import("serialport"),
	vitest: () => import("vitest/node"),
};
for (const [name, load] of Object.entries(parts)) {
	await load().catch((error) => { console.error(name + ": " + error.message); process.exitCode = 1; });
}`;

async function main() {
	const machineNode = process.versions.node;
	if (Number(machineNode.split(".")[0]) < OLDEST_NODE) {
		throw new SetUpError(
			`this Node is ${machineNode}; the set-up needs ${OLDEST_NODE} or newer (it brings its own from there)`,
		);
	}
	const lockText = readFileSync(join(root, "package-lock.json"), "utf8");
	const stamp = createHash("sha256").update(`${process.platform} ${process.arch}\n${lockText}`).digest("hex");
	if (existsSync(pinnedNode) && existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) return;

	const lock = JSON.parse(lockText);
	const nodeVersion = lock.packages["node_modules/node"].version;
	const npmVersion = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).packageManager.split("@")[1];
	if (!isInstalled(lock) || problemsWith(nodeVersion) !== "") {
		say(`setting up for the first time, or after a change of package-lock.json (${process.platform} ${process.arch})`);
		try {
			await fetchNodeAndNpm(nodeVersion, npmVersion);
			await installPackages();
		} finally {
			rmSync(stage, { recursive: true, force: true });
		}
		say("step 3 of 3: trying Node and the native parts");
		const problems = problemsWith(nodeVersion);
		if (problems !== "") throw new SetUpError(`${problems}\n${REMEDY_NATIVE}`);
	}
	writeFileSync(stampFile, stamp);
	say(`ready after ${elapsed()}`);
}

/** @param {string} nodeVersion @param {string} npmVersion */
async function fetchNodeAndNpm(nodeVersion, npmVersion) {
	say(
		`step 1 of 3: fetching Node ${nodeVersion} (about 50 MB; this machine has ${process.versions.node}) and npm ${npmVersion}`,
	);
	rmSync(stage, { recursive: true, force: true });
	mkdirSync(stage);
	const manifest = {
		private: true,
		allowScripts: { node: true },
		dependencies: { node: nodeVersion, npm: npmVersion },
	};
	writeFileSync(join(stage, "package.json"), JSON.stringify(manifest));
	writeFileSync(join(stage, ".npmrc"), readFileSync(join(root, ".npmrc")));
	// The machine's npm runs on the machine's Node: npm run has put this project's one in front.
	const machinePath = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => !folder.startsWith(root + sep));
	// The package "node" fetches the build for this platform in its install script; npm itself has none.
	await npm(["install", "--no-package-lock", "--ignore-scripts=false"], stage, machinePath);
}

/** Installs package-lock.json's packages with the fetched Node and npm, then puts the fetched Node in its place. */
async function installPackages() {
	say("step 2 of 3: installing the packages of package-lock.json");
	const stagePath = [join(stage, "node_modules", ".bin"), ...(process.env["PATH"] ?? "").split(delimiter)];
	await npm(["ci", "--ignore-scripts"], root, stagePath);
	mkdirSync(join(installed, "node", "bin"), { recursive: true });
	copyFileSync(join(stage, "node_modules", "node", "bin", "node"), join(installed, "node", "bin", "node"));
	await npm(["rebuild", "--ignore-scripts", "node"], root, stagePath); // makes node_modules/.bin/node
}

/**
 * Runs npm to its end, with a sign of life; shows what it printed only if it fails.
 * @param {string[]} args @param {string} cwd @param {string[]} path where npm and its Node are looked for
 */
function npm(args, cwd, path) {
	const flags = [
		...["--include=dev", "--include=optional", "--no-audit", "--no-fund", "--loglevel=error"],
		...["--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000"], // with npm's own, being offline takes minutes
	];
	const heartbeat = setInterval(() => say(`  still at it after ${elapsed()}`), HEARTBEAT_MS);
	return /** @type {Promise<void>} */ (
		new Promise((resolve, reject) => {
			const env = { ...process.env, PATH: path.join(delimiter), NODE_ENV: "development" };
			const child = spawn("npm", [...args, ...flags], { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
			let output = "";
			child.stdout.on("data", (text) => (output += text));
			child.stderr.on("data", (text) => (output += text));
			child.on("error", (error) =>
				reject(new SetUpError(`npm cannot be started (${error.message}); install npm beside Node`)),
			);
			child.on("close", (code) => {
				if (code === 0) resolve();
				else reject(new SetUpError(`npm ${args[0]} failed:\n${output.trim()}\n${remedyFor(output)}`));
			});
		})
	).finally(() => clearInterval(heartbeat));
}

const REMEDY_NATIVE =
	"The parts come prebuilt for Linux (glibc 2.28 or newer, or musl) and macOS on x64 and arm64. On such a machine remove " +
	"node_modules and run the command again; on another one this project cannot run.";

/** @param {string} output what npm printed */
function remedyFor(output) {
	if (
		/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT/.test(output)
	) {
		return "The npm registry cannot be reached. Connect this machine, or name your proxy (npm config set proxy URL), and run the command again.";
	}
	if (/SELF_SIGNED_CERT|UNABLE_TO_GET_ISSUER_CERT|UNABLE_TO_VERIFY|CERT_/.test(output)) {
		return "The registry's certificate is not trusted here. Name your organisation's authority (npm config set cafile FILE) and run the command again.";
	}
	if (/ENOSPC/.test(output))
		return "The disk is full: the set-up needs about 1 GB. Make room and run the command again.";
	if (/EACCES|EPERM|EROFS/.test(output))
		return `${root} and npm's cache must be writable for you. Correct that and run the command again.`;
	return "Put right what npm names above and run the command again.";
}

/**
 * Whether npm has installed what the lockfile asks for, which is so after somebody ran npm install by hand. Optional
 * packages are left to the trial: which of them belong to this machine is npm's knowledge.
 * @param {{packages: Record<string, {version?: string, optional?: boolean}>}} lock
 */
function isInstalled(lock) {
	const hiddenLock = join(installed, ".package-lock.json");
	if (!existsSync(hiddenLock)) return false;
	const present = JSON.parse(readFileSync(hiddenLock, "utf8")).packages;
	return Object.entries(lock.packages).every(
		([path, wanted]) => path === "" || wanted.optional || present[path]?.version === wanted.version,
	);
}

/** What is wrong with the installed Node and native parts, empty if nothing. @param {string} nodeVersion */
function problemsWith(nodeVersion) {
	const version = spawnSync(pinnedNode, ["--version"], { encoding: "utf8" });
	if (version.error) return `${pinnedNode} does not start: ${version.error.message}`;
	if (version.stdout.trim() !== `v${nodeVersion}`) {
		return `${pinnedNode} should be ${nodeVersion}: ${version.stdout.trim()}${version.stderr.trim()}`;
	}
	const trial = spawnSync(pinnedNode, ["--input-type=module", "--eval", TRIAL], { cwd: root, encoding: "utf8" });
	return trial.status === 0 ? "" : `These parts do not load on this machine:\n${trial.stderr.trim()}`;
}

function elapsed() {
	return `${Math.round((Date.now() - startedMs) / 1000)} s`;
}

/** Progress goes to standard error: standard output belongs to the command that comes after. @param {string} line */
function say(line) {
	process.stderr.write(`set-up: ${line}\n`);
}

main().catch((error) => {
	if (!(error instanceof SetUpError)) throw error;
	say(error.message);
	process.exitCode = 1;
});
