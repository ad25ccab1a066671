import {
	chownSync,
	closeSync,
	copyFileSync,
	fsyncSync,
	openSync,
	renameSync,
	rmSync,
	statSync,
	writeFileSync,
} from "node:fs";
import { Fault, type FaultCode, messageOf } from "../../runtime/contract/fault.ts";

/**
 * Puts a new text in a settings file's place; the old file stays beside it as `.bak`. It is there under one of its two
 * names at every moment, and the new one is whole on disk, with the old one's owner and permissions, before it takes the
 * place. A Fault with this code when it cannot be done; the file is then as it was.
 */
export const replaceFile = (path: string, text: string, code: FaultCode): void => {
	const fresh = `${path}.new`;
	try {
		const { mode, uid, gid } = statSync(path);
		copyFileSync(path, `${path}.bak`);
		writeFileSync(fresh, text, { mode: mode & 0o777, flush: true });
		if (process.getuid?.() === 0) chownSync(fresh, uid, gid);
		renameSync(fresh, path);
		syncDirectory(path);
	} catch (thrown) {
		rmSync(fresh, { force: true });
		throw new Fault(code, `${path}: ${messageOf(thrown)}`, { cause: thrown });
	}
};

const syncDirectory = (path: string): void => {
	const directory = openSync(path.replace(/[^/]*$/, "") || ".", "r");
	try {
		fsyncSync(directory);
	} finally {
		closeSync(directory);
	}
};
