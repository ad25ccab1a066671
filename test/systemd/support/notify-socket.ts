import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** systemd's end of NOTIFY_SOCKET. */
export interface NotifySocket {
	readonly path: string;
	/** Everything that was told so far. */
	told(): string;
	/** Resolves when this was told. */
	hears(text: string): Promise<void>;
	close(): Promise<void>;
}

/** Opens a datagram socket, which Node has none of: socat receives for it. */
export const openNotifySocket = async (path: string): Promise<NotifySocket> => {
	const receiver = spawn("socat", ["-u", `UNIX-RECV:${path}`, "STDOUT"], { stdio: ["ignore", "pipe", "inherit"] });
	let received = "";
	receiver.stdout.setEncoding("utf8").on("data", (text: string) => {
		received += text;
	});
	while (!existsSync(path) && receiver.exitCode === null) await sleep(10);
	return {
		path,
		told: () => received,
		hears: async (text) => {
			while (!received.includes(text)) {
				if (receiver.exitCode !== null) throw new Error(`socat ended before it heard ${text}`);
				await sleep(10);
			}
		},
		close: async () => {
			const ended = once(receiver, "exit");
			receiver.kill();
			await ended;
		},
	};
};
