import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { tempDir } from "../support/temp-dir.ts";
import { REPOSITORY, run } from "./support/command.ts";
import { readUnit, valuesOf } from "./support/unit-file.ts";

/** Highest exposure that systemd may find (0 safe, 10 unsafe). The till owns devices, so it has a little more. */
const SERVICES = [
	{ unit: "tilld.service", user: "tilld", exposureMax: 1.8 },
	{ unit: "till-relay.service", user: "till-relay", exposureMax: 1.4 },
];

/** systemd's own units that ours name; in the root that is looked at they need only be there. */
const TARGETS = ["sysinit", "basic", "shutdown", "multi-user", "network"];

const rootWith = (unit: string): string => {
	const root = tempDir();
	const units = join(root, "usr/lib/systemd/system");
	mkdirSync(units, { recursive: true });
	copyFileSync(join(REPOSITORY, "systemd", unit), join(units, unit));
	for (const target of TARGETS) writeFileSync(join(units, `${target}.target`), "[Unit]\nDescription=of systemd\n");
	mkdirSync(join(root, "opt/tilld/node/bin"), { recursive: true });
	writeFileSync(join(root, "opt/tilld/node/bin/node"), "#!/bin/sh\n", { mode: 0o755 });
	return root;
};

describe.each(SERVICES)("$unit", ({ unit, user, exposureMax }) => {
	const file = readUnit(unit);
	const service = (setting: string): readonly string[] => valuesOf(file, "Service", setting);

	it("is understood by systemd without a remark", () => {
		const { status, out, err } = run("systemd-analyze", ["verify", "--man=no", `--root=${rootWith(unit)}`, unit]);
		expect({ status, said: out + err }).toEqual({ status: 0, said: "" });
	});

	it("leaves an attacker no more than the stated exposure", () => {
		const { out } = run("systemd-analyze", [
			"security",
			"--offline=yes",
			"--no-pager",
			`--root=${rootWith(unit)}`,
			unit,
		]);
		const exposure = /Overall exposure level for \S+: ([0-9.]+)/.exec(out)?.[1];
		expect(Number(exposure)).toBeGreaterThan(0);
		expect(Number(exposure)).toBeLessThanOrEqual(exposureMax);
	});

	it("starts without network, clock synchronisation or mounts, and is never given up", () => {
		const needed = ["Requires", "Requisite", "BindsTo", "PartOf", "Wants", "RequiresMountsFor"];
		for (const setting of needed) expect(valuesOf(file, "Unit", setting), setting).toEqual([]);
		expect(valuesOf(file, "Unit", "After").join(" ")).not.toMatch(/online|time-sync|\.mount/);
		expect(valuesOf(file, "Unit", "StartLimitIntervalSec")).toEqual(["0"]);
		expect(service("Restart")).toEqual(["always"]);
		expect(service("RestartPreventExitStatus")).toEqual([]);
	});

	it("hears systemd-notify, which is a child, and forgives two lost beats of 30 s", () => {
		expect(service("Type")).toEqual(["notify"]);
		expect(service("NotifyAccess")).toEqual(["all"]);
		expect(Number(service("WatchdogSec")[0])).toBeGreaterThanOrEqual(90);
	});

	it("runs as its own user, who writes into its own folders only", () => {
		expect(service("User")).toEqual([user]);
		expect(service("Group")).toEqual([user]);
		expect(service("StateDirectory")).toEqual([user]);
		expect(service("ProtectSystem")).toEqual(["strict"]);
		// Lists of executable paths would make these writable again (systemd 252).
		expect(service("ExecPaths")).toEqual([]);
	});

	it("does not take the folder of the control socket from tilld-admin", () => {
		expect(service("RuntimeDirectory")).toEqual([]);
		expect(service("ReadWritePaths").join(" ").split(" ")).toContain(`-/run/${user}`);
	});

	it("lets V8 make machine code", () => {
		expect(service("MemoryDenyWriteExecute")).toEqual(["no"]);
	});

	it("starts without a secret that is not there", () => {
		for (const credential of service("LoadCredential")) {
			// systemd refuses to start a service when an absolute path is missing; tmpfiles.d makes this one folder.
			expect(credential).toMatch(/^[a-z0-9.-]+:((tilld|till-relay)\.[a-z0-9.-]+|\/etc\/tilld\/client-keys)$/);
		}
		expect(service("LoadCredential").length).toBeGreaterThan(0);
	});

	it("keeps no core file, which would hold customers' data", () => {
		expect(service("LimitCORE")).toEqual(["0"]);
	});
});

describe("tilld.service", () => {
	const file = readUnit("tilld.service");

	it("reaches a till's devices and no others", () => {
		expect(valuesOf(file, "Service", "DevicePolicy")).toEqual(["closed"]);
		expect(valuesOf(file, "Service", "DeviceAllow")).toEqual(
			["ttyUSB", "ttyACM", "ttyS", "ttyAMA", "usb_device", "usb", "lp", "hidraw"].map((group) => `char-${group} rw`),
		);
		// With these two the devices would be hidden, or their group would be nobody's.
		expect(valuesOf(file, "Service", "PrivateDevices")).toEqual([]);
		expect(valuesOf(file, "Service", "PrivateUsers")).toEqual([]);
	});

	it("does not wait for anything of the network", () => {
		expect(valuesOf(file, "Unit", "After")).toEqual([]);
	});
});
