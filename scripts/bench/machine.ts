import { readFileSync, statfsSync } from "node:fs";
import { cpus, totalmem } from "node:os";

/** What the figures were taken on: without it an absolute figure says nothing. */
export interface Machine {
	readonly cores: number;
	readonly cpu: string;
	readonly memoryMb: number;
	readonly node: string;
	readonly directory: string;
	/** Device and file system of the directory, "/dev/mmcblk0p2 ext4"; "" where the system does not say. */
	readonly disk: string;
	readonly isDiskInMemory: boolean;
}

/** statfs(2): a disk that forgets, on which a sync costs nothing and a ratio to it is worth nothing. */
const TMPFS_MAGIC = 0x01021994;

/** Names the machine and the disk under a directory. */
export const describeMachine = (directory: string): Machine => ({
	cores: cpus().length,
	cpu: cpus()[0]?.model ?? "",
	memoryMb: Math.round(totalmem() / 1_048_576),
	node: process.version,
	directory,
	disk: diskOf(directory),
	isDiskInMemory: statfsSync(directory).type === TMPFS_MAGIC,
});

/** The mount that a path lies on is the longest mount point that it begins with; of two alike the later covers the earlier. */
const diskOf = (directory: string): string => {
	try {
		const mounts = readFileSync("/proc/mounts", "utf8")
			.split("\n")
			.map((line) => line.split(" "))
			.map(([device = "", point = "/", type = ""]) => ({ device, point, type }))
			.filter(({ device }) => device !== "")
			.filter(({ point }) => point === "/" || directory === point || directory.startsWith(`${point}/`));
		const nearest = mounts.reduce((best, mount) => (mount.point.length >= best.point.length ? mount : best));
		return `${nearest.device} ${nearest.type}`;
	} catch {
		return ""; // no Linux
	}
};
