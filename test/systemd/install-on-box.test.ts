import { spawn } from "node:child_process";
import { once } from "node:events";
import {
	appendFileSync,
	existsSync,
	lstatSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	readlinkSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { VERSION } from "../../src/cli/version.ts";
import { tempDir } from "../support/temp-dir.ts";
import { installOnBox, REPOSITORY, run } from "./support/command.ts";
import { openNotifySocket } from "./support/notify-socket.ts";
import { readUnit, valuesOf } from "./support/unit-file.ts";

/** Every file under a folder with what would show that it was written again. */
const snapshot = (folder: string): readonly string[] =>
	readdirSync(folder, { recursive: true, encoding: "utf8" })
		.map((path) => {
			const { ino, size, mode, mtimeMs } = lstatSync(join(folder, path));
			return `${path} ${ino} ${size} ${mode} ${lstatSync(join(folder, path)).isDirectory() ? "" : mtimeMs}`;
		})
		.sort();

/**
 * A release to install from, as it comes unpacked: the given one under another version and with another content. Its
 * Node is a few bytes that run the given one's: copying 120 MB shows nothing new.
 */
const sourceLike = (release: string, version: string, note: string): string => {
	const folder = tempDir();
	expect(run("cp", ["--archive", "--link", `${release}/.`, folder]).status).toBe(0);
	const replace = (path: string, change: (text: string) => string): void => {
		const file = join(folder, path);
		const text = readFileSync(file, "utf8");
		rmSync(file); // it is one file with the release's
		writeFileSync(file, change(text), { mode: 0o755 });
	};
	replace("package.json", (text) => text.replace(/"version": "[^"]+"/, `"version": "${version}"`));
	replace("systemd/README.md", (text) => text + note);
	replace("node/bin/node", () => `#!/bin/sh\nexec ${process.execPath} "$@"\n`);
	return folder;
};

describe("install-on-box.sh", () => {
	const box = mkdtempSync(join(tmpdir(), "tilld-box-"));
	const opt = join(box, "opt/tilld");
	const links = () => ({
		current: readlinkSync(join(opt, "current")),
		previous: existsSync(join(opt, "previous")) ? readlinkSync(join(opt, "previous")) : undefined,
	});

	beforeAll(() => {
		const { status, out, err } = installOnBox("--prefix", box, "--role", "both");
		expect(status, out + err).toBe(0);
	});

	afterAll(() => rmSync(box, { recursive: true, force: true }));

	it("makes a box that systemd starts both services on at its next boot", () => {
		for (const service of ["tilld.service", "till-relay.service"]) {
			const unit = readlinkSync(join(box, "etc/systemd/system/multi-user.target.wants", service));
			expect(existsSync(join(box, unit))).toBe(true);
			const [command = ""] = valuesOf(readUnit(service), "Service", "ExecStart");
			for (const path of command.split(" ").filter((word) => word.startsWith("/"))) {
				expect(existsSync(join(box, path)), path).toBe(true);
			}
		}
		for (const file of [
			"usr/lib/sysusers.d/tilld.conf",
			"usr/lib/tmpfiles.d/tilld.conf",
			"usr/lib/modules-load.d/tilld.conf",
			"usr/lib/udev/rules.d/70-tilld.rules",
			"etc/tilld/till.yaml",
			"etc/tilld/relay.yaml",
		]) {
			expect(existsSync(join(box, file)), file).toBe(true);
		}
	});

	it("brings its own Node, and what a shop needs and no more", () => {
		const release = join(opt, "current");
		for (const program of ["tillctl", "till-relay"]) {
			const said = run(join(box, "usr/bin", program), ["--version"], { PATH: "/usr/bin:/bin" });
			expect(said).toEqual({ status: 0, out: `${VERSION}\n`, err: "" });
		}
		const packages = readdirSync(join(release, "node_modules"));
		expect(packages).toEqual(expect.arrayContaining(["better-sqlite3", "serialport", "mqtt", "zod"]));
		for (const tool of ["typescript", "vitest", "node", ".bin"]) expect(packages).not.toContain(tool);
		for (const stranger of ["src/sandbox", "drivers/virtual", "test", ".git"]) {
			expect(existsSync(join(release, stranger)), stranger).toBe(false);
		}
		expect(run("sh", ["-c", 'cd "$1" && sha256sum --check --quiet MANIFEST.sha256', "sh", release]).status).toBe(0);
	});

	it("starts with the unit's own command, says so to systemd, and ends by SIGTERM", async () => {
		const folder = tempDir();
		const config = parse(readFileSync(join(REPOSITORY, "systemd/examples/till.yaml"), "utf8"));
		config.store = "S01";
		config.till = "T1";
		config.company = { name: "Butikk AS", organisationNumber: "999999999" };
		config.journal = { directory: join(folder, "journal") };
		config.catalog = { file: join(folder, "catalog.sqlite") };
		config.controlSocket = join(folder, "control.sock");
		config.mqtt = { url: "mqtt://127.0.0.1:9" };
		writeFileSync(join(folder, "till.yaml"), stringify(config));
		const socket = await openNotifySocket(join(folder, "notify"));
		const [command = ""] = valuesOf(readUnit("tilld.service"), "Service", "ExecStart");
		const [node = "", ...args] = command
			.replace("/etc/tilld/till.yaml", join(folder, "till.yaml"))
			.replaceAll(/(?<= |^)\/opt\/tilld/g, opt)
			.split(" ");
		const till = spawn(node, args, {
			env: { PATH: process.env["PATH"], NOTIFY_SOCKET: socket.path, NODE_COMPILE_CACHE: join(folder, "cache") },
			stdio: ["ignore", "pipe", "pipe"],
		});
		let said = "";
		for (const stream of [till.stdout, till.stderr]) stream.on("data", (text: Buffer) => (said += text.toString()));
		const ended = once(till, "exit");
		try {
			await Promise.race([socket.hears("READY=1"), ended]);
			expect(till.exitCode, said).toBeNull();
			till.kill("SIGTERM");
			expect(await ended).toEqual([0, null]);
			await socket.hears("STOPPING=1");
		} finally {
			till.kill("SIGKILL");
			await socket.close();
		}
	});

	it("changes nothing when it is run again: not the configuration, not a service that was switched off", () => {
		const config = join(box, "etc/tilld/till.yaml");
		writeFileSync(config, "version: 1 # the technician's\n");
		rmSync(join(box, "etc/systemd/system/multi-user.target.wants/tilld.service"));
		const before = snapshot(box);
		// What stands on a box can install itself again: the same content, whatever happens in the repository meanwhile.
		const { status, out, err } = run(join(opt, "current/scripts/install-on-box.sh"), ["--prefix", box]);
		expect(status, err).toBe(0);
		expect(out).toContain("is there already");
		expect(snapshot(box)).toEqual(before);
		expect(readFileSync(config, "utf8")).toBe("version: 1 # the technician's\n");
	});

	it("upgrades from an unpacked release without npm, goes back, comes forward, and keeps two", () => {
		const current = join(opt, "current");
		const first = links().current;
		const next = sourceLike(current, "9.0.1", "");
		expect(installOnBox("--prefix", box, "--from", next).out).toContain("installed release 9.0.1");
		expect(links()).toEqual({ current: "releases/9.0.1", previous: first });

		// A unit of the release that is gone back to comes with it.
		const unit = join(box, "usr/lib/systemd/system/tilld.service");
		const text = readFileSync(unit, "utf8");
		writeFileSync(unit, "of the newer release");
		const back = installOnBox("--prefix", box, "--rollback");
		expect(back.status, back.err).toBe(0);
		expect(links()).toEqual({ current: first, previous: "releases/9.0.1" });
		expect(readFileSync(unit, "utf8")).toBe(text);
		expect(run(join(box, "usr/bin/tillctl"), ["--version"]).out).toBe(`${VERSION}\n`);

		expect(installOnBox("--prefix", box, "--rollback").status).toBe(0);
		expect(links()).toEqual({ current: "releases/9.0.1", previous: first });
		expect(run(join(box, "usr/bin/tillctl"), ["--version"]).out).toBe("9.0.1\n");

		// The same version with another content does not change the release that may be running.
		const patched = sourceLike(join(opt, first), "9.0.1", "patched");
		const { out } = installOnBox("--prefix", box, "--from", patched);
		expect(links().current).toMatch(/^releases\/9\.0\.1\+[0-9a-f]{8}$/);
		expect(links().previous).toBe("releases/9.0.1");
		expect(out).toContain(`removed old release ${VERSION}`);
		expect(readdirSync(join(opt, "releases")).sort()).toEqual(["9.0.1", links().current.replace("releases/", "")]);
	});

	it("does not go back to a release that the disk has spoilt", () => {
		const before = links();
		appendFileSync(join(opt, "previous/src/cli/tilld.ts"), "// a flipped bit");
		const { status, err } = installOnBox("--prefix", box, "--rollback");
		expect({ status, err }).toEqual({ status: 1, err: expect.stringContaining("is damaged") });
		expect(links()).toEqual(before);
	});
});

describe("install-on-box.sh refuses", () => {
	it.each([
		[["--role", "shop"], "--role is till, relay or both"],
		[["--from"], "--from needs a value"],
		[["--force"], "--force is unknown"],
	])("the command line %j", (args, problem) => {
		const { status, err } = installOnBox(...args);
		expect(status).toBe(2);
		expect(err).toContain(problem);
		expect(err).toContain("usage: install-on-box.sh");
	});

	it("a folder that is no checkout, and leaves nothing half done", () => {
		const prefix = tempDir();
		const { status, err } = installOnBox("--prefix", prefix, "--from", tempDir());
		expect(status).toBe(1);
		expect(err).toMatch(/is no checkout or release: it has no package\.json/);
		expect(readdirSync(join(prefix, "opt/tilld/releases"))).toEqual([]);
		expect(existsSync(join(prefix, "usr"))).toBe(false);
	});

	it("packages of other versions than were tested", () => {
		const prefix = tempDir();
		const from = tempDir();
		for (const part of ["package.json", "src", "drivers", "device-profiles", "systemd", "scripts", "node_modules"]) {
			symlinkSync(join(REPOSITORY, part), join(from, part));
		}
		const lock = readFileSync(join(REPOSITORY, "package-lock.json"), "utf8");
		const newer = lock.replace(/("node_modules\/zod": \{\s*"version": )"[^"]+"/, '$1"99.0.0"');
		expect(newer).not.toBe(lock);
		writeFileSync(join(from, "package-lock.json"), newer);
		const { status, err } = installOnBox("--prefix", prefix, "--from", from);
		expect(status).toBe(1);
		expect(err).toMatch(/node_modules\/zod is \S+, package-lock.json says 99\.0\.0/);
		expect(readdirSync(join(prefix, "opt/tilld/releases"))).toEqual([]);
	});

	it("to go back where nothing was before", () => {
		const { status, err } = installOnBox("--prefix", tempDir(), "--rollback");
		expect({ status, err }).toEqual({ status: 1, err: "install: there is no previous release to go back to\n" });
	});

	it("to overwrite somebody else's /usr/bin/tillctl", () => {
		const prefix = tempDir();
		mkdirSync(join(prefix, "usr/bin"), { recursive: true });
		writeFileSync(join(prefix, "usr/bin/tillctl"), "#!/bin/sh\n");
		const { status, err } = installOnBox("--prefix", prefix);
		expect(status).toBe(1);
		expect(err).toContain("is a file of somebody else");
		expect(readFileSync(join(prefix, "usr/bin/tillctl"), "utf8")).toBe("#!/bin/sh\n");
	});
});
