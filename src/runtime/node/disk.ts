import { statfsSync } from "node:fs";

/** Bytes that the service may still write on the medium that holds `path`. Throws when the path is not there. */
export const freeDiskBytes = (path: string): number => {
	const { bavail, bsize } = statfsSync(path);
	return bavail * bsize;
};
