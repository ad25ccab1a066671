import type { FoundProcess, LineErrors, ServiceUser } from "./box-facts.ts";
import type { SystemFiles } from "./system-files.ts";

/** The user of this name and its groups, by /etc/passwd and /etc/group. */
export const readUser = (files: SystemFiles, name: string): ServiceUser | null => {
	const row = lines(files.text("/etc/passwd")).find((line) => line.startsWith(`${name}:`));
	const [, , uid = "", gid = ""] = row?.split(":") ?? [];
	if (row === undefined || !/^\d+$/.test(uid) || !/^\d+$/.test(gid)) return null;
	const more = groups(files).filter(({ members }) => members.includes(name));
	return { name, uid: Number(uid), gids: new Set([Number(gid), ...more.map((group) => group.gid)]) };
};

/** How to call a group; its number where it has no name. */
export const groupNames = (files: SystemFiles): ((gid: number) => string) => {
	const names = new Map(groups(files).map(({ gid, name }) => [gid, name]));
	return (gid) => names.get(gid) ?? gid.toString();
};

const groups = (files: SystemFiles): { name: string; gid: number; members: readonly string[] }[] =>
	lines(files.text("/etc/group")).map((line) => {
		const [name = "", , gid = "", members = ""] = line.split(":");
		return { name, gid: Number(gid), members: members.split(",") };
	});

const lines = (text: string | null): string[] => text?.split("\n") ?? [];

/** Every process with the device files that it has open. */
export const readProcesses = (files: SystemFiles): readonly FoundProcess[] =>
	files
		.list("/proc")
		.filter((name) => /^\d+$/.test(name))
		.map((pid) => ({
			pid: Number(pid),
			name: files.text(`/proc/${pid}/comm`) ?? "",
			isTill: (files.text(`/proc/${pid}/cmdline`) ?? "").includes("/cli/tilld.ts"),
			open: files
				.list(`/proc/${pid}/fd`)
				.map((descriptor) => files.link(`/proc/${pid}/fd/${descriptor}`) ?? "")
				.filter((target) => target.startsWith("/dev/")),
		}));

/** Files of the kernel's serial drivers, and the names of their lines. */
const DRIVERS = [
	["/proc/tty/driver/serial", "ttyS"],
	["/proc/tty/driver/ttyAMA", "ttyAMA"],
] as const;

/** What the serial drivers counted; nothing where only root may read it. */
export const readLineErrors = (files: SystemFiles): readonly LineErrors[] =>
	DRIVERS.flatMap(([file, name]) =>
		lines(files.text(file)).flatMap((line) => {
			const number = /^(\d+):/.exec(line)?.[1];
			const framing = /\bfe:(\d+)/.exec(line)?.[1];
			return number === undefined || framing === undefined
				? []
				: [{ path: `/dev/${name}${number}`, framing: Number(framing) }];
		}),
	);

/** Folders of the system's libraries: with the architecture's name on Debian, plain elsewhere. */
const LIBRARY_FOLDERS = ["/usr/lib", "/lib"];

/** Whether the system has a shared library of this name. */
export const hasLibrary = (files: SystemFiles, name: string): boolean =>
	LIBRARY_FOLDERS.some((folder) =>
		["", ...files.list(folder).filter((entry) => entry.includes("-linux-"))].some(
			(architecture) => files.real(`${folder}/${architecture}/${name}`) !== null,
		),
	);
