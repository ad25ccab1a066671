import { cpSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { tempDir } from "../support/temp-dir.ts";
import { REPOSITORY, run } from "./support/command.ts";
import { readUnit, valuesOf } from "./support/unit-file.ts";

const SOURCE = join(REPOSITORY, "systemd");

/** A root file system with nothing in it but our files. */
const emptyRoot = (): string => {
	const root = tempDir();
	for (const folder of ["sysusers.d", "tmpfiles.d"]) {
		cpSync(join(SOURCE, folder), join(root, "usr/lib", folder), { recursive: true });
	}
	mkdirSync(join(root, "etc"));
	return root;
};

/** The same, where whoever runs this test plays the services' users: only root may give a folder away. */
const rootOfMine = (): string => {
	const root = emptyRoot();
	const { uid, gid } = userInfo();
	writeFileSync(
		join(root, "etc/passwd"),
		`root:x:0:0::/root:/bin/sh\ntilld:x:${uid}:${gid}::/:/bin/false\ntill-relay:x:${uid}:${gid}::/:/bin/false\n`,
	);
	writeFileSync(join(root, "etc/group"), `root:x:0:\ntilld:x:${gid}:\ntilld-admin:x:${gid}:\n`);
	return root;
};

const lines = (file: string): readonly (readonly string[])[] =>
	readFileSync(join(SOURCE, file), "utf8")
		.split("\n")
		.filter((line) => line !== "" && !line.startsWith("#"))
		.map((line) => line.split(/\s+/));

describe("sysusers.d and tmpfiles.d", () => {
	it("make the services' users, who are in the groups of unlisted devices", () => {
		const { status, out, err } = run("systemd-sysusers", ["--dry-run", `--root=${emptyRoot()}`]);
		expect(status, err).toBe(0);
		for (const made of ["user 'tilld'", "user 'till-relay'", "group 'tilld-admin'"]) {
			expect(out + err).toContain(`Creating ${made} `);
		}
		const members = lines("sysusers.d/tilld.conf").filter(([type]) => type === "m");
		expect(members).toEqual([
			["m", "tilld", "dialout"],
			["m", "tilld", "lp"],
		]);
	});

	it("know every user and group that units, folders and device rules name", () => {
		const users = lines("sysusers.d/tilld.conf");
		const made = new Set(["root", ...users.filter(([type]) => type === "u" || type === "g").map(([, name]) => name)]);
		const named = [
			...["tilld.service", "till-relay.service"].flatMap((unit) => [
				...valuesOf(readUnit(unit), "Service", "User"),
				...valuesOf(readUnit(unit), "Service", "Group"),
			]),
			...lines("tmpfiles.d/tilld.conf").flatMap(([, , , user, group]) => [user, group]),
			...[...readFileSync(join(SOURCE, "udev/70-tilld.rules"), "utf8").matchAll(/GROUP="([^"]+)"/g)].map(([, g]) => g),
		];
		expect(named.length).toBeGreaterThan(10);
		for (const name of named) expect(made).toContain(name);
	});

	it("are understood by systemd-tmpfiles without a remark", () => {
		// --clean reads every line, and has nothing to do where nothing is.
		const { status, out, err } = run("systemd-tmpfiles", ["--clean", `--root=${rootOfMine()}`]);
		expect({ status, said: out + err }).toEqual({ status: 0, said: "" });
	});

	it("open each folder to whom it belongs, and secrets to nobody", () => {
		const modes = new Map(lines("tmpfiles.d/tilld.conf").map(([type, path, ...rest]) => [path, [type, ...rest]]));
		expect(modes.get("/run/tilld")).toEqual(["d", "2750", "tilld", "tilld-admin", "-"]);
		expect(modes.get("/run/till-relay")).toEqual(["d", "2750", "till-relay", "tilld-admin", "-"]);
		expect(modes.get("/etc/credstore")).toEqual(["d", "0700", "root", "root", "-"]);
		expect(modes.get("/etc/tilld/client-keys")).toEqual(["d", "0700", "root", "root", "-"]);
		expect(modes.get("/var/lib/tilld")).toEqual(["d", "0750", "tilld", "tilld", "-"]);
	});

	it("give the folders that tilld-admin shares their set-group-ID bit", () => {
		const root = rootOfMine();
		const shared = ["/run/tilld", "/run/till-relay", "/var/spool/tilld", "/var/lib/tilld"];
		const { status, err } = run("systemd-tmpfiles", [
			"--create",
			`--root=${root}`,
			...shared.map((path) => `--prefix=${path}`),
		]);
		expect(status, err).toBe(0);
		const modes = shared.map((path) => (statSync(join(root, path)).mode & 0o7777).toString(8));
		expect(modes).toEqual(["2750", "2750", "2770", "750"]);
	});
});
