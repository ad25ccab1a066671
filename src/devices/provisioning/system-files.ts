import { readdirSync, readFileSync, readlinkSync, realpathSync, statSync } from "node:fs";

/**
 * The system's files below a root: / on a box, another directory for a mounted image or a test's tree. Paths in and out
 * are those of the box. What is not there, or may not be read, is empty and never an error: a box without USB has no
 * /sys/bus/usb.
 */
export interface SystemFiles {
	/** Names in a directory, sorted as people count: ttyUSB2 before ttyUSB10. */
	list(directory: string): readonly string[];
	/** The whole text of a file, without blanks around it; null when there is none or it is empty. */
	text(path: string): string | null;
	/** The bytes of a file; null when it cannot be read. */
	bytes(path: string): Buffer | null;
	/** Where a path leads when every link on it is followed; null when it leads nowhere or out of the root. */
	real(path: string): string | null;
	/** What a link says, as it stands there; null when it is none. */
	link(path: string): string | null;
	/** Owner and permissions of what a path leads to; null when it leads nowhere. */
	owner(path: string): FileOwner | null;
}

/** Who may open a file: numbers as the kernel keeps them, the permission bits alone. */
export interface FileOwner {
	readonly uid: number;
	readonly gid: number;
	readonly mode: number;
}

/** What reading answers, or `none` when the file is not there or not for this user. */
const orElse = <T>(none: T, read: () => T): T => {
	try {
		return read();
	} catch {
		return none;
	}
};

/** The system's files below `root`. Throws when there is no such directory. */
export const systemFiles = (root: string): SystemFiles => {
	const base = realpathSync(root).replace(/\/$/, "");
	const bytes = (path: string): Buffer | null => orElse<Buffer | null>(null, () => readFileSync(base + path));
	return {
		list: (directory) =>
			orElse<readonly string[]>([], () =>
				readdirSync(base + directory).sort((a, b) => a.localeCompare(b, "en", { numeric: true })),
			),
		bytes,
		text: (path) => bytes(path)?.toString("utf8").trim() || null,
		real: (path) =>
			orElse<string | null>(null, () => {
				const real = realpathSync(base + path);
				return real.startsWith(`${base}/`) ? real.slice(base.length) : null;
			}),
		owner: (path) =>
			orElse<FileOwner | null>(null, () => {
				const { uid, gid, mode } = statSync(base + path);
				return { uid, gid, mode: mode & 0o777 };
			}),
		link: (path) => orElse<string | null>(null, () => readlinkSync(base + path)),
	};
};
